"""Which standard people are told something else by another rule book. Pure: two books in, flips out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.history.personas import CELL
from rules.history.table import Cell, Table, answer_of, days_that_matter, table_of
from rules.receipt import Verdict
from rules.rulebook import Rulebook

ABSENT = "absent"
"""Stands for a paper or service that one of the books does not have."""


@dataclass(frozen=True, order=True)
class Key:
    """What makes a flip the same flip: who, before which service, from which answer to which."""

    paper: str
    besides: str
    service: str
    before: str
    now: str

    def __str__(self) -> str:
        told = f" ({self.besides})" if self.besides else ""
        return f"{self.paper}{told} × {self.service}: {self.before} -> {self.now}"


@dataclass(frozen=True)
class Flip:
    """`since` is the day from which the books differ here."""

    cell: Cell
    before: Verdict | None
    now: Verdict | None
    since: date

    @property
    def key(self) -> Key:
        cell = self.cell
        return Key(cell.situation, cell.besides, cell.service, _answer(self.before), _answer(self.now))


def flips_between(old: Rulebook, new: Rulebook) -> tuple[Flip, ...]:
    """Every cell whose answer differs on a day that matters, each once, in the order of the new book.

    A variation that flips exactly as the cell of its paper does is left out: it is the same change.
    """
    found: dict[Key, Flip] = {}
    for day in days_that_matter((old, new)):
        for flip in _flips_on(day, table_of(old, day), table_of(new, day)):
            found.setdefault(flip.key, flip)
    return tuple(found.values())


def _flips_on(day: date, old: Table, new: Table) -> list[Flip]:
    changed: dict[Cell, Flip] = {}
    for cell in dict.fromkeys((*new, *old)):
        before, now = old.get(cell), new.get(cell)
        if _answer(before) != _answer(now):
            changed[cell] = Flip(cell, before, now, day)
    return [flip for cell, flip in changed.items() if not _repeats(flip, changed, cell)]


def _repeats(flip: Flip, changed: dict[Cell, Flip], cell: Cell) -> bool:
    of_the_paper = changed.get(Cell(cell.situation, CELL, cell.service))
    if cell.besides == CELL or of_the_paper is None:
        return False
    return (of_the_paper.key.before, of_the_paper.key.now) == (flip.key.before, flip.key.now)


def _answer(verdict: Verdict | None) -> str:
    return answer_of(verdict) if verdict else ABSENT
