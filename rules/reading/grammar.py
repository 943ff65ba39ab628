"""From the conditions as written in YAML to conditions the engine can evaluate.

A mapping is an `all`: facts against a value, a list of values or an operator, and the words all, any, not,
unless. `row` is the person's row after the overlays, `situation` what they said themselves; both take groups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.conditions import (
    NUMERIC,
    OPERATORS,
    AllOf,
    AnyOf,
    Condition,
    InRow,
    Not,
    Overlay,
    Test,
    Unless,
)
from rules.errors import suggestion
from rules.facts import SITUATION, FactId
from rules.rulebook import FactDefinition, FactType

JOINS: Mapping[str, type[AllOf | AnyOf]] = {"all": AllOf, "any": AnyOf}
TURNS: Mapping[str, type[Not | Unless]] = {"not": Not, "unless": Unless}


class BadCondition(Exception):
    """The reason and the remedy, in words for the author of the rule; `named` is the word at fault."""

    def __init__(self, reason: str, *, remedy: str, named: object = "") -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.named = str(named)


@dataclass(frozen=True)
class Grammar:
    """What conditions may speak of."""

    facts: Mapping[FactId, FactDefinition]
    rows: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    overlays: tuple[Overlay, ...] = ()

    def read(self, written: object) -> Condition:
        if not isinstance(written, dict):
            reason = f"a condition is a mapping, not {written!r}"
            raise BadCondition(reason, remedy="write it as {fact: value}", named=written)
        parts = tuple(self._part(key, value) for key, value in written.items())
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _part(self, key: str, value: object) -> Condition:
        if key in JOINS:
            if not isinstance(value, list) or not value:
                remedy = "write it as a list: [{fact: value}, {fact: value}]"
                raise BadCondition(f"{key} needs a list of conditions", remedy=remedy, named=key)
            return JOINS[key](tuple(self.read(each) for each in value))
        if key in TURNS:
            return TURNS[key](self.read(value))
        if key == "row":
            return InRow(self._rows(value), self.overlays)
        return self._test(FactId(key), value)

    def _rows(self, value: object) -> frozenset[str]:
        found: set[str] = set()
        for name in value if isinstance(value, list) else [value]:
            if not isinstance(name, str) or name not in self.groups.keys() | self.rows:
                remedy = suggestion(name, self.groups.keys() | self.rows, "see groups: in situations.yaml")
                raise BadCondition(f"unknown situation or group {name!r}", remedy=remedy, named=name)
            found |= self.groups.get(name, {name})
        return frozenset(found)

    def _test(self, fact: FactId, value: object) -> Condition:
        if fact not in self.facts:
            remedy = suggestion(fact, {*self.facts, *JOINS, *TURNS, "row"}, "add it to facts.yaml")
            raise BadCondition(f"unknown fact {fact!r}", remedy=remedy, named=fact)
        if fact == SITUATION and not isinstance(value, dict):
            return Test(fact, "one_of", frozenset(self._rows(value)))
        if not isinstance(value, dict):
            value = {"one_of": value} if isinstance(value, list) else {"equals": value}
        parts = tuple(self._compare(fact, operator, operand) for operator, operand in value.items())
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _compare(self, fact: FactId, operator: str, operand: Any) -> Condition:
        definition = self.facts[fact]
        if operator not in OPERATORS:
            reason = f"unknown operator {operator!r} on {fact}"
            raise BadCondition(reason, remedy=suggestion(operator, OPERATORS), named=operator)
        if operator in NUMERIC and definition.type is not FactType.INTEGER:
            reason = f"{operator} compares numbers, and {fact} is none"
            raise BadCondition(reason, remedy="use equals, one_of or none_of", named=operator)
        operands = operand if operator in {"one_of", "none_of"} else [operand]
        if not isinstance(operands, Sequence) or isinstance(operands, str) or not operands:
            reason = f"{operator} on {fact} needs a list"
            raise BadCondition(reason, remedy=f"write it as {operator}: [value, value]", named=operator)
        for each in operands:
            check_value(definition, each)
        return Test(fact, operator, frozenset(operands) if operator in {"one_of", "none_of"} else operand)


def check_value(definition: FactDefinition, value: object) -> None:
    """Raises BadCondition where a rule speaks of a value that nobody can have."""
    fits = {
        FactType.BOOLEAN: isinstance(value, bool),
        FactType.INTEGER: isinstance(value, int)
        and not isinstance(value, bool)
        and (definition.minimum or 0) <= value <= (definition.maximum or value),
        FactType.CHOICE: isinstance(value, str) and value in definition.values,
        FactType.TEXT: isinstance(value, str) and re.fullmatch(definition.pattern, value) is not None,
    }
    if not fits[definition.type]:
        raise BadCondition(
            f"{value!r} is no value of {definition.fact}", remedy=_fitting(definition, value), named=value
        )


def _fitting(definition: FactDefinition, value: object) -> str:
    match definition.type:
        case FactType.BOOLEAN:
            return "true or false"
        case FactType.INTEGER:
            return f"a whole number from {definition.minimum} to {definition.maximum}"
        case FactType.CHOICE:
            return suggestion(value, definition.values)
        case FactType.TEXT:
            return f"a text like {definition.pattern}"
