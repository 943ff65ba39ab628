"""Two forms of a text: `clean` to keep and show, `fold` to compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_LENGTH = 4000
"""Matching looks no further: longer texts are cut before any pattern runs."""

# Fillers and joiners that Unicode does not file under "format" but that show nothing.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LINE_BREAKS = frozenset("\n\t")
_SEPARATORS = {"\r": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"}

# Letters that Unicode decomposition leaves apart though writers use them for one another.
_SAME_LETTER = {
    "\u0621": "",  # hamza alone
    "\u0640": "",  # tatweel
    "\u0629": "\u0647",  # ta marbuta, ha
    "\u0649": "\u064a",  # alef maqsura, ya
    "\u06cc": "\u064a",  # Persian ya
    "\u06d2": "\u064a",
    "\u0671": "\u0627",  # alef wasla
    "\u06a9": "\u0643",  # Persian kaf
    "\u06af": "\u0643",  # gaf and the two Moroccan ways of writing it
    "\u06ad": "\u0643",
    "\u0763": "\u0643",
    "\u067e": "\u0628",  # pa
    "\u06a4": "\u0641",  # va
    "\u06a5": "\u0641",
    "\u06a8": "\u0642",
    "\u0686": "\u0634",  # cha
    "\u06c1": "\u0647",
    "\u06be": "\u0647",
    "\u06d5": "\u0647",
    "\u0153": "oe",
    "\u00e6": "ae",
    "\u00f8": "o",
    "\u0142": "l",
    "\u0131": "i",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u0060": "'",
    "\u00b4": "'",
}


def is_hidden(char: str) -> bool:
    """Shows nothing: controls, bidi marks and overrides, zero width, tags, surrogates, variation selectors."""
    if char in _LINE_BREAKS:
        return False
    code = ord(char)
    return (
        unicodedata.category(char) in _HIDDEN_CATEGORIES
        or char in _INVISIBLE
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or 0x180B <= code <= 0x180F
    )


def clean(text: str) -> str:
    """The text without what cannot be seen; letters, accents, line breaks and length stay."""
    shown = "".join(_SEPARATORS.get(char, char) for char in text)
    return "".join(char for char in shown if not is_hidden(char))


@dataclass(frozen=True)
class Folded:
    """The matching form, and for each of its characters the place it had in the original."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> str:
    """The matching form: one spelling for Arabic variants, accents, digits, case and spaces."""
    return folded(text).text


def folded(text: str) -> Folded:
    """Like `fold`, remembering where every character came from."""
    chars: list[str] = []
    places: list[int] = []
    last = before_last = " "
    for place, char in enumerate(text):
        for piece in _folded_char(char):
            # One space at most; "heeeelp" and "salaaaam" meet "heelp" and "salaam"; numbers keep their digits.
            if piece == last and (piece == " " or (piece == before_last and piece.isalpha())):
                continue
            chars.append(piece)
            places.append(place)
            before_last, last = last, piece
    if chars and chars[-1] == " ":
        chars.pop()
        places.pop()
    return Folded("".join(chars), tuple(places))


@lru_cache(maxsize=8192)
def _folded_char(char: str) -> str:
    if char in _SEPARATORS:
        return " "
    if is_hidden(char):
        return ""
    previous, current = "", char
    while current != previous:
        previous, current = current, "".join(_simplified(piece) for piece in current)
    return current


def _simplified(char: str) -> str:
    if char.isspace():
        return " "
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    opened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char).lower())
    return "".join(_SAME_LETTER.get(piece, piece) for piece in opened if not _is_mark(piece))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me") or is_hidden(char)


_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Word:
    """One folded word; `start` and `end` are its place in the original text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=32)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, folded, with their places in it."""
    form = folded(text[:MAX_LENGTH])
    return tuple(
        Word(match.group(), form.places[match.start()], form.places[match.end() - 1] + 1)
        for match in _WORD.finditer(form.text)
    )
