"""The paper a person holds, as the rows of the rule table it may be."""

from __future__ import annotations

from rules.conditions import Known
from rules.facts import SITUATION, FactId, Facts
from rules.rulebook import Rulebook

NOT_SAID = "status_unknown"
FIRST_CARD = FactId("first_card_from_regularisation")
CITY = FactId("city")
REGULARISED = "regularised_card"


def rows_of(rulebook: Rulebook, facts: Known) -> tuple[str, ...]:
    """For a kind of paper, the rows it may still be; none for a precise row or an unknown situation."""
    said = facts.get(SITUATION)
    rows = rulebook.situations[said].rows if isinstance(said, str) else ()
    campaign = facts.get(FIRST_CARD) if rows else None
    if campaign is None or not any(row.startswith(REGULARISED) for row in rows):
        return rows
    return tuple(row for row in rows if row.startswith(REGULARISED) == campaign)


def can_narrow(rulebook: Rulebook, facts: Facts) -> bool:
    """A kind of paper that the person has not yet said they cannot tell more about."""
    if not rows_of(rulebook, facts) or facts.is_declined(FIRST_CARD):
        return False
    return facts.is_unknown(FIRST_CARD) or not _declined_the_rest(rulebook, facts)


def _declined_the_rest(rulebook: Rulebook, facts: Facts) -> bool:
    """Nothing more is to be learned: all that could still be asked was declined."""
    rest = (fact for fact in rulebook.facts.values() if fact.fact not in {SITUATION, FIRST_CARD, CITY})
    return all(facts.is_declined(fact.fact) or (fact.volunteered and facts.is_unknown(fact.fact)) for fact in rest)


def decline(rulebook: Rulebook, facts: Facts, fact: FactId) -> Facts:
    """What is known after the person declined this fact. A kind of paper already said is kept, not narrowed."""
    if fact == SITUATION and rows_of(rulebook, facts):
        return facts.learning(**{FIRST_CARD: None})
    return facts.learning(**{fact: None})
