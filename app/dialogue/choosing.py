"""A choice named by its place in the list: "option 2", "the first", "le premier"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nlu.text.normalise import words_of
from nlu.text.tables import read

WORDS = Path(__file__).parent / "words" / "choosing.csv"
BEFORE = 0


def place_named(text: str) -> int | None:
    """The place a text names, counted from 1, where it says nothing else. A bare number is left to the question."""
    words = [word.text for word in words_of(text)]
    said = [word for word in words if _numbers().get(word) != BEFORE]
    if len(said) != 1 or (said[0].isdigit() and len(words) == 1):
        return None
    return int(said[0][:3]) if said[0].isdigit() else _numbers().get(said[0])


@lru_cache(maxsize=1)
def _numbers() -> Mapping[str, int]:
    rows = ((int(row["number"]), each) for row in read(WORDS) for each in row["words"].split("|"))
    return {word.text: number for number, phrase in rows for word in words_of(phrase)}
