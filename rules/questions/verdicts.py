"""What the verdicts of some services still wait for, without the words of a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.compiled.kinds import Cell
from rules.compiled.program import Program, compiled
from rules.compiled.reach import Reach
from rules.facts import SITUATION, FactId, Facts
from rules.model import ServiceId
from rules.papers import can_narrow, rows_of
from rules.rulebook import Rulebook


def programs_of(rulebook: Rulebook, services: Sequence[ServiceId], on: date) -> tuple[Program, ...]:
    book = compiled(rulebook)
    return tuple(book[service].on(on) for service in dict.fromkeys(services))


UNTOLD = object()


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Some services for one book and day; each is named by its place in `programs`."""

    rulebook: Rulebook
    programs: tuple[Program, ...]
    _seen: tuple[dict[tuple[object, ...], Reach], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_seen", tuple({} for _ in self.programs))

    def open(self, places: Iterable[int], facts: Facts) -> dict[int, Reach]:
        """Those of these services that wait for an answer, and what can still become of each."""
        narrowing = can_narrow(self.rulebook, facts)
        told = facts.values_by_fact
        found = {}
        for place in places:
            answers = (narrowing, *[told.get(fact, UNTOLD) for fact in self._read[place]])
            reach = self._seen[place].get(answers)
            if reach is None:
                program = self.programs[place]
                reach = self._seen[place][answers] = reach_of(program, program.cell(facts), narrowing)
            if reach.moving:
                found[place] = reach
        return found

    def forget(self) -> None:
        for each in self._seen:
            each.clear()

    @cached_property
    def _read(self) -> tuple[tuple[FactId, ...], ...]:
        return tuple(tuple(fact for fact, _ in program.kinds) for program in self.programs)


def reach_of(program: Program, cell: Cell, narrowing: bool) -> Reach:
    known = program.as_read(cell)
    rows = rows_of(program.rulebook, known)
    if rows:
        del known[SITUATION]
    start = program.list.after(program.list.start, known)
    several = rows and not narrowing
    states = tuple([program.list.after(start, {SITUATION: row}) for row in rows]) if several else (start,)
    return program.course(rows).reach(states, known)
