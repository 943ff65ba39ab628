"""Which paper a person says they hold now. In doubt none: the dialogue asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, FrozenSet, Iterator, List, Set, Tuple

from nlu.text.cues import Cue, breaks_before, clause_before, cues_of, is_told_of_another
from nlu.text.found import Found, found_in
from nlu.text.holding import Holding, holding_of, is_alone, is_what_is_had
from nlu.text.origins import is_of_another_country
from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.tables import rows

KINDS = ("paper_card", "paper_receipt", "paper_unhcr")
"""Kinds of paper not yet narrowed to one situation."""
_NOT_INSIDE = frozenset({"not", "want", "past", "if", "wait", "turn"})
_NOT_ENDED = frozenset({"valid", "ending"})
_NOT_OF_A_STATE = frozenset({"if", "about"})
_WITHOUT_PAPERS = "irregular"
_EXPIRED = ("card_expired", "regularised_card_expired")


@dataclass(frozen=True)
class _Paper:
    value: str
    mode: str
    """held, mine or said: nlu/text/data/situations.csv tells them apart."""
    words: int


def papers_in(text: str, message: Message, *, spoken: bool) -> Iterator[Found]:
    """Situations the writer is in now; papers wished for, asked about, lost, awaited or another's are left out."""
    named = [hit for hit in _phrasebook().hits(message, spoken=spoken) if _is_one_phrase(text, message, hit)]
    hits = without_overlaps(sorted(named, key=_longest_and_most_precise_first))
    stated = [hit for hit in hits if _is_stated(text, message, hit, hits)]
    settled = _settled({hit.value.value for hit in stated})
    for hit in stated:
        if settled == {hit.value.value}:
            yield found_in(text, message, "situation", hit.value.value, hit.first, hit.last)


def _is_stated(text: str, message: Message, hit: "Hit[_Paper]", hits: "List[Hit[_Paper]]") -> bool:
    issued = hit.value.mode == "held" or hit.value.value in _EXPIRED
    if hit.value.value == "skip" or (issued and is_of_another_country(text, message, hit)):
        return False
    if hit.value.mode == "held":
        holding = holding_of(text, message, hit, [other for other in hits if other is not hit])
        return (holding is Holding.HELD and is_what_is_had(text, message, hit)) or (
            holding is Holding.BARE and is_alone(text, message, hit)
        )
    cues = clause_before(text, message, hit.first)
    if any(_spoils_a_state(cue, hit) for cue in cues):
        return False
    return hit.value.mode == "said" or not is_told_of_another(text, message, hit)


def _spoils_a_state(cue: Cue, hit: "Hit[_Paper]") -> bool:
    """As in "what is ...", "if I had no papers", "not without papers", "I was without papers"."""
    if cue.kind == "not":
        return cue.last == hit.first
    return cue.kind in _NOT_OF_A_STATE or (cue.kind == "past" and hit.value.value == _WITHOUT_PAPERS)


def _is_one_phrase(text: str, message: Message, hit: "Hit[_Paper]") -> bool:
    """A paper's name does not run on into another clause: "... a residence card, I want work"."""
    inside = [cue.kind for cue in cues_of(message) if hit.first < cue.first < hit.last]
    if hit.value.mode != "held":
        return not _NOT_ENDED & set(inside)
    if _NOT_INSIDE & set(inside) or " my other " in f" {' '.join(inside)} ":
        return False
    return not any(breaks_before(text, message, place) for place in range(hit.first + 1, hit.last))


def _settled(values: Set[str]) -> Set[str]:
    """What is left when the more precise of two has replaced the vaguer one."""
    return {value for value in values if not _gives_way().get(value, frozenset()) & values}


def _longest_and_most_precise_first(hit: "Hit[_Paper]") -> Tuple[int, int, int, int]:
    return -hit.length, -hit.value.words, _precision(hit.value.value), hit.first


def _words_needed(phrase: str) -> int:
    return sum(1 for part in phrase.split() if part not in "*^$" and part[-1] != "?")


def _precision(situation: str) -> int:
    """0 one row of the decision table, 1 no paper at all, 2 only the kind of paper."""
    return 2 if situation in KINDS else int(situation == _WITHOUT_PAPERS)


@lru_cache(maxsize=1)
def _gives_way() -> Dict[str, FrozenSet[str]]:
    return {row["gives_way"]: frozenset(row["to"].split("|")) for row in rows("papers_together")}


@lru_cache(maxsize=1)
def _phrasebook() -> "Phrasebook[_Paper]":
    return Phrasebook(
        (row["phrase"], row["variety"], _Paper(row["value"], row["mode"], _words_needed(row["phrase"])))
        for row in rows("situations")
    )


def situations() -> List[str]:
    """Every situation that words can name."""
    return sorted({row["value"] for row in rows("situations")} - {"skip"})
