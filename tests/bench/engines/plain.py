"""Conditions in the two-valued logic of other engines: each test stands with what must be known about it.

With every fact answered or declined, a condition is true, false or unknown. A `not` is pushed down to the tests, so
all that is left is which tests must hold, fail, or not be known to do so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rules.conditions import AllOf, AnyOf, Condition, InRow, Not, Overlay, Test, Unless
from rules.facts import SITUATION, FactId


class Must(StrEnum):
    HOLD = "hold"
    FAIL = "fail"
    NOT_HOLD = "not hold"
    """Fail, or be declined."""
    NOT_FAIL = "not fail"
    """Hold, or be declined."""


TURNED = {Must.HOLD: Must.FAIL, Must.FAIL: Must.HOLD, Must.NOT_HOLD: Must.NOT_FAIL, Must.NOT_FAIL: Must.NOT_HOLD}
OF_UNLESS = {Must.HOLD: Must.NOT_HOLD, Must.FAIL: Must.HOLD, Must.NOT_HOLD: Must.HOLD, Must.NOT_FAIL: Must.NOT_HOLD}


@dataclass(frozen=True)
class Literal:
    test: Test
    must: Must


@dataclass(frozen=True)
class Every:
    parts: tuple[Plain, ...]


@dataclass(frozen=True)
class Some:
    parts: tuple[Plain, ...]


type Plain = Literal | Every | Some


@dataclass(frozen=True)
class Rows:
    """The different ways in which services put people in rows; each becomes a column of its own."""

    overlays: list[tuple[Overlay, ...]] = field(default_factory=list)

    def column(self, overlays: tuple[Overlay, ...]) -> FactId:
        if not overlays:
            return SITUATION
        if overlays not in self.overlays:
            self.overlays.append(overlays)
        return FactId(f"row_{self.overlays.index(overlays)}")

    def plain(self, condition: Condition, must: Must = Must.HOLD) -> Plain:
        match condition:
            case Test():
                return Literal(condition, must)
            case InRow(rows, overlays):
                return Literal(Test(self.column(overlays), "one_of", rows), must)
            case Not(part):
                return self.plain(part, TURNED[must])
            case Unless(part):
                return self.plain(part, OF_UNLESS[must])
            case AllOf(parts) | AnyOf(parts):
                every = isinstance(condition, AllOf) == (must in {Must.HOLD, Must.NOT_FAIL})
                return (Every if every else Some)(tuple(self.plain(part, must) for part in parts))
        raise TypeError(f"{condition} has no place in a rule")


def ways(plain: Plain) -> list[tuple[Literal, ...]]:
    """Each row of a table that says the same: what must be known together."""
    match plain:
        case Literal():
            return [(plain,)]
        case Some(parts):
            return [way for part in parts for way in ways(part)]
        case Every(parts):
            found: list[tuple[Literal, ...]] = [()]
            for part in parts:
                found = [(*before, *after) for before in found for after in ways(part)]
            return found
