"""The rule book as a tax and benefit system of openfisca-core: a variable for each fact and each service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from rules.facts import FactId, Facts, FactValue
from rules.model import ServiceId
from rules.rulebook import Rule, Rulebook
from tests.bench.engines.plain import Every, Literal, Must, Plain, Rows, Some

DECLINED, NO_RULE = -1, -1
PERSON = build_entity(key="person", plural="persons", label="Someone", is_person=True)
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "equals": np.equal,
    "one_of": np.isin,
    "none_of": lambda values, operands: ~np.isin(values, operands),
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}
type Columns = Mapping[FactId, Any]


class FiscaSystem:
    def __init__(self, rulebook: Rulebook, services: Iterable[ServiceId], on: date) -> None:
        self.services = tuple(services)
        self.rules: dict[ServiceId, tuple[Rule, ...]] = {}
        self._codes = _codes(rulebook)
        self._period = on.strftime("%Y-%m")
        self._rows = Rows()
        self._facts = sorted(rulebook.facts)
        self._system = TaxBenefitSystem([PERSON])
        self._add_variables(rulebook, on)

    def _add_variables(self, rulebook: Rulebook, on: date) -> None:
        for fact in self._facts:
            self._system.add_variable(_variable(fact, {}))
        for service in self.services:
            self.rules[service] = tuple(rule for rule in rulebook.services[service].rules if rule.is_in_force(on))
            lines = [(self._rows.plain(rule.when), place) for place, rule in enumerate(self.rules[service])]
            self._system.add_variable(_variable(service, {"formula": self._formula(lines, None)}))
        for number, overlays in enumerate(self._rows.overlays):
            placing = [
                (self._rows.plain(overlay.when), self._codes[FactId("situation")][overlay.row]) for overlay in overlays
            ]
            self._system.add_variable(_variable(f"row_{number}", {"formula": self._formula(placing, "situation")}))

    def _formula(self, lines: Sequence[tuple[Plain, int]], otherwise: str | None) -> Callable[..., Any]:
        conditions = [plain for plain, _ in lines]
        choices = [choice for _, choice in lines]

        def formula(person: Any, period: Any) -> Any:
            known: dict[Literal, Any] = {}
            found = [self._holds(plain, person, period, known) for plain in conditions]
            return np.select(found, choices, NO_RULE if otherwise is None else person(otherwise, period))

        return formula

    def _holds(self, plain: Plain, person: Any, period: Any, known: dict[Literal, Any]) -> Any:
        match plain:
            case Literal():
                if plain not in known:
                    known[plain] = self._literal(plain, person(plain.test.fact, period))
                return known[plain]
            case Every(parts):
                return np.logical_and.reduce([self._holds(part, person, period, known) for part in parts])
            case Some(parts):
                return np.logical_or.reduce([self._holds(part, person, period, known) for part in parts])

    def _literal(self, literal: Literal, values: Any) -> Any:
        test, must = literal.test, literal.must
        codes = self._codes[FactId("situation") if test.fact.startswith("row_") else test.fact]
        operand = [codes[each] for each in test.operand] if isinstance(test.operand, frozenset) else codes[test.operand]
        holds, declined = COMPARE[test.operator](values, operand), values == DECLINED
        if must is Must.HOLD:
            return holds & ~declined
        if must is Must.FAIL:
            return ~holds & ~declined
        return (~holds if must is Must.NOT_HOLD else holds) | declined

    def columns(self, people: Sequence[Facts]) -> Columns:
        """The people as arrays, the form in which the engine takes them."""
        return {
            fact: np.array([self._code(fact, person[fact]) for person in people], dtype=np.int32)
            for fact in self._facts
        }

    def _code(self, fact: FactId, value: FactValue | None) -> int:
        return DECLINED if value is None else self._codes[fact][value]

    def decide_all(self, columns: Columns) -> Mapping[ServiceId, Any]:
        """For each service the place of the rule that speaks, person by person."""
        count = len(next(iter(columns.values())))
        simulation = SimulationBuilder().build_default_simulation(self._system, count=count)
        for fact, values in columns.items():
            simulation.set_input(fact, self._period, values)
        return {service: simulation.calculate(service, self._period) for service in self.services}


class _Numbers(dict[FactValue, int]):
    def __missing__(self, value: FactValue) -> int:
        return int(value)


def _codes(rulebook: Rulebook) -> Mapping[FactId, Mapping[FactValue, int]]:
    """Each text as a number; numbers, true and false are their own."""
    situations = {**dict.fromkeys(rulebook.rows), **dict.fromkeys(rulebook.situations)}
    codes: dict[FactId, Mapping[FactValue, int]] = {}
    for fact, definition in rulebook.facts.items():
        texts = [*situations] if fact == "situation" else sorted(definition.values) or ["city_rabat"]
        numbers = definition.maximum is not None or not (definition.values or definition.pattern)
        codes[fact] = _Numbers() if numbers else {text: place for place, text in enumerate(texts)}
    return codes


def _variable(name: str, members: Mapping[str, Any]) -> type[Variable]:
    described = {"value_type": int, "entity": PERSON, "definition_period": DateUnit.MONTH, "default_value": DECLINED}
    return type(name, (Variable,), {**described, "label": name, **members})
