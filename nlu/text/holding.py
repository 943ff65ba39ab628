"""Whether the writer has, now, the thing a message names. In doubt: no."""

from __future__ import annotations

from enum import Enum
from typing import Any, Dict, Sequence, Tuple

from nlu.text.cues import (
    OTHERS,
    Cue,
    after_cues_of,
    breaks_before,
    clause_before,
    clause_start,
    cues_of,
    words_for,
)
from nlu.text.origins import is_nation
from nlu.text.phrases import Hit, Message

_SUPPORTS = frozenset({"have", "my", "with", "only"})
_SPOILED_BY: Dict[str, Dict[str, int]] = {
    "have": {"not": 0, "yet": 0, "past": 0, "get": 0, "if": 2, "they": 0},
    "my": {"not": 0, "yet": 0, "they": 0, "past": 1, "about": 1, "want": 2, "get": 2, "wait": 2, "gone": 3, "renew": 2},
    "with": {"not": 0, "past": 0, "other": 1, "they": 1, "about": 2},
    "only": {"not": 0, "want": 9, "get": 9, "wait": 9, "gone": 9, "past": 9, "if": 9, "other": 9, "they": 9},
}
"""What a supporting cue is worth nothing after, by how many words may stand between the two."""
_LEANS = 2
_REACH_AFTER = {"after_gone": 7, "after_wait": 4, "after_about": 0}
_BARE_MOST = 4
_LEADING_MOST = 1
_WISHED = frozenset({"want", "get", "wait", "renew", "if", "about", "after_ask"})
_UNSETTLING = _WISHED | OTHERS | {"gone", "past", "not", "yet"}
_LACKING = frozenset({"not", "gone", "wait", "after_ask"})
_QUESTION = "?\u061f"


class Holding(Enum):
    """Said to be had, named without a word on it, or not had."""

    HELD = "held"
    BARE = "bare"
    NOT = "not"


def holding_of(
    text: str, message: Message, hit: "Hit[Any]", others: "Sequence[Hit[Any]]" = (), *, past_counts: bool = False
) -> Holding:
    """What the words around a thing say of it; `others` are the things of its sort that the message names besides.

    With `past_counts` what was had once is had for good, as schooling is.
    """
    if _is_taken_back(text, message, hit, others):
        return Holding.NOT
    own = [cue for cue in cues_of(message) if _is_own_inside(cue, hit)]
    cues = [*clause_before(text, message, hit.first), *own[:1]]
    if past_counts:
        cues = [cue for cue in cues if cue.kind != "past"]
    if not cues and _is_mine_after(message, hit):
        return Holding.HELD
    if not cues:
        return Holding.BARE
    return _by_cues(cues)


def is_what_is_had(text: str, message: Message, hit: "Hit[Any]") -> bool:
    """Whether nothing else is: "I have a card", "24 years and a card", not "a question about the card"."""
    if any(_is_own_inside(cue, hit) for cue in cues_of(message)):
        return True
    support = [cue for cue in clause_before(text, message, hit.first) if cue.kind in _SUPPORTS][-1:]
    between = [word.text for cue in support for word in message.words[cue.last : hit.first]]
    joined = max((place for place, word in enumerate(between) if word in words_for("and")), default=-1)
    return all(_is_a_fact(word) for word in between[joined + 1 :])


def _is_a_fact(word: str) -> bool:
    """As in "Sudanese, 28 years, asylum seeker": what may stand beside a paper in a list."""
    return word in words_for("fill") or word.isdigit() or is_nation(word)


def is_alone(text: str, message: Message, hit: "Hit[Any]") -> bool:
    """Whether a thing named without a word on it fills its clause, as in a list of facts or a short reply."""
    start, end = clause_start(text, message, hit.first), _clause_end(text, message, hit.last)
    spoken_of = start < hit.first and end > hit.last and message.words[start].text in words_for("the")
    leading = sum(not _is_a_fact(word.text) for word in message.words[start : hit.first])
    trailing = sum(not _is_a_fact(word.text) for word in message.words[hit.last : end])
    few = leading <= _LEADING_MOST and leading + trailing <= _BARE_MOST
    return (
        few
        and not is_asked(text, message, hit)
        and not spoken_of
        and not _is_unsettled(text, message, (start, hit.last, end))
    )


def is_asked(text: str, message: Message, hit: "Hit[Any]") -> bool:
    """Whether the clause of a thing ends in a question mark."""
    after = text[message.words[_clause_end(text, message, hit.last) - 1].end :].lstrip()
    return bool(after[:1]) and after[0] in _QUESTION


def _clause_end(text: str, message: Message, place: int) -> int:
    while place < len(message.words) and not breaks_before(text, message, place):
        place += 1
    return place


def _is_unsettled(text: str, message: Message, places: Tuple[int, int, int]) -> bool:
    """Whether a wish or a question stands after the thing in its clause, or leads up to the clause."""
    start, after, end = places
    cues = [*cues_of(message), *after_cues_of(message)]
    if any(after <= cue.first < end and cue.kind in _UNSETTLING for cue in cues):
        return True
    turned = any(cue.kind == "turn" and cue.last == start for cue in cues)
    leading = clause_before(text, message, start - 1) if turned else cues
    nearest = 0 if turned else start - _LEANS
    # "no card but a receipt": what is lacking before the turn leaves the receipt untouched.
    return any(nearest <= cue.first < start >= cue.last and cue.kind in _UNSETTLING - _LACKING for cue in leading)


def _by_cues(cues: Sequence[Cue]) -> Holding:
    """The nearest cue decides; a supporting one is itself judged by the cue before it."""
    cue, earlier = cues[-1], cues[:-1]
    if cue.kind not in _SPOILED_BY or (earlier and earlier[0].kind == "if"):
        return Holding.NOT
    if earlier:
        before = earlier[-1]
        gap = cue.first - before.last
        if gap <= _SPOILED_BY[cue.kind].get(before.kind, -1):
            return Holding.NOT
        if before.kind in _SPOILED_BY and gap <= _LEANS and cue.kind != "have":
            return _by_cues(earlier)
    return Holding.HELD


def _is_own_inside(cue: Cue, hit: "Hit[Any]") -> bool:
    if cue.kind == "my":
        return hit.first <= cue.first < hit.last
    return cue.first == hit.first and cue.kind in _SUPPORTS


def _is_mine_after(message: Message, hit: "Hit[Any]") -> bool:
    return any(cue.kind == "my" and cue.first == hit.last for cue in cues_of(message))


def _is_taken_back(text: str, message: Message, hit: "Hit[Any]", others: "Sequence[Hit[Any]]") -> bool:
    """Whether what follows takes it back: "... but it was stolen", "... of my husband", "... is not ready"."""
    for cue in after_cues_of(message):
        reach = _REACH_AFTER.get(cue.kind, -1)
        told = any(hit.last <= other.first <= cue.last for other in others)
        if 0 <= cue.first - hit.last <= reach and not told and not _changes_person(message, hit, cue):
            return True
    owners = [cue for cue in cues_of(message) if cue.kind == "other" and 0 <= cue.first - hit.last <= _LEANS]
    return any(_is_linked(text, message, hit.last, cue.first) for cue in owners)


def _changes_person(message: Message, hit: "Hit[Any]", after: Cue) -> bool:
    return any(cue.kind in ("have", "other") and hit.last <= cue.first < after.first for cue in cues_of(message))


def _is_linked(text: str, message: Message, first: int, last: int) -> bool:
    """Whether an owner follows with nothing between but "of": "de mon", "dyal"."""
    if any(breaks_before(text, message, place) for place in range(first, last + 1)):
        return False
    return {message.words[place].text for place in range(first, last)} <= words_for("link")
