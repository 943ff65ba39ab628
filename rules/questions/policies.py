"""Ways to go through the questions, to be compared, and what each costs on average."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rules.conditions import holds
from rules.facts import SITUATION, FactId, Facts
from rules.papers import can_narrow
from rules.questions.choose import choose_fact, safety_due
from rules.questions.plan import NOTHING, Open, Plan, Worth

type Policy = Callable[[Plan, Open, Facts], FactId | None]
"""What to ask someone who told this, while these verdicts are open; None to stop."""


def ours(plan: Plan, left: Open, facts: Facts) -> FactId | None:
    """What a person is asked until all is settled, questions of safety left out."""
    return choose_fact(plan, facts) if left else None


def ours_with_safety(plan: Plan, _: Open, facts: Facts) -> FactId | None:
    return choose_fact(plan, facts)


def whole_form(plan: Plan, _: Open, facts: Facts) -> FactId | None:
    """Every question that these services read, in the order of the book, skipping what is known or nobody is asked."""
    return next((fact for fact in form_of(plan) if _is_due(plan, fact, facts)), None)


def form_until_settled(plan: Plan, left: Open, facts: Facts) -> FactId | None:
    return whole_form(plan, left, facts) if left else None


def form_where_it_matters(plan: Plan, left: Open, _: Facts) -> FactId | None:
    """The first of the form that can still move a verdict."""
    moving = {fact for reach in left.values() for fact in reach.moving}
    return next((fact for fact in form_of(plan) if fact in moving), None)


def most_verdicts_first(plan: Plan, left: Open, _: Facts) -> FactId | None:
    """By stage, then what the most open verdicts wait for: a rule of thumb."""
    facts = plan.verdicts.rulebook.facts
    waiting = [fact for reach in left.values() for fact in reach.moving]
    order = plan.verdicts.rulebook.order
    candidates = sorted(
        set(waiting),
        key=lambda fact: (facts[fact].stage, -waiting.count(fact), facts[fact].sensitivity, order[fact]),
    )
    return candidates[0] if candidates else None


def form_of(plan: Plan) -> tuple[FactId, ...]:
    facts = plan.verdicts.rulebook.facts
    services = [program.service for program in plan.verdicts.programs]
    read = {
        fact for service in services for fact in service.deciding if not facts[fact].volunteered or fact in service.asks
    }
    return tuple(fact for fact in facts if fact in read)


def _is_due(plan: Plan, fact: FactId, facts: Facts) -> bool:
    book = plan.verdicts.rulebook
    if fact == SITUATION and can_narrow(book, facts):
        return True
    unasked = book.unasked_when.get(fact)
    return facts.is_unknown(fact) and not (unasked and holds(unasked, facts))


@dataclass(frozen=True, eq=False)
class Walk:
    """Everybody of the plan's population, asked by one policy."""

    plan: Plan
    policy: Policy
    _seen: dict[tuple[object, ...], Worth] = field(default_factory=dict)

    def average(self, facts: Facts) -> Worth:
        plan = self.plan
        left = plan.verdicts.open(range(len(plan.verdicts.programs)), facts)
        name = (
            plan.position(left, facts),
            frozenset(facts),
            facts.get(SITUATION),
            safety_due(plan, facts, frozenset()),
        )
        if name not in self._seen:
            self._seen[name] = self._asked(self.policy(plan, left, facts), facts)
        return self._seen[name]

    def _asked(self, fact: FactId | None, facts: Facts) -> Worth:
        if fact is None:
            return NOTHING
        worth = self.plan.price(fact)
        for answer, part in self.plan.crowd.odds(fact, facts):
            worth += self.average(self.plan.told(facts, fact, answer)).times(part)
        return worth
