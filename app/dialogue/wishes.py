"""What a person wants, said after what they have: "I have no papers, I want to work"."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nlu.text.phrases import Message, Phrasebook
from nlu.text.tables import read
from nlu.text.variety import variety_of

WORDS = Path(__file__).parent / "words" / "wishes.csv"
SPOKEN = ("darija", "arabizi")


def wish_in(text: str) -> str | None:
    """The last wish of a text, from its first word on; None where the whole text is one wish or none."""
    last = _last(text)
    return text[Message.of(text).words[last].start :] if last else None


def has_wish(text: str) -> bool:
    return _last(text) is not None


def _last(text: str) -> int | None:
    hits = _phrasebook().hits(Message.of(text), spoken=variety_of(text) in SPOKEN)
    return max((hit.first for hit in hits), default=None)


@lru_cache(maxsize=1)
def _phrasebook() -> Phrasebook[str]:
    return Phrasebook((row["phrase"], row["variety"], row["phrase"]) for row in read(WORDS))
