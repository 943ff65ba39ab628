"""The whole rule table as values: every paper before every service, and what each service asks in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rules.conditions import AllOf, AnyOf, Condition, InRow, Not, Unanswered, Unless, holds
from rules.evaluate import evaluate_all
from rules.facts import SITUATION, FactId, Facts
from rules.model import Decision, Lean, ServiceId, Status
from rules.rulebook import Rule, Rulebook, ServiceRules

MOST_BOOKS = 4
"""Tables kept: one a book and day."""


@dataclass(frozen=True)
class Crossing:
    """One paper before one service. `settled`: everything else declined. `unasked`: nothing else said yet."""

    situation: str
    service: ServiceId
    settled: Decision
    unasked: Decision

    @property
    def depends(self) -> bool:
        """Something is asked first, because it can change the answer."""
        return self.unasked.status is Status.UNDETERMINED


type Overview = Mapping[tuple[str, ServiceId], Crossing]


@lru_cache(maxsize=MOST_BOOKS)
def overview_of(rulebook: Rulebook, on: date) -> Overview:
    """By situation and service, in the order of the book."""
    table: dict[tuple[str, ServiceId], Crossing] = {}
    for situation in rulebook.rows:
        settled = Facts({**dict.fromkeys(rulebook.facts), SITUATION: situation})
        decisions = evaluate_all(rulebook, rulebook.services, settled, on=on)
        unasked = evaluate_all(rulebook, rulebook.services, settled.about(SITUATION), on=on)
        for service, one, other in zip(rulebook.services, decisions, unasked, strict=True):
            table[situation, service] = Crossing(situation, service, one, other)
    return table


class Part(StrEnum):
    """What a line of a decision list is there for."""

    BARS = "bars"
    CASES = "cases"
    PAPERS = "papers"


@dataclass(frozen=True)
class Step:
    """Rules of one rank that give one answer. `papers` where the paper alone decides, else `when` says of whom."""

    part: Part
    rank: int
    status: Status
    lean: Lean | None
    rules: tuple[Rule, ...]
    papers: tuple[str, ...] = ()
    when: Condition | None = None


def steps_of(rulebook: Rulebook, service: ServiceRules, on: date) -> tuple[Step, ...]:
    """The decision list in its order, as it is on that day; rules that look at the paper alone stand together."""
    steps: list[Step] = []
    merged: dict[tuple[int, Status, Lean | None, bool], list[Rule]] = {}
    for rule in in_order(service):
        if not rule.is_in_force(on):
            continue
        if papers_of(rulebook, rule) is None:
            part = Part.BARS if rule.bar else Part.CASES
            steps.append(Step(part, rule.rank, rule.status, rule.lean, (rule,), when=rule.when))
        else:
            merged.setdefault((rule.rank, rule.status, rule.lean, rule.bar), []).append(rule)
    for (rank, status, lean, bar), rules in merged.items():
        papers = frozenset(paper for rule in rules for paper in papers_of(rulebook, rule) or ())
        part = Part.BARS if bar else Part.PAPERS
        ordered = tuple(row for row in rulebook.rows if row in papers)
        steps.append(Step(part, rank, status, lean, tuple(rules), ordered))
    # Of those at one rank the largest comes last: it is whoever is left.
    return tuple(sorted(steps, key=lambda step: (step.rank, step.when is None, len(step.papers))))


def in_order(service: ServiceRules) -> tuple[Rule, ...]:
    """As the service declares the precedence; within a line as written."""
    return tuple(sorted(service.rules, key=lambda rule: rule.rank))


def papers_of(rulebook: Rulebook, rule: Rule) -> tuple[str, ...] | None:
    """The papers of which it is true; None where it asks for more than the paper."""
    if _asked(rule.when) - {SITUATION}:
        return None
    declined = dict.fromkeys(rulebook.facts)
    return tuple(row for row in rulebook.rows if holds(rule.when, {**declined, SITUATION: row}))


def _asked(condition: Condition) -> frozenset[FactId]:
    """The facts it looks at itself: without those that only put a person in another row."""
    match condition:
        case InRow():
            return frozenset({SITUATION})
        case AllOf() | AnyOf():
            return frozenset().union(*(_asked(part) for part in condition.parts))
        case Not() | Unless() | Unanswered():
            return _asked(condition.part)
    return condition.reads()
