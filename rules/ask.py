"""The next question: the one whose answer can still change an open decision, the least sensitive first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rules.evaluate import evaluate_all
from rules.facts import SITUATION, FactId, Facts
from rules.model import Option, Question, ServiceId
from rules.papers import FIRST_CARD, can_narrow, rows_of
from rules.rulebook import Rulebook, Wording


def next_question(
    rulebook: Rulebook,
    services: Sequence[ServiceId],
    facts: Facts,
    *,
    on: date,
    pointed: frozenset[FactId] = frozenset(),
) -> Question | None:
    """None when nothing more the person could say would settle anything.

    `pointed` are sensitive facts that something the person said points to.
    """
    decisions = evaluate_all(rulebook, services, facts, on=on)
    moves = Counter(fact for decision in decisions for fact in decision.missing)
    moves.update(_doors(rulebook, services, facts, pointed))
    if not moves:
        return None
    urgent = {fact for fact in pointed if rulebook.facts[fact].volunteered}
    fact = min(moves, key=lambda each: (each not in urgent, *_rank(rulebook, each, moves[each])))
    return question_for(rulebook, fact, facts)


def _rank(rulebook: Rulebook, fact: FactId, moves: int) -> tuple[int, int, int, int]:
    definition = rulebook.facts[fact]
    return definition.stage, -moves, definition.sensitivity, rulebook.order[fact]


def _doors(
    rulebook: Rulebook, services: Sequence[ServiceId], facts: Facts, pointed: frozenset[FactId]
) -> tuple[FactId, ...]:
    """Safety facts unasked so far, where their own door is open and the situation or a word points to them."""
    own = {fact for service in services for fact in rulebook.services[service].door_of}
    said = facts.get(SITUATION)
    screened = isinstance(said, str) and rulebook.situations[said].screened
    due = (own if screened else set[FactId]()) | pointed
    return tuple(fact for fact in due if facts.is_unknown(fact) and rulebook.facts[fact].volunteered)


def question_for(rulebook: Rulebook, fact: FactId, facts: Facts) -> Question:
    """The words for one fact, given what is known: a kind of paper is narrowed, not asked again."""
    definition = rulebook.facts[fact]
    wording = _wording(rulebook, fact, facts)
    return Question(
        fact=fact,
        say=wording.say,
        why=wording.why,
        options=_still_possible(rulebook, wording, facts) if fact == SITUATION else wording.options,
        sensitivity=definition.sensitivity,
    )


def _wording(rulebook: Rulebook, fact: FactId, facts: Facts) -> Wording:
    definition = rulebook.facts[fact]
    known = facts.get(fact)
    if not isinstance(known, str) or (fact == SITUATION and not can_narrow(rulebook, facts)):
        return definition.question
    from_campaign = f"{known}_from_campaign" if facts.get(FIRST_CARD) is True else known
    return definition.variants.get(from_campaign, definition.variants.get(known, definition.question))


def _still_possible(rulebook: Rulebook, wording: Wording, facts: Facts) -> tuple[Option, ...]:
    """Options of a kind of paper without the rows that are ruled out already."""
    if not can_narrow(rulebook, facts):
        return wording.options
    ruled_out = set(rows_of(rulebook, facts.forgetting(FIRST_CARD))) - set(rows_of(rulebook, facts))
    return tuple(option for option in wording.options if option.value not in ruled_out)
