"""The rule book made many times larger, so that what a decision costs can be held against the size of the book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.conditions import AllOf, AnyOf, Condition, InRow, Not, Overlay, Test, Unless
from rules.facts import SITUATION, FactValue
from rules.model import RuleId, ServiceId
from rules.rulebook import Rule, Rulebook, ServiceRules


def more_services(rulebook: Rulebook, times: int) -> Rulebook:
    """Every service again and again under other names."""
    services = dict(rulebook.services)
    for name, service in rulebook.services.items():
        for copy in range(1, times):
            clone = ServiceId(f"{name}_{copy}")
            services[clone] = replace(service, service=clone)
    return replace(rulebook, services=services)


def more_rows(rulebook: Rulebook, times: int) -> Rulebook:
    """In every service each rule again and again for rows that are not the person's, before its own."""
    services = {name: _longer(service, times) for name, service in rulebook.services.items()}
    situations = {
        _other(name, copy): replace(situation, id=_other(name, copy))
        for name, situation in rulebook.situations.items()
        for copy in range(times)
    }
    return replace(rulebook, services=services, situations=situations)


def _longer(service: ServiceRules, times: int) -> ServiceRules:
    rows = frozenset(str(row) for row in service.values.get(SITUATION, ()))
    rules = tuple(rule for each in service.rules for rule in (*_copies(each, times, rows), each))
    situations = tuple(_other(row, copy) for row in sorted(rows) for copy in range(times))
    return replace(service, rules=rules, values={**service.values, SITUATION: situations})


def _copies(rule: Rule, times: int, rows: frozenset[str]) -> Iterator[Rule]:
    for copy in range(1, times):
        in_their_rows = Test(SITUATION, "one_of", frozenset(_other(row, copy) for row in rows))
        when = AllOf((in_their_rows, _for_others(rule.when, copy)))
        yield replace(rule, id=RuleId(f"{rule.id}_{copy}"), when=when)


def _for_others(condition: Condition, copy: int) -> Condition:
    match condition:
        case InRow(rows, overlays):
            return InRow(
                frozenset(_other(row, copy) for row in rows), tuple(_overlay(overlay, copy) for overlay in overlays)
            )
        case Test(fact, operator, operand) if fact == SITUATION and isinstance(operand, frozenset):
            return Test(fact, operator, frozenset(_other(value, copy) for value in operand))
        case AllOf(parts) | AnyOf(parts):
            return type(condition)(tuple(_for_others(part, copy) for part in parts))
        case Not(part) | Unless(part):
            return type(condition)(_for_others(part, copy))
    return condition


def _overlay(overlay: Overlay, copy: int) -> Overlay:
    return replace(overlay, when=_for_others(overlay.when, copy), row=_other(overlay.row, copy))


def _other(row: FactValue, copy: int) -> str:
    return f"{row}~{copy}" if copy else str(row)
