"""Numbers up to ninety-nine, in digits and in words."""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, Optional, Sequence, Tuple

from nlu.text.normalise import fold
from nlu.text.tables import rows

_AND = frozenset(fold(word) for word in ("et", "and", "o", "w", "\u0648"))


def number_at(words: Sequence[str], start: int) -> "Optional[Tuple[int, int]]":
    """The number that begins at a word, with the position after it."""
    if start < len(words) and words[start].isdigit() and len(words[start]) <= 3:
        return int(words[start]), start + 1
    return _spelled_at(words, start)


def _spelled_at(words: Sequence[str], start: int) -> "Optional[Tuple[int, int]]":
    table = _words()
    total: Optional[int] = None
    place = end = start
    while place < len(words) and place - start < 5:
        word = words[place]
        value = table.get(word)
        if value is None and total is not None and len(word) > 2 and word[0] == "\u0648":
            value = table.get(word[1:])
        if value is None and not (word in _AND and total is not None):
            break
        place += 1
        if value is not None:
            joined = _joined(total, value) if (words[place - 2 : place - 1], value) != (["quatre"], 20) else 80
            if joined is None:
                break
            total, end = joined, place
    return None if total is None else (total, end)


def _joined(total: Optional[int], value: int) -> Optional[int]:
    if total is None:
        return value
    if total % 10 == 0 and total >= 20 and value < 20:
        return total + value
    if total < 10 and value >= 20 and value % 10 == 0:  # Arabic says the units first
        return total + value
    if total < 10 and value == 10:  # and its teens too
        return total + 10
    if total == 10 and value < 10:  # dix-sept
        return 10 + value
    return None


@lru_cache(maxsize=1)
def _words() -> Dict[str, int]:
    return {fold(word): int(row["value"]) for row in rows("numbers") for word in row["words"].split("|")}
