"""For whom a message asks: the writer, or one other person whose facts then are the ones that count."""

from __future__ import annotations

from functools import lru_cache
from typing import List, Optional, Tuple

from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.tables import rows

_GLUED_FOR = "\u0644"
Span = Tuple[int, int]


@lru_cache(maxsize=32)
def ward_of(message: Message) -> Optional[Span]:
    """The words that name the one person somebody else asks for: "my sister has a receipt, she wants to learn".

    None where the writer tells of themselves too, or of several people: whose facts are whose is then unsure.
    """
    hits = _phrasebook().hits(message, spoken=False)
    persons = without_overlaps(_of(hits, "person"))
    if len(persons) != 1:
        return None
    person, care = persons[0], _of(hits, "care")
    if any(not _is_part_of(own, care) for own in _of(hits, "own")):
        return None
    asked_for = _is_asked_for(message, person, hits)
    own_wish = any(not _is_part_of(wish, care) for wish in _of(hits, "own_wish"))
    if asked_for or (_of(hits, "wish") and not own_wish):
        return person.first, person.last
    return None


def _of(hits: "List[Hit[str]]", role: str) -> "List[Hit[str]]":
    return [hit for hit in hits if hit.value == role]


def _is_part_of(hit: "Hit[str]", others: "List[Hit[str]]") -> bool:
    return any(other.first <= hit.last - 1 and hit.first < other.last for other in others)


def _is_asked_for(message: Message, person: "Hit[str]", hits: "List[Hit[str]]") -> bool:
    glued = message.words[person.first].text.startswith(_GLUED_FOR)
    return glued or any(hit.last == person.first for hit in _of(hits, "for"))


@lru_cache(maxsize=1)
def _phrasebook() -> "Phrasebook[str]":
    return Phrasebook((row["phrase"], "", row["role"]) for row in rows("wards"))
