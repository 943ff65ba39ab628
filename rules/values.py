"""For one service: which values of a fact its rules can tell apart, one of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.conditions import FALSE, UNKNOWN, Condition, Outcome, Test
from rules.facts import SITUATION, FactId, FactValue
from rules.rulebook import FactDefinition, FactType

type Values = tuple[FactValue | None, ...]
ELSEWHERE = "\0"
"""A text that no rule names."""


def telling_values(
    conditions: Iterable[Condition],
    contradictions: Iterable[Condition],
    facts: Mapping[FactId, FactDefinition],
    rows: tuple[str, ...],
) -> Mapping[FactId, Values]:
    """One value per group that no condition can tell apart, None (declined) among them where it differs."""
    read = [test for condition in conditions for test in condition.tests()]
    clashing = [test for condition in contradictions for test in condition.tests()]
    found: dict[FactId, Values] = {}
    for fact in {test.fact for test, _ in read}:
        tests = [(test, under_not) for test, under_not in (*read, *clashing) if test.fact == fact]
        values: Iterable[FactValue | None] = rows if fact == SITUATION else (None, *_candidates(facts[fact], tests))
        found[fact] = _one_of_each(values, tests)
    return found


def _candidates(definition: FactDefinition, tests: list[tuple[Test, bool]]) -> tuple[FactValue, ...]:
    match definition.type:
        case FactType.BOOLEAN:
            return (True, False)
        case FactType.CHOICE:
            return tuple(sorted(definition.values))
        case FactType.TEXT:
            return (*sorted({str(value) for test, _ in tests for value in _operands(test)}), ELSEWHERE)
        case FactType.INTEGER:
            return _around(definition, [value for test, _ in tests for value in _operands(test)])


def _around(definition: FactDefinition, named: list[FactValue]) -> tuple[int, ...]:
    low, high = definition.minimum or 0, definition.maximum or 0
    near = {int(value) + step for value in named for step in (-1, 0, 1)}
    return tuple(sorted({value for value in near | {low, high} if low <= value <= high}))


def _operands(test: Test) -> tuple[FactValue, ...]:
    if isinstance(test.operand, frozenset):
        return tuple(test.operand)
    return (test.operand,)


def _one_of_each(values: Iterable[FactValue | None], tests: list[tuple[Test, bool]]) -> Values:
    kinds: dict[tuple[Outcome, ...], FactValue | None] = {}
    for value in values:
        kinds.setdefault(tuple(_seen_by(test, value, under_not=under) for test, under in tests), value)
    return tuple(kinds.values())


def _seen_by(test: Test, value: FactValue | None, *, under_not: bool) -> Outcome:
    """Only under a `not` does unknown differ from false: a rule speaks when it is true, and only then."""
    outcome = UNKNOWN if value is None else test.of(value)
    return FALSE if outcome == UNKNOWN and not under_not else outcome
