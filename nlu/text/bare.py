"""Short replies to a question that was just asked: no parser needed."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Dict, FrozenSet, List, Optional, Tuple, Union

from nlu.text.gazetteer import default_gazetteers
from nlu.text.normalise import words_of
from nlu.text.numbers import number_at
from nlu.text.origins import country_named
from nlu.text.phrases import Message, Phrasebook
from nlu.text.tables import rows
from nlu.text.variety import may_be_arabizi


class Declined(Enum):
    """The person does not know, or would rather not say."""

    DECLINED = "declined"


DECLINED = Declined.DECLINED
Answer = Union[str, int, bool, Declined]

_NUMBERS = {"age": (1, 110), "years_resident": (0, 90)}
_NAMES = ("situation", "nationality", "education", "city", "activity_kind")
_WITHOUT_PAPERS = "irregular"
_LONGEST_REPLY = 8
_SMALL = 10
_POLITE = frozenset(
    word.text for row in rows("replies") if row["meaning"] == "polite" for word in words_of(row["words"])
)


def bare_fact(text: str, fact: str) -> Optional[Answer]:
    """The value a short reply gives for a fact, DECLINED, or None when the reply says something else."""
    words = [word.text for word in words_of(text)]
    if not words or len(words) > _LONGEST_REPLY:
        return None
    meaning = _meaning(words)
    if meaning == "decline":
        return DECLINED
    if fact == "situation" and tuple(words) in _nothing():
        return _WITHOUT_PAPERS
    if fact in _NUMBERS:
        return _number(words, *_NUMBERS[fact])
    if fact in _NAMES:
        return _name(text, fact)
    return {"true": True, "false": False}.get(meaning or "")


def yes_or_no(text: str) -> Optional[bool]:
    """Whether a short text says yes or no, where a question waits for just that."""
    meaning = _meaning([word.text for word in words_of(text)])
    return {"true": True, "false": False}.get(meaning or "")


def _meaning(words: List[str]) -> Optional[str]:
    table = _meanings()
    said = tuple(words)
    while said and said not in table and said[-1] in _POLITE:
        said = said[:-1]
    while said and said not in table and said[0] in _POLITE:
        said = said[1:]
    return table.get(said)


def _number(words: List[str], least: int, most: int) -> Optional[int]:
    """The only number in a reply of few words. A small one may be an article ("un agent") or count something else
    ("deux enfants"): it counts alone or before a word for years."""
    found: List[int] = []
    place = 0
    while place < len(words):
        number = _glued(words[place], place) or number_at(words, place)
        if number and (number[0] >= _SMALL or len(words) == 1 or words[number[1] : number[1] + 1] in _years()):
            found.append(number[0])
        place = number[1] if number else place + 1
    return found[0] if len(found) == 1 and least <= found[0] <= most else None


def _glued(word: str, place: int) -> Optional[Tuple[int, int]]:
    # "24ans"; "3am" and "3ndi" are Arabizi words, their digit is a letter.
    digits = word[: len(word) - len(word.lstrip("0123456789"))]
    return (int(digits), place + 1) if len(digits) == 2 and digits != word else None


def _name(text: str, fact: str) -> Optional[str]:
    if fact == "nationality":
        return country_named(text)
    if fact == "city":
        return default_gazetteers().cities.named(text)
    if fact == "activity_kind":
        return _option(text)
    values = {found.value for found in default_gazetteers().find(text) if found.type == fact}
    return str(values.pop()) if len(values) == 1 else None


def _option(text: str) -> Optional[str]:
    hits = _activities().hits(Message.of(text), spoken=may_be_arabizi(text))
    return hits[0].value if hits else None


@lru_cache(maxsize=1)
def _years() -> List[List[str]]:
    return [[word.text] for row in rows("replies") if row["meaning"] == "years" for word in words_of(row["words"])]


@lru_cache(maxsize=1)
def _nothing() -> FrozenSet[Tuple[str, ...]]:
    """Asked which paper one holds: none at all."""
    phrases = (phrase for row in rows("replies") if row["meaning"] == "nothing" for phrase in row["words"].split("|"))
    return frozenset(tuple(word.text for word in words_of(phrase)) for phrase in phrases)


@lru_cache(maxsize=1)
def _activities() -> "Phrasebook[str]":
    return Phrasebook(
        (word, row["variety"], row["value"]) for row in rows("activities") for word in row["words"].split("|")
    )


@lru_cache(maxsize=1)
def _meanings() -> Dict[Tuple[str, ...], str]:
    meanings: Dict[Tuple[str, ...], str] = {}
    for row in rows("replies"):
        if row["meaning"] in ("true", "false", "decline"):
            for phrase in row["words"].split("|"):
                meanings.setdefault(tuple(word.text for word in words_of(phrase)), row["meaning"])
    return meanings
