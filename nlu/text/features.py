"""What both classifiers look at: the folded words, how they sound, and what they are signs of.

Facts that a person states (paper, nationality, age, city) are read as their kind only: they say who asks, not what for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import List, Tuple

from nlu.text.arabizi import ARABIC_LETTER, skeleton
from nlu.text.concepts import concepts_of
from nlu.text.danger_words import danger_worded
from nlu.text.found import Found
from nlu.text.gazetteer import find_entities
from nlu.text.normalise import fold, words_of
from nlu.text.variety import variety_of

_MOST_CHARACTERS = 1000
_FACTS = ("situation", "nationality", "age", "city")


def written(text: str) -> str:
    """The folded words."""
    return " ".join(_words(text[:_MOST_CHARACTERS]))


def sounded(text: str) -> str:
    """The consonant skeletons of Arabic script and Arabizi, so that Darija teaches Arabizi; empty for fr and en."""
    text = text[:_MOST_CHARACTERS]
    if not _is_moroccan(text):
        return ""
    pieces = [word if word.startswith(_SIGN) else skeleton(word) for word in _words(text)]
    return " ".join(piece for piece in pieces if piece)


def signs(text: str) -> str:
    """What words mean in any variety, which things are named, and which danger: what one language teaches all."""
    text = text[:_MOST_CHARACTERS]
    words = [word for word in _words(text) if not word.startswith(_SIGN)]
    kinds = sorted({f"e_{found.type}" for found in _found_in(text)})
    return " ".join([*concepts_of(words, spoken=_is_moroccan(text)), *kinds, f"d_{danger_worded(text)}"])


def says_something(text: str) -> bool:
    """Whether there is a letter or digit to go by; emoji and punctuation alone say nothing a parser may guess from."""
    return any(char.isalnum() for char in fold(text[:_MOST_CHARACTERS]))


_SIGN = "_"
"""No folded word starts with it."""


def _words(text: str) -> List[str]:
    """The folded words, each stated fact as one sign of its kind."""
    facts = [found for found in _found_in(text) if found.type in _FACTS]
    words: List[str] = []
    for word in words_of(text):
        fact = next((fact for fact in facts if fact.start <= word.start < fact.end), None)
        if fact is None:
            words.append(word.text)
        elif not words or words[-1] != _SIGN + fact.type:
            words.append(_SIGN + fact.type)
    return words


@lru_cache(maxsize=32)
def _found_in(text: str) -> Tuple[Found, ...]:
    return tuple(find_entities(text))


def _is_moroccan(text: str) -> bool:
    return bool(ARABIC_LETTER.search(fold(text))) or variety_of(text) == "arabizi"
