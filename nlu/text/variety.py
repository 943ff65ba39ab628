"""Which of five varieties a text is written in: msa, darija, arabizi, fr, en."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Dict, FrozenSet, Optional

from nlu.text.arabizi import ARABIC_LETTER, has_digit_letters, skeleton
from nlu.text.normalise import words_of
from nlu.text.tables import rows

VARIETIES = ("msa", "darija", "arabizi", "fr", "en")
LANGUAGE_OF = {"msa": "ar", "darija": "ar", "arabizi": "ar", "fr": "fr", "en": "en"}
_LATIN_DEFAULT = {"ar": "arabizi", "fr": "fr", "en": "en"}
_FEW_WORDS = 3
_FEW_KNOWN = 4
_SHORTEST_SOUND = 3

# Darija marks its verbs: ka-/ki-/ta- before, -ch after a negated one.
_DARIJA_SHAPE = re.compile(r"^(?:\u0643(?:\u0646|\u064a|\u062a)\w{2,}|\u0645\u0627?\w{2,}\u0634)$")
_TWO_PART_NEGATION = re.compile("\\b\u0645\u0627 \\w{2,}\u0634\\b")
_ARABIZI_SHAPE = re.compile(r"^(?:ka?n\w{3,}|ma\w{3,}(?:ch|sh)|(?:kay|kat)\w{3,})$")


def language_of(variety: str) -> str:
    """The language to answer in: ar, fr or en."""
    return LANGUAGE_OF[variety]


def variety_of(text: str, prior: Optional[str] = None) -> str:
    """The variety of a text; `prior` (a language or a variety) decides where the words do not."""
    words = [word.text for word in words_of(text)]
    letters = "".join(words)
    arabic = len(ARABIC_LETTER.findall(letters))
    latin = sum(char.isalpha() for char in letters) - arabic
    if arabic and arabic * 2 >= latin:
        return _arabic_variety(words, prior)
    if latin:
        return _latin_variety(words, prior)
    return _variety_of_prior(prior)


def may_be_arabizi(text: str) -> bool:
    """Whether Latin letters may be read by sound: Arabizi, or words of which French and English know few."""
    words = [word.text for word in words_of(text)]
    if ARABIC_LETTER.search("".join(words)):
        return False
    known = sum(1 for word in words if _marks().get(word, {}).keys() & {"fr", "en"})
    return variety_of(text) == "arabizi" or known * _FEW_KNOWN < len(words)


def _arabic_variety(words: "list[str]", prior: Optional[str]) -> str:
    marks = _marks()
    score = sum(marks.get(word, {}).get("darija", 0) - marks.get(word, {}).get("msa", 0) for word in words)
    score += sum(2 for word in words if _DARIJA_SHAPE.match(word) and "msa" not in marks.get(word, {}))
    score += 4 if _TWO_PART_NEGATION.search(" ".join(words)) else 0
    if score:
        return "darija" if score > 0 else "msa"
    return "darija" if prior in ("darija", "arabizi") else "msa"


def _latin_variety(words: "list[str]", prior: Optional[str]) -> str:
    scores = {variety: _latin_score(words, variety) for variety in ("arabizi", "fr", "en")}
    best = max(scores, key=lambda variety: scores[variety])
    if prior is not None and scores[best] == scores.get(_variety_of_latin_prior(prior), 0):
        return _variety_of_latin_prior(prior)
    if not scores[best]:
        return _variety_of_latin_prior(prior)
    if prior is not None and len(words) < _FEW_WORDS and scores[best] < 2 * len(words):
        return _variety_of_latin_prior(prior)
    return best


def _latin_score(words: "list[str]", variety: str) -> int:
    marks = _marks()
    score = sum(marks.get(word, {}).get(variety, 0) for word in words)
    if variety == "arabizi":
        unknown = [word for word in words if not marks.get(word, {}).keys() & {"fr", "en"}]
        score += sum(3 for word in unknown if has_digit_letters(word))
        score += sum(2 for word in unknown if _ARABIZI_SHAPE.match(word))
        score += sum(1 for word in unknown if skeleton(word) in _darija_sounds())
    return score


def _variety_of_latin_prior(prior: Optional[str]) -> str:
    if prior in ("arabizi", "fr", "en"):
        return str(prior)
    if prior in ("msa", "darija"):
        return "arabizi"
    return _LATIN_DEFAULT.get(prior or "", "fr")


def _variety_of_prior(prior: Optional[str]) -> str:
    if prior in VARIETIES:
        return str(prior)
    return {"ar": "msa", "en": "en"}.get(prior or "", "fr")


@lru_cache(maxsize=1)
def _marks() -> Dict[str, Dict[str, int]]:
    """Words that tell a variety, with their weight."""
    marks: Dict[str, Dict[str, int]] = {}
    for row in rows("variety"):
        for word in words_of(row["words"]):
            marks.setdefault(word.text, {})[row["variety"]] = int(row["weight"])
    return marks


@lru_cache(maxsize=1)
def _darija_sounds() -> FrozenSet[str]:
    """Skeletons of words that only Darija has, long enough not to be met by chance."""
    words = (word for word, weights in _marks().items() if weights.get("darija", 0) > 1)
    return frozenset(sound for sound in map(skeleton, words) if len(sound) >= _SHORTEST_SOUND)
