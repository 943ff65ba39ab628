"""Words around a thing that tell whose it is: one's own, lacking, wished for, lost, somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, FrozenSet, Iterable, Iterator, List, Tuple

from nlu.text.normalise import words_of
from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.tables import rows
from nlu.text.wards import ward_of

OWN = frozenset({"have", "my"})
OTHERS = frozenset({"other", "they"})
_AFTER = ("after_gone", "after_wait", "after_about", "after_ask")
_WORDS = ("denial", "link", "the", "fill", "and")
_BOTH_WAYS = ("still", "valid")
_SAYS_NOTHING = "still"
_CLOSE = 3
_BREAKS = ",;.!?:()\u060c\u061b\u061f\n"


@dataclass(frozen=True)
class Cue:
    """A cue and its place in words; `last` is excluded."""

    kind: str
    first: int
    last: int


def cues_of(message: Message) -> Tuple[Cue, ...]:
    """The cues a message holds that bear on what follows them, in the order written."""
    return _cues_in(message, False)


def after_cues_of(message: Message) -> Tuple[Cue, ...]:
    """The cues that bear on what stands before them: "... was stolen", "... is not ready"."""
    return _cues_in(message, True)


def is_told_of_another(text: str, message: Message, hit: "Hit[Any]") -> bool:
    """Whether the last person named before the thing, in its clause, is somebody else."""
    cues = [cue.kind for cue in clause_before(text, message, hit.first) if cue.kind in OWN | OTHERS]
    return bool(cues) and cues[-1] in OTHERS


def is_denied(text: str, message: Message, hit: "Hit[Any]") -> bool:
    """Whether "not" stands before the thing, only small words between: "not in Casa any more", "pas togolais"."""
    place = hit.first
    while place > 0 and hit.first - place < _CLOSE and not breaks_before(text, message, place):
        place -= 1
        word = message.words[place].text
        if word in words_for("denial"):
            return True
        if word not in words_for("link"):
            return False
    return False


def clause_before(text: str, message: Message, place: int) -> List[Cue]:
    """The cues before a place in its clause, in the order written; punctuation and "but" open a clause."""
    start = clause_start(text, message, place)
    return [cue for cue in cues_of(message) if start <= cue.first and cue.last <= place]


def clause_start(text: str, message: Message, place: int) -> int:
    turns = {cue.last for cue in cues_of(message) if cue.kind == "turn"}
    while place > 0 and place not in turns and not breaks_before(text, message, place):
        place -= 1
    return place


def breaks_before(text: str, message: Message, place: int) -> bool:
    """Whether punctuation stands before the word at a place."""
    if not 0 < place < len(message.words):
        return True
    between = text[message.words[place - 1].end : message.words[place].start]
    return any(mark in between for mark in _BREAKS)


@lru_cache(maxsize=32)
def _cues_in(message: Message, after: bool) -> Tuple[Cue, ...]:
    hits = sorted(_phrasebook(after).hits(message, spoken=False), key=lambda hit: (-hit.length, hit.value, hit.first))
    kept = sorted(without_overlaps(hits), key=lambda hit: hit.first)
    cues = (Cue(hit.value[1], hit.first, hit.last) for hit in kept if hit.value[1] != _SAYS_NOTHING)
    ward = None if after else ward_of(message)
    return tuple(cues) if ward is None else tuple(_told_of(ward, cues))


def _told_of(ward: Tuple[int, int], cues: Iterable[Cue]) -> Iterator[Cue]:
    """Where the message asks for somebody else, what "she has" is what counts."""
    for cue in cues:
        if cue.kind == "they":
            yield Cue("have", cue.first, cue.last)
        elif not ward[0] <= cue.first < ward[1]:
            yield cue


@lru_cache(maxsize=2)
def _phrasebook(after: bool) -> "Phrasebook[Tuple[int, str]]":
    """Where two rows of the list fit the same words the earlier one has them."""
    return Phrasebook(
        (row["phrase"], "", (place, row["cue"]))
        for place, row in enumerate(rows("cues"))
        if row["cue"] in _BOTH_WAYS or (row["cue"] not in _WORDS and (row["cue"] in _AFTER) == after)
    )


@lru_cache(maxsize=None)
def words_for(cue: str) -> FrozenSet[str]:
    """Single words of the list: link, the, fill, and, denial."""
    return frozenset(
        word.text for row in rows("cues") if row["cue"] == cue for word in words_of(row["phrase"].replace("|", " "))
    )
