"""Facts from outside: each checked against its definition, and all of them against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rules.conditions import holds
from rules.facts import FactId, Facts, FactValue
from rules.rulebook import Contradiction, FactDefinition, FactType, Rulebook


class InvalidFact(Exception):
    """`reason_code`: unknown_fact, wrong_type, unknown_value, out_of_range."""

    def __init__(self, fact: str, reason_code: str) -> None:
        super().__init__(f"{fact}: {reason_code}")
        self.fact = fact
        self.reason_code = reason_code


def admit(rulebook: Rulebook, raw: Mapping[str, object]) -> Facts:
    """The facts of a JSON object; null declines. Raises InvalidFact at the first that cannot be."""
    return Facts({FactId(name): _admitted(rulebook, name, value) for name, value in raw.items()})


def _admitted(rulebook: Rulebook, name: str, value: object) -> FactValue | None:
    definition = rulebook.facts.get(FactId(name))
    if definition is None:
        raise InvalidFact(name, "unknown_fact")
    if value is None:
        return None
    return _fitting(definition, value)


def _fitting(definition: FactDefinition, value: object) -> FactValue:
    if definition.type is FactType.BOOLEAN and isinstance(value, bool):
        return value
    if definition.type is FactType.INTEGER and isinstance(value, int) and not isinstance(value, bool):
        if not (definition.minimum or 0) <= value <= (definition.maximum or value):
            raise InvalidFact(definition.fact, "out_of_range")
        return value
    if definition.type in {FactType.CHOICE, FactType.TEXT} and isinstance(value, str):
        known = value in definition.values if definition.values else re.fullmatch(definition.pattern, value)
        if not known:
            raise InvalidFact(definition.fact, "unknown_value")
        return value
    raise InvalidFact(definition.fact, "wrong_type")


def contradictions(rulebook: Rulebook, facts: Facts) -> tuple[Contradiction, ...]:
    """The answers that cannot all be true; benefit of the doubt is the dialogue's to give."""
    return tuple(clash for clash in rulebook.contradictions if holds(clash.when, facts))
