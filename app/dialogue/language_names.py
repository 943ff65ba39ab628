"""How people name the three languages of our answers."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from nlu.text.normalise import fold
from nlu.text.tables import read

WORDS = Path(__file__).parent / "words" / "languages.csv"


def language_named(text: str) -> str | None:
    """The language a text names, the last one if several: people say what they leave before what they want."""
    folded = fold(text)
    places = {
        language: max((match.start() for match in pattern.finditer(folded)), default=-1)
        for language, pattern in _patterns().items()
    }
    best = max(places, key=lambda language: places[language])
    return best if places[best] >= 0 else None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {row["language"]: re.compile(row["stems"]) for row in read(WORDS)}
