"""The words of a question, given what is known."""

from __future__ import annotations

from rules.facts import SITUATION, FactId, Facts
from rules.model import Option, Question
from rules.papers import FIRST_CARD, can_narrow, rows_of
from rules.rulebook import Rulebook, Wording


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
