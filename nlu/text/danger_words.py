"""Words that name a danger, and harmless ones that only look like it."""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, List, Optional, Set

from nlu.text.normalise import MAX_LENGTH
from nlu.text.phrases import Hit, Message, Phrasebook
from nlu.text.tables import rows
from nlu.text.variety import may_be_arabizi

CATEGORIES = ("emergency", "protection", "asylum")
"""Most urgent first: one message has one danger."""

_HARMLESS = "harmless"
_UNLESS_ASYLUM = {"threat": "emergency", "arrest": "protection"}
"""Threats of death or prison that await the person where they fled from are the asylum door's."""


@lru_cache(maxsize=32)
def danger_worded(text: str) -> Optional[str]:
    """emergency, protection, asylum, or None."""
    # A cry for help at the end of a long text counts as much as one at its start.
    parts = (text,) if len(text) <= MAX_LENGTH else (text[:MAX_LENGTH], text[-MAX_LENGTH:])
    found = {category for part in parts for category in _categories_in(part)}
    if "asylum" not in found:
        found = {_UNLESS_ASYLUM.get(category, category) for category in found}
    return next((category for category in CATEGORIES if category in found), None)


@lru_cache(maxsize=32)
def sounds_harmless(text: str) -> bool:
    """Whether there are words in it that explain others away: "dying of hunger"."""
    return any(hit.value == _HARMLESS for hit in _hits(text[:MAX_LENGTH]))


def _hits(text: str) -> "List[Hit[str]]":
    return _phrasebook().hits(Message.of(text), spoken=may_be_arabizi(text))


def _categories_in(text: str) -> Set[str]:
    hits = _hits(text)
    harmless = [hit for hit in hits if hit.value == _HARMLESS]
    alarming = [hit for hit in hits if hit.value != _HARMLESS and not _explained(hit, harmless)]
    # A longer phrase says better what a shorter one inside it meant: "they will kill me if I go back".
    return {
        hit.value for hit in alarming if not _covered(hit, [other for other in alarming if other.length > hit.length])
    }


def _explained(hit: "Hit[str]", harmless: "List[Hit[str]]") -> bool:
    """Whether a harmless phrase no shorter than it takes words of it: "I'm dying to learn"."""
    return _covered(hit, harmless) or any(
        other.length >= hit.length and other.first < hit.last and hit.first < other.last for other in harmless
    )


def _covered(hit: "Hit[str]", others: "List[Hit[str]]") -> bool:
    return any(other.first <= hit.first and hit.last <= other.last for other in others)


@lru_cache(maxsize=1)
def _phrasebook() -> "Phrasebook[str]":
    return Phrasebook((row["phrase"], row["variety"], row["category"]) for row in rows("danger"))


def phrases_by_category() -> Dict[str, int]:
    """How many phrases each category has, for the report."""
    counts: Dict[str, int] = {}
    for row in rows("danger"):
        counts[row["category"]] = counts.get(row["category"], 0) + 1
    return counts
