"""Receipts: a decision a person takes along. The server keeps verdicts under a code; the facts leave in a sealed token.

Three things hold one receipt:
- the **code** opens verdicts only (`StoredReceipt`), kept RECEIPT days, deleted by the forgetting worker;
- the **token** (`token.py`) carries the coded facts (`rules.receipt_coding`), sealed with a key only this server has,
  and is kept by the person alone: as a QR picture, as text, as a file. The server never stores it;
- the **paper** shows both beside the reasons, in the person's language and in French.

Shown again, the token is opened, its facts are decided by the archived rule book of its hash as of its day
(`rules.history.archived`), and compared with the book of today.
"""
