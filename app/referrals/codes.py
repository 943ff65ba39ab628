"""Referral codes people can read aloud: 40 random bits and a check character, as in 7K3D-M9QX-P."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""
RANDOM_BITS = 40
_LENGTH = RANDOM_BITS // 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATOR = r"[\s\-\u2010-\u2015\u2212_.\u200b-\u200f\u2066-\u2069]"
_GROUPS = rf"[^\W_]{{4}}{_SEPARATOR}{{0,3}}[^\W_]{{4}}{_SEPARATOR}{{0,3}}[^\W_]"
_IN_TEXT = re.compile(rf"(?<![^\W_]){_GROUPS}(?![^\W_])")


def new_code(random_bits: Callable[[int], int] = secrets.randbits) -> str:
    number = random_bits(RANDOM_BITS)
    digits = [number >> shift & 31 for shift in range(RANDOM_BITS - 5, -1, -5)]
    return written([*digits, _check(digits)])


def written(digits: list[int]) -> str:
    """In groups of four, as printed on the slip."""
    symbols = "".join(ALPHABET[digit] for digit in digits)
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def parse_code(typed: str) -> str | None:
    """The code somebody meant, or None when it cannot be one: case, spaces, dashes, O for 0, I for 1 do not matter."""
    symbols = re.sub(_SEPARATOR, "", _plain(typed)).translate(_READ_AS)
    if len(symbols) != _LENGTH + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return None
    digits = [ALPHABET.index(symbol) for symbol in symbols]
    return written(digits) if _check(digits[:-1]) == digits[-1] else None


def find_code(text: str) -> str | None:
    """The first code within a sentence. Plain words are not taken for one: there is a digit or a dash in it."""
    for found in _IN_TEXT.finditer(_plain(text)):
        candidate = found.group()
        if re.search(r"[\d-]", candidate) and (code := parse_code(candidate)):
            return code
    return None


def _plain(text: str) -> str:
    digits = "".join(str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char for char in text)
    return "".join(unicodedata.normalize("NFKC", char)[:1] for char in digits).upper()


def _check(digits: list[int]) -> int:
    """Weighted sum over the field of 32 elements: one wrong character or two exchanged ones never pass."""
    total = 0
    for digit in digits:
        total = _doubled(total ^ digit)
    return total


def _doubled(element: int) -> int:
    shifted = element << 1
    return shifted ^ 0b100101 if shifted & 32 else shifted
