"""Encryption at rest: one secret gives the key that seals facts and text and the key that hashes identifiers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 16


class CannotOpen(Exception):
    """Sealed with another key, changed, or moved here from another row."""


class Cipher:
    """Seals JSON values. The first secret seals; all of them open, so that a secret can be replaced."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
            raise ValueError(f"a secret has at least {SHORTEST_SECRET} bytes")
        keys = [base64.urlsafe_b64encode(derive(secret, b"boussole seal")) for secret in secrets]
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._hash_key = derive(secrets[0], b"boussole hash")

    def seal(self, value: Any, *, about: str) -> bytes:
        """`about` names the row: a sealed value copied to another row does not open."""
        plain = json.dumps([about, value], ensure_ascii=True, separators=(",", ":"))
        return self._fernet.encrypt(plain.encode("ascii"))

    def open(self, sealed: bytes, *, about: str) -> Any:
        try:
            owner, value = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise CannotOpen from error
        if owner != about:
            raise CannotOpen
        return value

    def keyed_hash(self, text: str, *, purpose: str) -> str:
        """Recognises a text without keeping it; useless to whoever has the database but not the secret."""
        message = purpose.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
        return hmac.new(self._hash_key, message, hashlib.sha256).hexdigest()


def derive(secret: bytes, purpose: bytes) -> bytes:
    """A key of its own for each purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def token_hash(token: str) -> str:
    """Tokens carry 256 random bits: a plain hash cannot be searched."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
