"""Seals the facts of a receipt so that only this server reads them: AES-256-GCM under a key made for nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.adapters.cipher import SHORTEST_SECRET, CannotOpen, derive

PURPOSE = b"boussole receipt"
NONCE, TAG = 12, 16
BLOCK = 8
"""The length tells whoever finds the paper how much was said: it is rounded up."""


class ReceiptSeal:
    """The first secret seals, all of them open: a secret can be replaced while its receipts stay good."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(secret) < SHORTEST_SECRET for secret in keys):
            raise ValueError(f"a secret has at least {SHORTEST_SECRET} bytes")
        self._ciphers = [AESGCM(derive(secret, PURPOSE)) for secret in keys]

    def seal(self, packed: bytes, *, mark: str) -> bytes:
        """`mark` is the version written before the token: it cannot be exchanged for another."""
        padding = -(len(packed) + 1) % BLOCK
        plain = bytes([padding]) + packed + bytes(padding)
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, plain, mark.encode())

    def open(self, sealed: bytes, *, mark: str) -> bytes:
        """CannotOpen when it was changed, or sealed with a secret that this server does not have."""
        if len(sealed) < NONCE + TAG + 1:
            raise CannotOpen
        for cipher in self._ciphers:
            try:
                plain = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], mark.encode())
            except InvalidTag:
                continue
            return plain[1 : len(plain) - plain[0]]
        raise CannotOpen
