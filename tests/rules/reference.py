"""The rules read the slow and obvious way, for the compiled form to be held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from rules.conditions import OPERATORS, AllOf, AnyOf, Condition, InRow, Not, Test, Unanswered, Unless
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.model import ServiceId, Status
from rules.rulebook import Rule, Rulebook, ServiceRules

type Told = Mapping[FactId, FactValue | None]
NO_PAPER_SAID = "status_unknown"


def truth(condition: Condition, facts: Told) -> bool | None:
    """True, false, or None where it depends on something declined. Every fact is answered or declined."""
    match condition:
        case Test(fact, operator, operand):
            value = facts.get(fact)
            return None if value is None else OPERATORS[operator](value, operand)
        case AllOf(parts):
            return _all([truth(part, facts) for part in parts])
        case AnyOf(parts):
            return _not(_all([_not(truth(part, facts)) for part in parts]))
        case Not(part):
            return _not(truth(part, facts))
        case Unless(part) | Unanswered(part):
            known = truth(part, facts)
            return known is not True if isinstance(condition, Unless) else known is None
    return _in_row(condition, facts)


def _in_row(condition: Condition, facts: Told) -> bool | None:
    assert isinstance(condition, InRow)
    overlaid = (overlay.row for overlay in condition.overlays if truth(overlay.when, facts) is True)
    row = next(overlaid, facts.get(SITUATION))
    return None if row is None else row in condition.rows


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def _all(known: list[bool | None]) -> bool | None:
    if False in known:
        return False
    return None if None in known else True


def first_true(service: ServiceRules, facts: Told, on: date) -> Rule | None:
    rules = (rule for rule in service.rules if rule.is_in_force(on))
    return next((rule for rule in rules if truth(rule.when, facts) is True), None)


def as_understood(rulebook: Rulebook, service: ServiceId, facts: Facts) -> dict[FactId, FactValue | None]:
    """What a service looks at, and what counts as declined because nobody asks it there."""
    rules = rulebook.services[service]
    known = dict(facts.about(*rules.reads))
    for fact, definition in rulebook.facts.items():
        if definition.volunteered and fact not in rules.asks:
            known.setdefault(fact, None)
    for fact, condition in rulebook.unasked_when.items():
        if fact not in known and condition.reads() <= known.keys() and truth(condition, known):
            known[fact] = None
    if SITUATION in known and known[SITUATION] is None:
        known[SITUATION] = NO_PAPER_SAID
    return known


@dataclass(frozen=True)
class Way:
    """One way in which all that is open may turn out, and what is then said."""

    found: Told
    status: Status


def ways(rulebook: Rulebook, service: ServiceId, known: Told, on: date) -> Iterator[Way]:
    """Every way that does not contradict itself."""
    rules = rulebook.services[service]
    values = open_values(rulebook, service, known)
    clashes = {clash for fact in values for clash in rulebook.clashes[fact]}
    for answers in product(*values.values()):
        found = dict(zip(values, answers, strict=True))
        facts = {**dict.fromkeys(rulebook.facts), **known, **found}
        if not any(truth(clash, facts) for clash in clashes):
            rule = first_true(rules, facts, on)
            yield Way(found, rule.status if rule else Status.UNCERTAIN)


def open_values(rulebook: Rulebook, service: ServiceId, known: Told) -> Mapping[FactId, tuple[FactValue | None, ...]]:
    """For each fact that is not known, every answer its rules may tell from another."""
    rules = rulebook.services[service]
    return {fact: rules.values[fact] for fact in rulebook.facts if fact in rules.values and fact not in known}
