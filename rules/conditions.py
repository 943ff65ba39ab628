"""Conditions over facts, in three-valued logic: a declined fact makes a condition unknown, never true or false.

A fact that is absent from the facts given is still open: then a condition has several possible outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_
from typing import Protocol

from rules.facts import SITUATION, FactId, FactValue

type Known = Mapping[FactId, FactValue | None]


type Outcome = int
"""What a condition may turn out to be, as a set of these; with every fact answered or declined exactly one.
Plain integers: this is the innermost loop."""
FALSE, UNKNOWN, TRUE = 1, 2, 4
ANY = FALSE | UNKNOWN | TRUE


class Condition(Protocol):
    def given(self, facts: Known) -> Outcome:
        """The outcomes still possible. May be too wide while facts are open, never too narrow."""

    def reads(self) -> frozenset[FactId]:
        """The facts it depends on."""

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        """Its tests, each with whether it stands under a `not`."""


OPERATORS: Mapping[str, Callable[[FactValue, object], bool]] = {
    "equals": lambda value, operand: value == operand and isinstance(value, bool) == isinstance(operand, bool),
    "one_of": lambda value, operand: value in operand,  # type: ignore[operator]  # the loader checked it is a set
    "none_of": lambda value, operand: value not in operand,  # type: ignore[operator]  # as above
    "at_least": lambda value, operand: value >= operand,  # type: ignore[operator]  # the loader checked both are numbers
    "above": lambda value, operand: value > operand,  # type: ignore[operator]  # as above
    "at_most": lambda value, operand: value <= operand,  # type: ignore[operator]  # as above
    "below": lambda value, operand: value < operand,  # type: ignore[operator]  # as above
}
NUMERIC = frozenset({"at_least", "above", "at_most", "below"})


@dataclass(frozen=True)
class Test:
    """One fact against one operand. The loader has checked that they fit."""

    __test__ = False
    fact: FactId
    operator: str
    operand: FactValue | frozenset[FactValue]

    def given(self, facts: Known) -> Outcome:
        if self.fact not in facts:
            return ANY
        value = facts[self.fact]
        return UNKNOWN if value is None else self.of(value)

    def of(self, value: FactValue) -> Outcome:
        return TRUE if OPERATORS[self.operator](value, self.operand) else FALSE

    def reads(self) -> frozenset[FactId]:
        return frozenset({self.fact})

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return ((self, False),)


@dataclass(frozen=True)
class AllOf:
    """True when every part is; true of no parts."""

    parts: tuple[Condition, ...] = ()

    def given(self, facts: Known) -> Outcome:
        outcome = TRUE
        for part in self.parts:
            outcome = both(outcome, part.given(facts))
            if outcome == FALSE:
                break
        return outcome

    def reads(self) -> frozenset[FactId]:
        return frozenset().union(*(part.reads() for part in self.parts))

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return tuple(test for part in self.parts for test in part.tests())


@dataclass(frozen=True)
class AnyOf:
    """True when one part is; false of no parts."""

    parts: tuple[Condition, ...] = ()

    def given(self, facts: Known) -> Outcome:
        outcome = FALSE
        for part in self.parts:
            outcome = either(outcome, part.given(facts))
            if outcome == TRUE:
                break
        return outcome

    def reads(self) -> frozenset[FactId]:
        return frozenset().union(*(part.reads() for part in self.parts))

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return tuple(test for part in self.parts for test in part.tests())


@dataclass(frozen=True)
class Not:
    """Turned around; what is unknown stays unknown."""

    part: Condition

    def given(self, facts: Known) -> Outcome:
        return negated(self.part.given(facts))

    def reads(self) -> frozenset[FactId]:
        return self.part.reads()

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return tuple((test, not under) for test, under in self.part.tests())


@dataclass(frozen=True)
class Unless:
    """True wherever the part is not known to be true: what was declined does not hold."""

    part: Condition

    def given(self, facts: Known) -> Outcome:
        possible = self.part.given(facts)
        outcome = 0
        if possible & TRUE:
            outcome |= FALSE
        if possible & (FALSE | UNKNOWN):
            outcome |= TRUE
        return outcome

    def reads(self) -> frozenset[FactId]:
        return self.part.reads()

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return self.part.tests()


@dataclass(frozen=True)
class Unanswered:
    """True while the part is neither known to hold nor known to fail."""

    part: Condition

    def given(self, facts: Known) -> Outcome:
        possible = self.part.given(facts)
        outcome = 0
        if possible & UNKNOWN:
            outcome |= TRUE
        if possible & (FALSE | TRUE):
            outcome |= FALSE
        return outcome

    def reads(self) -> frozenset[FactId]:
        return self.part.reads()

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        return self.part.tests()


@dataclass(frozen=True)
class Overlay:
    """A fact that puts a person, for some services, in another row of the rule table."""

    id: str
    when: Condition
    row: str


@dataclass(frozen=True)
class InRow:
    """The person's row, after the overlays in their order, is one of these."""

    rows: frozenset[str]
    overlays: tuple[Overlay, ...] = ()

    def given(self, facts: Known) -> Outcome:
        outcome = 0
        for overlay in self.overlays:
            applies = overlay.when.given(facts)
            if applies & TRUE:
                outcome |= self._is(overlay.row)
            if applies == TRUE:
                return outcome
        if SITUATION not in facts:
            return ANY
        situation = facts[SITUATION]
        return outcome | (UNKNOWN if situation is None else self._is(situation))

    def _is(self, row: object) -> Outcome:
        return TRUE if row in self.rows else FALSE

    def reads(self) -> frozenset[FactId]:
        return frozenset({SITUATION}).union(*(overlay.when.reads() for overlay in self.overlays))

    def tests(self) -> tuple[tuple[Test, bool], ...]:
        overlaid = tuple(test for overlay in self.overlays for test in overlay.when.tests())
        return (*overlaid, (Test(SITUATION, "one_of", frozenset(self.rows)), False))


ALWAYS = AllOf()
NEVER = AnyOf()


def negated(outcome: Outcome) -> Outcome:
    return (outcome & UNKNOWN) | (FALSE if outcome & TRUE else 0) | (TRUE if outcome & FALSE else 0)


def both(one: Outcome, other: Outcome) -> Outcome:
    """Kleene's `and` over sets of possible outcomes."""
    return _BOTH[one][other]


def either(one: Outcome, other: Outcome) -> Outcome:
    return negated(_BOTH[negated(one)][negated(other)])


def _and(one: Outcome, other: Outcome) -> Outcome:
    """Every pair the two sets admit; the least true of a pair decides."""
    pairs = product(*([each for each in (FALSE, UNKNOWN, TRUE) if each & possible] for possible in (one, other)))
    return reduce(or_, (min(pair) for pair in pairs), 0)


_BOTH = tuple(tuple(_and(one, other) for other in range(ANY + 1)) for one in range(ANY + 1))


def holds(condition: Condition, facts: Known) -> bool:
    """Known to be true, whatever the open facts turn out to be."""
    return condition.given(facts) == TRUE
