"""How many questions it takes, against a form and against the best there can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from rules.facts import SITUATION, Facts
from rules.model import ServiceId
from rules.population import Population
from rules.questions.choose import planned
from rules.questions.even import even_population, population_of
from rules.questions.plan import NOTHING, Plan, Worth
from rules.questions.policies import (
    Policy,
    Walk,
    form_of,
    form_until_settled,
    form_where_it_matters,
    most_verdicts_first,
    ours,
    ours_with_safety,
    whole_form,
)
from rules.questions.verdicts import programs_of
from rules.rulebook import Rulebook

CORE = ("ofppt_training", "entraide_training", "anapec_job_search", "auto_entrepreneur")
TOO_MANY = 200_000
"""Ways to fill in a form beyond which the optimum without an order is only bounded."""
POLICIES: Mapping[str, Policy] = {
    "whole form": whole_form,
    "form until settled": form_until_settled,
    "form where it matters": form_where_it_matters,
    "most verdicts first": most_verdicts_first,
    "ours": ours,
    "ours and safety": ours_with_safety,
}


@dataclass(frozen=True)
class Line:
    """What one need takes in one population. `least`: no order of the questions can do better; `best` reaches it
    where `is_optimum`, else it is the best order that begins with the paper."""

    need: str
    population: str
    by_policy: Mapping[str, Worth]
    best: Worth
    least: Worth

    @property
    def is_optimum(self) -> bool:
        return self.best == self.least


POPULATIONS: Mapping[str, Callable[[Rulebook], Population]] = {"even": even_population, "realistic": population_of}


def compared(rulebook: Rulebook, on: date) -> Iterator[Line]:
    for need, services in needs(rulebook).items():
        for population in POPULATIONS:
            yield line_of(rulebook, need, services, population, on)


def line_of(rulebook: Rulebook, need: str, services: Sequence[ServiceId], population: str, on: date) -> Line:
    plan = planned(rulebook, programs_of(rulebook, services, on), POPULATIONS[population](rulebook))
    worth = {policy: Walk(plan, asks).average(Facts()) for policy, asks in POLICIES.items()}
    return Line(need, population, worth, *_optimum(plan))


def needs(rulebook: Rulebook) -> Mapping[str, tuple[ServiceId, ...]]:
    """The services of each need that has any, and the four of the core together."""
    found = {"four core services": tuple(ServiceId(name) for name in CORE if name in rulebook.services)}
    for need, doors in rulebook.needs.items():
        services = tuple(ServiceId(door) for door in doors if door in rulebook.services)
        if services:
            found[need] = services
    return found


def _optimum(plan: Plan) -> tuple[Worth, Worth]:
    free = Plan(plan.verdicts, plan.crowd, staged=False, space=None)
    if forms(plan) <= TOO_MANY:
        best = free.worth(Facts())
        return best, best
    return _paper_first(free, Facts()), _paper_for_nothing(free, Facts())


def _paper_first(plan: Plan, facts: Facts) -> Worth:
    """The optimum among orders that begin with the paper, as long as it matters."""
    left = plan.verdicts.open(range(len(plan.verdicts.programs)), facts)
    if SITUATION not in plan.candidates(left):
        return plan.worth(facts)
    return _through_answers(plan, facts, plan.price(SITUATION), _paper_first)


def _paper_for_nothing(plan: Plan, facts: Facts) -> Worth:
    """No order does better than those who are told the paper and pay nothing for it."""
    if plan.crowd.paper(facts) is not None:
        return plan.worth(facts)
    return _through_answers(plan, facts, NOTHING, _paper_for_nothing)


def _through_answers(plan: Plan, facts: Facts, worth: Worth, then: Callable[[Plan, Facts], Worth]) -> Worth:
    for answer, part in plan.crowd.odds(SITUATION, facts):
        worth += then(plan, plan.told(facts, SITUATION, answer)).times(part)
    return worth


def forms(plan: Plan) -> int:
    """In how many ways the form can be filled in, blanks included."""
    return prod(plan.crowd.kinds(fact) + 1 for fact in form_of(plan))
