"""The next question: the one that leaves least to be asked until every open verdict is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rules.facts import FactId, Facts
from rules.model import Question, ServiceId
from rules.questions.choose import Choice, choose_fact, explain_choice, plan_for
from rules.questions.wording import question_for
from rules.rulebook import Rulebook

__all__ = ["Choice", "next_question", "question_for", "why_next"]


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
    fact = choose_fact(plan_for(rulebook, services, on), facts, pointed)
    return question_for(rulebook, fact, facts) if fact else None


def why_next(
    rulebook: Rulebook,
    services: Sequence[ServiceId],
    facts: Facts,
    *,
    on: date,
    pointed: frozenset[FactId] = frozenset(),
) -> Choice | None:
    """Why `next_question` asks what it asks."""
    return explain_choice(plan_for(rulebook, services, on), facts, pointed)
