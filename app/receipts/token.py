"""The text of a token: letters and digits that a QR code packs well and a person can copy, after a version mark."""

from __future__ import annotations

import re

from app.receipts.model import BadToken

MARK = "B1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, as in the codes: no I, L, O or U."""
LONGEST = 1000
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def to_text(sealed: bytes) -> str:
    number, length = int.from_bytes(sealed), -(-len(sealed) * 8 // 5)
    return MARK + "".join(ALPHABET[number >> 5 * place & 31] for place in range(length - 1, -1, -1))


def to_bytes(shown: str) -> bytes:
    """What somebody typed, pasted or scanned: the token alone, or the address that ends in it. BadToken otherwise."""
    written = re.sub(r"[\s\-]", "", shown[:LONGEST].rpartition("#")[2]).upper().translate(_READ_AS)
    symbols = written.removeprefix(MARK)
    if symbols == written or not symbols or set(symbols) - set(ALPHABET):
        raise BadToken
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    length = len(symbols) * 5 // 8
    if number >> 8 * length:
        raise BadToken
    return number.to_bytes(length)


def in_groups(token: str, size: int = 5) -> str:
    """As it is printed: easier to copy by hand."""
    return " ".join(token[start : start + size] for start in range(0, len(token), size))
