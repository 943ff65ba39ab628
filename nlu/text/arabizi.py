"""Darija in Latin letters: one consonant skeleton for its many spellings, shared with Arabic script."""

from __future__ import annotations

import re
from functools import lru_cache

# Several spellings, one sound; longer ones first. C is ch, X is kh, G is gh: capitals are settled sounds.
_LATIN = (
    ("tch", "C"),
    ("kh", "X"),
    ("gh", "G"),
    ("ch", "C"),
    ("sh", "C"),
    ("dj", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("x", "C"),
    ("5", "X"),
    ("4", "G"),
    ("7", "h"),
    ("8", "h"),
    ("9", "k"),
    ("6", "t"),
    ("2", ""),
    ("q", "k"),
    ("g", "k"),
    ("v", "f"),
    ("p", "b"),
)
_ARABIC = {
    "\u0628": "b",
    "\u062a": "t",
    "\u062b": "t",
    "\u062c": "j",
    "\u062d": "h",
    "\u062e": "X",
    "\u062f": "d",
    "\u0630": "d",
    "\u0631": "r",
    "\u0632": "z",
    "\u0633": "s",
    "\u0634": "C",
    "\u0635": "s",
    "\u0636": "d",
    "\u0637": "t",
    "\u0638": "d",
    "\u0639": "3",
    "\u063a": "G",
    "\u0641": "f",
    "\u0642": "k",
    "\u0643": "k",
    "\u0644": "l",
    "\u0645": "m",
    "\u0646": "n",
    "\u0647": "h",
}
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_SOFT_C = re.compile(r"c(?=[eiy])")
_SILENT = re.compile(r"[aeiouyw']")
_SAME_TWICE = re.compile(r"(.)\1+")
_DIGIT_INSIDE_WORD = re.compile(r"^(?=.*[a-z])(?=.*[235679])[a-z0-9]{2,}$")
_FINAL_HEH = re.compile(r"(?<=.)\u0647$")
_FINAL_H = re.compile(r"(?<=[aeiouy])h$")


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of one folded word as they sound; the same for its Arabic and Latin spellings."""
    if word.isdigit():
        return word
    if ARABIC_LETTER.search(word):
        sounds = "".join(_ARABIC.get(char, "") for char in _FINAL_HEH.sub("", word))
    else:
        sounds = _latin_sounds(word)
    return _SAME_TWICE.sub(r"\1", sounds)


def _latin_sounds(word: str) -> str:
    sounds = _FINAL_H.sub("", word)
    for spelling, sound in _LATIN:
        sounds = sounds.replace(spelling, sound)
    sounds = _SOFT_C.sub("s", sounds).replace("c", "k")
    return _SILENT.sub("", sounds)


def has_digit_letters(word: str) -> bool:
    """Whether digits stand for Arabic letters in it, as in 3ndi or wra9; "24ans" and "1er" are no such words."""
    return bool(_DIGIT_INSIDE_WORD.match(word)) and not word[:2].isdigit() and not word.endswith(_ORDINALS)


_ORDINALS = ("er", "ere", "eme", "e", "th", "st", "nd", "rd", "ans", "h", "dh", "mad")


_IN_ARABIC = {
    "tch": "\u062a\u0634",
    "kh": "\u062e",
    "gh": "\u063a",
    "ch": "\u0634",
    "sh": "\u0634",
    "th": "\u062a",
    "dh": "\u062f",
    "ph": "\u0641",
    "dj": "\u062c",
    "ou": "\u0648",
    "oo": "\u0648",
    "ee": "\u064a",
    "ai": "\u064a",
    "ei": "\u064a",
    "e": "",
    **dict(
        zip(
            "32795846xbptjdrzsfvqkglmnhwyiouac",
            "\u0639\u0627\u062d\u0642\u062e\u0647\u063a\u0637\u0634\u0628\u0628\u062a\u062c\u062f\u0631\u0632\u0633"
            "\u0641\u0641\u0642\u0643\u0643\u0644\u0645\u0646\u0647\u0648\u064a\u064a\u0648\u0648\u0627\u0633",
            strict=True,
        )
    ),
}
_LATIN_SOUND = re.compile("|".join(sorted(_IN_ARABIC, key=len, reverse=True)))


@lru_cache(maxsize=16384)
def in_arabic_letters(word: str) -> str:
    """One folded word of Darija in Latin letters, letter by letter in Arabic ones; numbers stay, "50dh" too."""
    if word[:2].isdigit() or word.isdigit():
        return word
    letters = _LATIN_SOUND.sub(lambda sound: _IN_ARABIC[sound.group()], word)
    return _SAME_TWICE.sub(r"\1", ("\u0627" if word[0] == "e" else "") + letters)
