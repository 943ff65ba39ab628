"""Small spelling errors forgiven, where a name is long enough to stay itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, FrozenSet, List, Mapping, Optional, Tuple

from rapidfuzz.distance import OSA

from nlu.text.normalise import words_of
from nlu.text.tables import rows

_LONG = 9


class Misspellings:
    """Names of one word, found again in words that miss one letter, or two where the name is long."""

    def __init__(self, values: Mapping[str, str], *, shortest: int) -> None:
        """Values by folded name. Names under `shortest` letters are never guessed at."""
        self._by_letter: Dict[str, List[Tuple[str, str]]] = {}
        self._shortest = shortest
        for name, value in sorted(values.items()):
            if len(name) >= shortest:
                self._by_letter.setdefault(name[0], []).append((name, value))

    def value_of(self, word: str) -> Optional[str]:
        """The value of the nearest name that starts alike; None for everyday words and far-off ones."""
        if len(word) < self._shortest - 1 or not word.isalpha() or word in everyday_words():
            return None
        slips = 2 if len(word) >= _LONG else 1
        nearest: Optional[Tuple[int, str]] = None
        for name, value in self._by_letter.get(word[0], ()):
            distance = OSA.distance(word, name, score_cutoff=slips)
            if distance <= slips and (nearest is None or distance < nearest[0]):
                nearest = (distance, value)
        return nearest[1] if nearest else None


@lru_cache(maxsize=1)
def everyday_words() -> FrozenSet[str]:
    """Words that look like a misspelled name and are not."""
    listed = {word.text for row in rows("everyday") for word in words_of(row["words"])}
    return frozenset(listed | {word.text for row in rows("variety") for word in words_of(row["words"])})
