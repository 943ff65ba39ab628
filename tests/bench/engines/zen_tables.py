"""The rule book as decision tables of zen-engine: one graph, a table for each service, the first hit speaks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import zen

from rules.facts import SITUATION, Facts
from rules.model import ServiceId
from rules.rulebook import Rule, Rulebook, ServiceRules
from tests.bench.engines.plain import Literal, Must, Rows, ways

OPERATORS = {
    "equals": "==",
    "one_of": "in",
    "none_of": "not in",
    "at_least": ">=",
    "above": ">",
    "at_most": "<=",
    "below": "<",
}
OPPOSITE = {
    "equals": "!=",
    "one_of": "not in",
    "none_of": "in",
    "at_least": "<",
    "above": "<=",
    "at_most": ">",
    "below": ">=",
}
type Node = dict[str, Any]
type Outputs = Mapping[str, str]
"""What a row of a table gives: a column of the result and the expression for it."""
NOWHERE = {"position": {"x": 0, "y": 0}}
KEY = "book"


class ZenTables:
    def __init__(self, rulebook: Rulebook, services: Iterable[ServiceId], on: date) -> None:
        content = zen.ZenDecisionContent(json.dumps(graph(rulebook, services, on)))
        self._engine = zen.ZenEngine({"loader": {KEY: content}.__getitem__})

    def decide(self, person: Mapping[str, object]) -> Mapping[str, Mapping[str, Any]]:
        return self._engine.evaluate(KEY, person)["result"]

    def decide_all(self, people: Iterable[Mapping[str, object]]) -> list[Mapping[str, Mapping[str, Any]]]:
        answers = self._engine.evaluate_batch([{"key": KEY, "context": person} for person in people])
        return [answer["data"]["result"] for answer in answers]


def as_context(person: Facts) -> dict[str, object]:
    return {str(fact): value for fact, value in person.items()}


def graph(rulebook: Rulebook, services: Iterable[ServiceId], on: date) -> dict[str, list[Node]]:
    rows = Rows()
    tables = [_service(rulebook.services[service], rows, on) for service in services]
    placing = [_placing(rows, number) for number in range(len(rows.overlays))]
    edges = [("in", node["id"]) for node in (*placing, *tables)] + [(table["id"], "out") for table in tables]
    edges += [(place["id"], table["id"]) for place in placing for table in tables if place["id"] in _columns(table)]
    ends = [{"id": "in", "name": "in", "type": "inputNode", **NOWHERE}]
    ends += [{"id": "out", "name": "out", "type": "outputNode", **NOWHERE}]
    return {
        "nodes": [*ends, *placing, *tables],
        "edges": [{"id": f"{start}-{end}", "type": "edge", "sourceId": start, "targetId": end} for start, end in edges],
    }


def _service(service: ServiceRules, rows: Rows, on: date) -> Node:
    lines = [
        (way, _spoken(service.service, rule))
        for rule in service.rules
        if rule.is_in_force(on)
        for way in ways(rows.plain(rule.when))
    ]
    return _table(service.service, lines)


def _spoken(service: ServiceId, rule: Rule) -> Outputs:
    said = {
        "status": rule.status.value,
        "rule": rule.id,
        "reason": rule.reason,
        "citations": [citation.fact for citation in rule.citations],
    }
    return {f"{service}.{name}": json.dumps(value) for name, value in said.items()}


def _placing(rows: Rows, number: int) -> Node:
    name = f"row_{number}"
    lines = [
        (way, {name: json.dumps(overlay.row)})
        for overlay in rows.overlays[number]
        for way in ways(rows.plain(overlay.when))
    ]
    return _table(name, [*lines, ((), {name: str(SITUATION)})])


def _table(name: str, lines: list[tuple[tuple[Literal, ...], Outputs]]) -> Node:
    read = sorted({literal.test.fact for way, _ in lines for literal in way})
    given = list(lines[0][1])
    return {
        "id": name,
        "name": name,
        "type": "decisionTableNode",
        **NOWHERE,
        "content": {
            "hitPolicy": "first",
            "inputs": [{"id": fact, "name": fact, "field": fact} for fact in read],
            "outputs": [{"id": column, "name": column, "field": column} for column in given],
            "rules": [
                {"_id": f"{name}.{place}", **_cells(way), **outputs} for place, (way, outputs) in enumerate(lines)
            ],
        },
    }


def _columns(table: Node) -> set[str]:
    return {column["field"] for column in table["content"]["inputs"]}


def _cells(way: tuple[Literal, ...]) -> dict[str, str]:
    """What each column must say. A cell may not begin with a bracket."""
    cells: dict[str, list[str]] = {}
    for literal in way:
        cells.setdefault(literal.test.fact, []).append(_cell(literal))
    return {
        fact: " and ".join(sorted(parts)) if len(parts) > 1 else parts[0].strip("()") for fact, parts in cells.items()
    }


def _cell(literal: Literal) -> str:
    test, must = literal.test, literal.must
    operand = sorted(test.operand, key=str) if isinstance(test.operand, frozenset) else test.operand
    operator = (OPERATORS if must in {Must.HOLD, Must.NOT_FAIL} else OPPOSITE)[test.operator]
    compared = f"$ {operator} {json.dumps(operand)}"
    if must in {Must.HOLD, Must.FAIL}:
        return compared if operator in {"==", "in"} else f"$ != null and {compared}"
    return f"($ == null or {compared})"
