"""Every standard person before every service: the decision table of a whole book, and the digest that recognises it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rules.evaluate import evaluate
from rules.history.personas import CELL, personas
from rules.receipt import Verdict, verdict_of
from rules.rulebook import Rulebook

COLUMNS = ("situation", "besides", "service", "verdict", "mark")
MARK_LETTERS = 12


@dataclass(frozen=True, order=True)
class Cell:
    """`besides` is what was told besides the paper (rules/history/personas.py); empty: everything else declined."""

    situation: str
    besides: str
    service: str


type Table = Mapping[Cell, Verdict]


@lru_cache(maxsize=4)
def table_of(rulebook: Rulebook, on: date) -> Table:
    return {
        Cell(person.situation, person.besides, service): verdict_of(evaluate(rulebook, service, person.facts, on=on))
        for person in personas(rulebook)
        for service in rulebook.services
    }


def newest_check(rulebook: Rulebook) -> date:
    """The day a book itself was last compared with its sources: its table is the one of that day."""
    return max(rule.verified_on for service in rulebook.services.values() for rule in service.rules)


def days_that_matter(books: Iterable[Rulebook]) -> tuple[date, ...]:
    """The day of the newest check, and every later day on which some rule begins or has ended."""
    known = tuple(books)
    start = max(newest_check(book) for book in known)
    rules = [rule for book in known for service in book.services.values() for rule in service.rules]
    turns = {rule.in_force_from for rule in rules}
    turns |= {rule.in_force_to + timedelta(days=1) for rule in rules if rule.in_force_to}
    return (start, *sorted(day for day in turns if day > start))


def answer_of(verdict: Verdict) -> str:
    """`eligible`, or with a lean `uncertain/yes`: what has to differ before somebody is told something else."""
    return f"{verdict.status}/{verdict.lean}" if verdict.lean else str(verdict.status)


def mark_of(verdict: Verdict) -> str:
    """Changes with anything a receipt would say of it."""
    written = json.dumps(verdict.to_dict(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:MARK_LETTERS]


def to_csv(table: Table) -> str:
    """One line a cell; what differs in nothing from the cell of its situation is left out."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    for cell, verdict in table.items():
        if cell.besides == CELL or verdict != table[Cell(cell.situation, CELL, cell.service)]:
            lines.writerow((cell.situation, cell.besides, cell.service, answer_of(verdict), mark_of(verdict)))
    return written.getvalue()


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def altered(before: str, after: str) -> list[str]:
    """Where two tables differ, a line each: the archived one, then what the engine says now."""
    old, new = _lines(before), _lines(after)
    return [
        f"{' '.join(filter(None, cell))}: {old.get(cell, 'as its cell')} -> {new.get(cell, 'as its cell')}"
        for cell in dict.fromkeys((*old, *new))
        if old.get(cell) != new.get(cell)
    ]


def _lines(text: str) -> Mapping[tuple[str, ...], str]:
    return {tuple(line[:3]): f"{line[3]} ({line[4]})" for line in list(csv.reader(io.StringIO(text)))[1:]}
