"""The firewall for personal data in free text: whatever looks like a number of a person is masked before storage."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Kind(StrEnum):
    """What was masked. The mark in the text is the kind between angle quotes."""

    EMAIL = "email"
    POSITION = "position"
    ACCOUNT = "account"
    PHONE = "phone"
    PAPER = "paper"
    DATE = "date"
    NUMBER = "number"


_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_GAP = rf"[\s.\-\u2010-\u2015/()_{_HIDDEN}]{{0,3}}"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_DECIMAL = r"-?\d{1,3}[.,]\d{3,}"
_MAP = r"(?:https?://)?(?:www\.)?(?:maps?\.|goo\.gl/maps|[\w.]{0,40}google\.[a-z.]{2,7}/maps|waze\.com|osm\.org|openstreetmap\.org)"


def _digits(least: int, most: int) -> str:
    """That many digits, however they are spaced."""
    return rf"\d(?:{_GAP}\d){{{least - 1},{most - 1}}}"


# In this order: what holds another kind within it comes first.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.EMAIL, r"[\w.+%-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,63}(?:\s?(?:\.|\[dot\])\s?[\w-]{1,63}){1,8}"),
        (Kind.POSITION, rf"geo:\S+|{_MAP}\S*|https?://\S{{0,300}}{_DECIMAL}\S*"),
        (Kind.POSITION, rf"{_START}{_DECIMAL}\s*[,;]\s*{_DECIMAL}{_END}"),
        (Kind.ACCOUNT, rf"{_START}[a-z]{{2}}\d{{2}}(?:{_GAP}[a-z0-9]){{11,30}}{_END}"),
        (Kind.ACCOUNT, rf"{_START}{_digits(24, 24)}{_END}"),
        (
            Kind.DATE,
            rf"{_START}(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:19|20)\d\d|(?:19|20)\d\d[./\-]\d{{1,2}}[./\-]\d{{1,2}}){_END}",
        ),
        (Kind.PHONE, rf"(?:\+{_GAP}|{_START}00{_GAP}){_digits(8, 15)}{_END}"),
        (Kind.PHONE, rf"{_START}212{_GAP}(?:0{_GAP})?[5-8]{_GAP}{_digits(8, 8)}{_END}"),
        (Kind.PHONE, rf"{_START}(?:0{_GAP})?[5-8]{_GAP}{_digits(8, 8)}{_END}"),
        (Kind.PAPER, rf"{_START}\d{{3}}{_GAP}\d{{2}}{_GAP}c{_GAP}{_digits(5, 8)}{_END}"),
        (Kind.PAPER, rf"{_START}[a-z]{{1,3}}(?:-?{_digits(5, 9)}|{_GAP}\d{{5,9}})(?:{_GAP}[a-z])?{_END}"),
        (Kind.PAPER, rf"{_START}{_digits(6, 9)}[a-z]{{1,2}}{_END}"),
        (Kind.NUMBER, rf"{_START}{_digits(7, 40)}{_END}"),
    )
)


def mask(text: str) -> str:
    """The text with every such number replaced by its kind. Masking twice changes nothing."""
    for kind, start, end in reversed(_found(text)):
        text = f"{text[:start]}\u2039{kind}\u203a{text[end:]}"
    return text


def kinds_in(text: str) -> frozenset[Kind]:
    return frozenset(kind for kind, _, _ in _found(text))


def _found(text: str) -> list[tuple[Kind, int, int]]:
    """Where and what, in order, none within another: what was found is blanked before the next kind is sought."""
    plain = _ascii_digits(text)
    spans: list[tuple[Kind, int, int]] = []
    for kind, pattern in _PATTERNS:
        spans += [(kind, *match.span()) for match in pattern.finditer(plain)]
        plain = pattern.sub(lambda match: "\0" * len(match.group()), plain)
    return sorted(spans, key=lambda span: span[1])


def _ascii_digits(text: str) -> str:
    """Digits of every script as 0 to 9, one character for one, so that positions stay true."""
    return "".join(str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char for char in text)
