"""Cities of Morocco by any of their names, in three languages, with typing errors and glued particles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Optional, Tuple

from nlu.text.cues import is_denied
from nlu.text.found import Found, found_in
from nlu.text.normalise import Word, words_of
from nlu.text.phrases import Hit, Message, forms_of, without_overlaps
from nlu.text.spelling import Misspellings
from nlu.text.tables import read, rows

CITIES = Path(__file__).parents[2] / "referral_directory" / "data" / "cities.csv"
_IN = "\u0641"
_ARTICLE = "\u0627\u0644"
_ALEF = "\u0627"
_FEMININE = "\u0647"
_MOST_WORDS = 4
_SHORTEST_GLUED = 4
_SHORTEST_FUZZY = 6
_GLUED_LATIN = re.compile(r"^(?:f|b|d|l|fl|bl|dl|men|mn)(?=.{4,})")
_LARGE = 40_000
"""Inhabitants from which a misspelled name is believed."""


@dataclass(frozen=True)
class Cities:
    """Names of cities, folded, and the cities they stand for."""

    by_name: Dict[Tuple[str, ...], str]
    misspelled: Misspellings

    @classmethod
    def load(cls, path: Path = CITIES) -> "Cities":
        by_name: Dict[Tuple[str, ...], str] = {}
        large: Dict[str, str] = {}
        # Larger places first: where two share a name the larger one has it.
        for row in sorted(read(path), key=_inhabitants, reverse=True):
            for name in _names(row):
                by_name.setdefault(name, row["id"])
                if len(name) == 1 and _inhabitants(row) >= _LARGE and name not in _traps("cue"):
                    large.setdefault(name[0][2:] if name[0].startswith(_ARTICLE) else name[0], row["id"])
        return cls(by_name, Misspellings(large, shortest=_SHORTEST_FUZZY))

    def find(self, text: str, message: Message) -> Iterator[Found]:
        hits = without_overlaps(sorted(self._hits(text, message), key=lambda hit: (-hit.length, hit.first)))
        hits = [hit for hit in hits if not is_denied(text, message, hit)]
        # "From Casa to Oujda": where one is now, if both are told.
        reached = [hit for hit in hits if not _is_left(message, hit)]
        for hit in reached or hits:
            yield found_in(text, message, "city", hit.value, hit.first, hit.last)

    def named(self, text: str) -> Optional[str]:
        """The one city a short reply names."""
        message = Message.of(text)
        values = {found.value for found in self.find(text, message)}
        return str(values.pop()) if len(values) == 1 else None

    def _hits(self, text: str, message: Message) -> "Iterator[Hit[str]]":
        for first in range(len(message.words)):
            hit = self._hit_at(text, message, first)
            if hit is not None:
                yield hit

    def _hit_at(self, text: str, message: Message, first: int) -> "Optional[Hit[str]]":
        words = message.words
        for length in range(min(_MOST_WORDS, len(words) - first), 0, -1):
            rest = tuple(word.text for word in words[first + 1 : first + length])
            for head in _heads(words[first].text):
                city = self.by_name.get((head, *rest))
                span = (first, first + length)
                if city is not None and _is_meant(text, words, span, (head, *rest)):
                    return Hit(city, *span)
        return self._misspelled(words, first)

    def _misspelled(self, words: "Tuple[Word, ...]", first: int) -> "Optional[Hit[str]]":
        word = words[first].text
        city = self.misspelled.value_of(word[2:] if word.startswith(_ARTICLE) else word)
        return None if city is None else Hit(city, first, first + 1)


def _is_left(message: Message, hit: "Hit[str]") -> bool:
    return hit.first > 0 and message.words[hit.first - 1].text in _words_for("left")


def _heads(word: str) -> List[str]:
    stripped = [_GLUED_LATIN.sub("", word), *sorted(forms_of(word), key=len, reverse=True)]
    return [word, *(form for form in stripped if form != word and _may_be_glued(word, form))]


def _may_be_glued(word: str, form: str) -> bool:
    """Short names only after "in", which few everyday words begin with: "in Salé" as one word."""
    return len(form) >= _SHORTEST_GLUED or (len(form) == _SHORTEST_GLUED - 1 and word == _IN + form)


def _is_meant(text: str, words: "Tuple[Word, ...]", span: Tuple[int, int], name: Tuple[str, ...]) -> bool:
    """Whether an everyday word is used as a city's name: alone, after a word of place, or written as a name is."""
    first, last = span
    if name not in _traps("cue"):
        return True
    if last < len(words) and words[last].text in _words_for("not after"):
        return False
    written = text[words[first].start : words[last - 1].end]
    before = words[first - 1].text if first else ""
    return (
        len(words) == last - first
        or before in _words_for("place")
        or words[first].text != name[0]
        or (written[:1].isupper() and first > 0)
        or any(ord(char) > 0xBF and ord(char) < 0x250 for char in written)
    )


def _names(row: Dict[str, str]) -> Iterator[Tuple[str, ...]]:
    for written in [row["name_fr"], row["name_ar"], row["name_en"], *row["aliases"].split("|")]:
        name = tuple(word.text for word in words_of(written))
        if name and len("".join(name)) > 2 and name not in _traps("never"):
            yield name
            if name[-1][-1] == _FEMININE and len(name[-1]) > _SHORTEST_GLUED - 1:
                # Heard and written alike: Oujda, Tanja.
                yield (*name[:-1], name[-1][:-1] + _ALEF)


def _inhabitants(row: Dict[str, str]) -> int:
    return int(row["population"] or 0)


@lru_cache(maxsize=None)
def _traps(rule: str) -> FrozenSet[Tuple[str, ...]]:
    return frozenset(
        tuple(word.text for word in words_of(name))
        for row in rows("city_traps")
        if row["rule"] == rule
        for name in row["names"].split("|")
    )


@lru_cache(maxsize=None)
def _words_for(rule: str) -> FrozenSet[str]:
    return frozenset("".join(name) for name in _traps(rule))
