"""Darija in Latin letters as Arabic script, which is what the sentence encoder can read of it."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Dict, Iterable

from rapidfuzz.distance import Levenshtein

from nlu.text.arabizi import ARABIC_LETTER, in_arabic_letters, skeleton
from nlu.text.normalise import fold, words_of
from nlu.text.variety import variety_of

_SHORTEST_SOUND = 2
_CLOSENESS = 2.0
"""How much a spelling near to the letters counts against one that is met often."""


class Transliteration:
    """Knows the words of the examples: Darija's by their sound, and which Latin words are French or English."""

    def __init__(self, spellings: Dict[str, Dict[str, int]], foreign: Iterable[str]) -> None:
        self._spellings = spellings
        self._foreign = frozenset(foreign)

    @classmethod
    def learned(cls, texts: Iterable[str]) -> "Transliteration":
        arabic: Counter[str] = Counter()
        latin: Dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for text in texts:
            words = [word.text for word in words_of(text)]
            if ARABIC_LETTER.search(fold(text)):
                arabic.update(word for word in words if ARABIC_LETTER.search(word))
            else:
                latin[variety_of(text) == "arabizi"].update(words)
        spellings: Dict[str, Dict[str, int]] = {}
        for word, count in arabic.items():
            if len(skeleton(word)) >= _SHORTEST_SOUND:
                spellings.setdefault(skeleton(word), {})[word] = count
        foreign = (word for word, count in latin[False].items() if count > latin[True][word] and len(word) > 1)
        return cls(spellings, foreign)

    def readable(self, text: str) -> str:
        """Arabizi with its Darija words in Arabic letters; any other text as it is."""
        if ARABIC_LETTER.search(fold(text)) or variety_of(text) != "arabizi":
            return text
        return " ".join(self._word(word.text) for word in words_of(text))

    def _word(self, word: str) -> str:
        if word in self._foreign or word.isdigit():
            return word
        letters = in_arabic_letters(word)
        known = self._spellings.get(skeleton(word), {})

        def fitness(spelling: str) -> float:
            apart = Levenshtein.distance(spelling, letters) / max(len(spelling), len(letters), 1)
            return math.sqrt(known[spelling]) * math.exp(-_CLOSENESS * apart)

        return max(sorted(known), key=fitness) if known else letters

    def as_json(self) -> Dict[str, Any]:
        return {"spellings": self._spellings, "foreign": sorted(self._foreign)}

    @classmethod
    def of_json(cls, kept: Dict[str, Any]) -> "Transliteration":
        return cls(kept["spellings"], kept["foreign"])
