"""For one service: which values of a fact its rules can tell apart, one of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.conditions import FALSE, UNKNOWN, Condition, Outcome, Test
from rules.facts import SITUATION, FactId, FactValue
from rules.rulebook import FactDefinition, FactType

type Values = tuple[FactValue | None, ...]
type Tests = tuple[tuple[Test, bool], ...]
"""Each with whether it stands under a `not`."""
ELSEWHERE = "\0"
"""A text that no rule names."""


@dataclass(frozen=True)
class Kinds:
    """The values of one fact, one of each kind; `tests` are what tells them apart."""

    fact: FactId
    values: Values
    tests: Tests

    def representative(self, value: FactValue | None) -> FactValue | None:
        """The value that stands for this one."""
        seen = _seen_by(self.tests, value)
        return next(each for each in self.values if _seen_by(self.tests, each) == seen)


def kinds_of(
    conditions: Iterable[Condition],
    contradictions: Iterable[Condition],
    facts: Mapping[FactId, FactDefinition],
    rows: tuple[str, ...],
) -> Mapping[FactId, Kinds]:
    """For each fact that a condition reads, its values as these conditions and the contradictions see them."""
    read = [test for condition in conditions for test in condition.tests()]
    clashing = [test for condition in contradictions for test in condition.tests()]
    found: dict[FactId, Kinds] = {}
    for fact in {test.fact for test, _ in read}:
        tests = tuple(dict.fromkeys((test, under) for test, under in (*read, *clashing) if test.fact == fact))
        values: Iterable[FactValue | None] = rows if fact == SITUATION else (None, *_candidates(facts[fact], tests))
        found[fact] = Kinds(fact, _one_of_each(values, tests), tests)
    return found


def telling_values(
    conditions: Iterable[Condition],
    contradictions: Iterable[Condition],
    facts: Mapping[FactId, FactDefinition],
    rows: tuple[str, ...],
) -> Mapping[FactId, Values]:
    """One value per group that no condition can tell apart, None (declined) among them where it differs."""
    return {fact: kinds.values for fact, kinds in kinds_of(conditions, contradictions, facts, rows).items()}


def _candidates(definition: FactDefinition, tests: Tests) -> tuple[FactValue, ...]:
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


def _one_of_each(values: Iterable[FactValue | None], tests: Tests) -> Values:
    kinds: dict[tuple[Outcome, ...], FactValue | None] = {}
    for value in values:
        kinds.setdefault(_seen_by(tests, value), value)
    return tuple(kinds.values())


def _seen_by(tests: Tests, value: FactValue | None) -> tuple[Outcome, ...]:
    """Only under a `not` does unknown differ from false: a rule speaks when it is true, and only then."""
    outcomes = ((UNKNOWN if value is None else test.of(value), under_not) for test, under_not in tests)
    return tuple(FALSE if outcome == UNKNOWN and not under_not else outcome for outcome, under_not in outcomes)
