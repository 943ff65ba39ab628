"""Whether a person says that they are married to a Moroccan. In doubt no: the dialogue asks."""

from __future__ import annotations

from functools import lru_cache

from nlu.text.cues import breaks_before, clause_before, clause_start, cues_of, words_for
from nlu.text.normalise import MAX_LENGTH
from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.tables import rows
from nlu.text.wards import ward_of

_UNTOLD = frozenset({"not", "want", "if", "past", "wait", "about", "other", "they", "renew"})


def is_spouse_of_moroccan(text: str) -> bool:
    """True for "my husband is Moroccan"; not for a sister's, a former or a hoped-for one."""
    text = text[:MAX_LENGTH]
    message = Message.of(text)
    if ward_of(message) is not None:
        return False
    hits = _phrasebook().hits(message, spoken=False)
    if any(hit.value == "ended" for hit in hits):
        return False
    return any(_is_told(text, message, hit) for hit in without_overlaps(hits))


def _is_told(text: str, message: Message, hit: "Hit[str]") -> bool:
    if any(cue.kind in _UNTOLD for cue in clause_before(text, message, hit.first)):
        return False
    if any(breaks_before(text, message, place) for place in range(hit.first + 1, hit.last)):
        return False
    inside = {message.words[place].text for place in range(hit.first, hit.last)}
    return not inside & words_for("denial") and not _is_asked(text, message, hit)


def _is_asked(text: str, message: Message, hit: "Hit[str]") -> bool:
    """As in "how do I marry a Moroccan": a question of how or whether leads up to it."""
    start = clause_start(text, message, hit.first)
    return any(start <= cue.first < hit.first and cue.kind == "get" for cue in cues_of(message))


@lru_cache(maxsize=1)
def _phrasebook() -> "Phrasebook[str]":
    return Phrasebook((row["phrase"], "", row["role"]) for row in rows("spouse"))
