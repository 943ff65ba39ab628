"""Taking in what a person tells: new facts, corrections, values that cannot be, answers that exclude each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.dialogue.conversation import AGE, Thread
from app.dialogue.messages import Country, Say, Town
from app.dialogue.safety import EXPLOITATION, FEARS_RETURN, Harm
from rules.admit import InvalidFact, admit
from rules.ask import question_for
from rules.facts import SITUATION, FactId, FactValue
from rules.papers import decline
from rules.rulebook import Rulebook

NATIONALITY, CITY = FactId("nationality"), FactId("city")
ELSEWHERE = "ZZ"
"""Stands for a country that the person did not name: none of those that matter for the rules."""
POINTED_BY: dict[Harm, tuple[FactId, ...]] = {
    Harm.ASYLUM: (FEARS_RETURN,),
    Harm.EXPLOITATION: (EXPLOITATION,),
}


@dataclass(frozen=True)
class Told:
    """The thread with what could be taken; `invalid` is a fact whose value cannot be, to ask again politely.

    Where a good value is known already, that one stays and nothing is asked.
    """

    thread: Thread
    opening: tuple[Say, ...] = ()
    invalid: FactId | None = None
    taken: tuple[FactId, ...] = ()
    changed: tuple[FactId, ...] = ()


def tell(
    thread: Thread, told: Mapping[FactId, FactValue | None], rulebook: Rulebook, *, asked: FactId | None = None
) -> Told:
    """New values replace old ones. What was taken without being asked is summed up, so that it can be corrected."""
    facts, changed, invalid = thread.facts, list[FactId](), None
    for fact, value in told.items():
        if _says_less(fact, value, facts.get(fact), rulebook):
            continue
        try:
            admit(rulebook, {fact: value})
        except InvalidFact:
            invalid = fact
            continue
        if _replaces(fact, value, facts.get(fact), rulebook):
            changed.append(fact)
        facts = decline(rulebook, facts, fact) if value is None else facts.learning(**{fact: value})
    volunteered = tuple(fact for fact, value in told.items() if fact != asked and facts.get(fact) == value)
    heard = SITUATION in volunteered or (thread.heard and SITUATION not in told)
    taken = replace(thread, facts=facts, heard=heard)
    opening = _summed_up(taken, volunteered, tuple(changed), rulebook)
    if invalid is not None and taken.facts.get(invalid) is not None:
        return Told(taken, (*opening, Say("told.kept", {"fact": value_of(taken, invalid, rulebook)})))
    return Told(taken, opening, invalid, tuple(fact for fact in told if fact != invalid), tuple(changed))


def point(thread: Thread, harm: Harm) -> Thread:
    return replace(thread, pointed=thread.pointed | set(POINTED_BY.get(harm, ())))


def _says_less(fact: FactId, value: FactValue | None, known: FactValue | None, rulebook: Rulebook) -> bool:
    """A kind of paper does not undo the precise paper told before."""
    said = rulebook.situations.get(str(value)) if fact == SITUATION else None
    return said is not None and known in said.rows


def _replaces(fact: FactId, value: FactValue | None, known: FactValue | None, rulebook: Rulebook) -> bool:
    """True for a correction; a kind of paper that is told more precisely is none."""
    if known is None or value is None or known == value:
        return False
    return fact != SITUATION or value not in rulebook.situations[str(known)].rows


def _summed_up(
    thread: Thread, told: tuple[FactId, ...], changed: tuple[FactId, ...], rulebook: Rulebook
) -> tuple[Say, ...]:
    if changed:
        return (Say("told.changed", {"facts": _named(thread, changed, rulebook)}),)
    noted = _named(thread, told, rulebook)
    return (Say("told.noted", {"facts": noted}),) if noted else ()


def _named(thread: Thread, facts: tuple[FactId, ...], rulebook: Rulebook) -> tuple[Say, ...]:
    return tuple(value_of(thread, fact, rulebook) for fact in facts)


def value_of(thread: Thread, fact: FactId, rulebook: Rulebook) -> Say:
    """What was told, in words where there are words for it, else the name of the fact."""
    value = thread.facts.get(fact)
    if fact == SITUATION and isinstance(value, str):
        return Say(f"situation.{value}")
    if isinstance(value, int) and not isinstance(value, bool):
        named = "fact.age_of_pupil" if fact == AGE and thread.has_pupils_age else f"fact.{fact}"
        return Say("told.number", {"fact": Say(named), "number": value})
    if fact == NATIONALITY and isinstance(value, str) and value != ELSEWHERE:
        return Say("told.nationality", {"country": Country(value)})
    if fact == CITY and isinstance(value, str):
        return Say("told.city", {"town": Town(value)})
    options = question_for(rulebook, fact, thread.facts.forgetting(fact)).options
    said = next((option.say for option in options if option.value == value and value is not None), None)
    return Say(said) if said and not isinstance(value, bool) else Say(f"fact.{fact}")
