"""The question to ask now, and the reasons for it as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.compiled.program import Program
from rules.facts import SITUATION, FactId, Facts
from rules.model import ServiceId
from rules.population import Population
from rules.questions.crowd import Crowd
from rules.questions.even import population_of
from rules.questions.plan import Open, Plan
from rules.questions.verdicts import Verdicts, programs_of
from rules.rulebook import Rulebook

PLANS = 64
"""Sets of services whose plan is kept."""


@dataclass(frozen=True)
class Choice:
    """Why this question: the verdicts it can move, and how many questions are left when it is asked next.

    `services` is empty for a question of safety that no verdict waits for. `exact`: every order was tried.
    """

    fact: FactId
    services: tuple[ServiceId, ...]
    expected_left: float
    expected_cost: float
    runner_up: FactId | None = None
    runner_up_left: float | None = None
    exact: bool = True


@lru_cache(maxsize=PLANS)
def planned(rulebook: Rulebook, programs: tuple[Program, ...], population: Population) -> Plan:
    return Plan(Verdicts(rulebook, programs), Crowd(rulebook, population, programs))


def plan_for(rulebook: Rulebook, services: Sequence[ServiceId], on: date) -> Plan:
    return planned(rulebook, programs_of(rulebook, services, on), population_of(rulebook))


def choose_fact(plan: Plan, facts: Facts, pointed: frozenset[FactId] = frozenset()) -> FactId | None:
    """What is pointed at first, then by stage what an open verdict waits for or a door of safety asks."""
    safety = safety_due(plan, facts, pointed)
    urgent = [fact for fact in safety if fact in pointed]
    if urgent:
        return urgent[0]
    left = plan.verdicts.open(range(len(plan.verdicts.programs)), facts)
    candidates = plan.candidates(left)
    stages = {fact: plan.verdicts.rulebook.facts[fact].stage for fact in (*candidates, *safety)}
    if safety and (not candidates or stages[safety[0]] < stages[candidates[0]]):
        return safety[0]
    if not candidates[1:]:
        return candidates[0] if candidates else None
    return plan.best(left, facts)[0][0]


def safety_due(plan: Plan, facts: Facts, pointed: frozenset[FactId]) -> tuple[FactId, ...]:
    """Safety facts unasked so far, where their own door is open and the situation or a word points to them."""
    book = plan.verdicts.rulebook
    own = {fact for program in plan.verdicts.programs for fact in program.service.door_of}
    said = facts.get(SITUATION)
    screened = isinstance(said, str) and book.situations[said].screened
    due = (own if screened else set[FactId]()) | pointed
    asked = (fact for fact in due if facts.is_unknown(fact) and book.facts[fact].volunteered)
    return tuple(sorted(asked, key=lambda fact: _by_safety(book, fact)))


def _by_safety(book: Rulebook, fact: FactId) -> tuple[int, int, int]:
    definition = book.facts[fact]
    return definition.stage, definition.sensitivity, book.order[fact]


def explain_choice(plan: Plan, facts: Facts, pointed: frozenset[FactId] = frozenset()) -> Choice | None:
    fact = choose_fact(plan, facts, pointed)
    if fact is None:
        return None
    left = plan.verdicts.open(range(len(plan.verdicts.programs)), facts)
    ranked = dict(plan.best(left, facts))
    worth = ranked.pop(fact, None) or plan.price(fact) + plan.worth(facts)
    second = next(iter(ranked), None)
    return Choice(
        fact=fact,
        services=_moved(plan, left, fact),
        expected_left=worth.questions,
        expected_cost=worth.cost,
        runner_up=second,
        runner_up_left=ranked[second].questions if second else None,
        exact=worth.exact,
    )


def _moved(plan: Plan, left: Open, fact: FactId) -> tuple[ServiceId, ...]:
    programs = plan.verdicts.programs
    return tuple(programs[place].service.service for place, reach in left.items() if fact in reach.moving)
