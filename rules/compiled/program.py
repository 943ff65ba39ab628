"""A service of the rule book, compiled for one span of days on which the same rules are in force.

An answer is replaced by the first of its kind, the answers that nothing written for the service tells apart. So people
whom it treats alike are one cell, and a decision is made once for each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from rules.compiled.decision_list import DecisionList, State, may_speak
from rules.compiled.kinds import Cell, Kinds, Open, kinds_of
from rules.compiled.reach import Course
from rules.compiled.telling import Telling
from rules.conditions import Known, holds
from rules.explain import out_of_force, papers
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.model import Decision, Document, ServiceId
from rules.papers import NOT_SAID
from rules.rulebook import Rule, Rulebook, ServiceRules

BOOKS = 8
"""Rule books kept compiled: the running one and those that were replayed last."""


@dataclass(frozen=True, eq=False)
class Program:
    """One service and the rules in force, ready to be asked."""

    rulebook: Rulebook
    service: ServiceRules
    rules: tuple[Rule, ...]

    @cached_property
    def kinds(self) -> tuple[tuple[FactId, Kinds], ...]:
        return kinds_of(self.rulebook, self.service)

    @cached_property
    def list(self) -> DecisionList:
        return DecisionList(self.rules, self.rulebook.order)

    @cached_property
    def telling(self) -> Telling:
        return Telling(self.service)

    @cached_property
    def _documents(self) -> dict[tuple[FactValue | None, ...], tuple[Document, ...]]:
        return {}

    @cached_property
    def _documents_read(self) -> tuple[FactId, ...]:
        return tuple(frozenset[FactId]().union(*(paper.when.reads() for paper in self.service.papers)))

    @cached_property
    def _silent(self) -> Mapping[FactId, None]:
        """What nobody asks out of the blue."""
        volunteered = (fact for fact, definition in self.rulebook.facts.items() if definition.volunteered)
        return dict.fromkeys(fact for fact in volunteered if fact not in self.service.asks)

    @cached_property
    def _declined(self) -> Mapping[FactId, None]:
        return dict.fromkeys(self.service.reads)

    @cached_property
    def _courses(self) -> dict[tuple[str, ...], Course]:
        return {}

    def cell(self, facts: Facts) -> Cell:
        told = facts.values_by_fact
        return tuple([kinds[told[fact]] if fact in told else Open.OPEN for fact, kinds in self.kinds])

    def as_read(self, cell: Cell) -> dict[FactId, FactValue | None]:
        """What the rules read of the people of this cell: what nobody asks out of the blue counts as declined."""
        known: dict[FactId, FactValue | None] = dict(self._silent)
        for (fact, _), answer in zip(self.kinds, cell, strict=True):
            if answer is not Open.OPEN:
                known[fact] = answer
        for fact, condition in self.rulebook.unasked_when.items():
            if fact not in known and holds(condition, known):
                known[fact] = None
        if SITUATION in known and known[SITUATION] is None:
            known[SITUATION] = NOT_SAID
        return known

    def closed(self, known: Known, row: FactValue | None) -> Known:
        """Someone in this row who declines all that is open."""
        return {**self._declined, **known, SITUATION: row}

    def decision(self, state: State, facts: Known) -> Decision:
        """`facts` are complete; `state` is what some of them left of the list."""
        state = self.list.after(state, facts)
        if state.rules:
            return self.telling.decision(state, facts)
        return out_of_force(self.service, may_speak(self.service.rules, facts)[0])

    def papers(self, facts: Known) -> tuple[Document, ...]:
        """All that may have to be brought, whatever the verdict; `facts` are complete."""
        read = tuple([facts[fact] for fact in self._documents_read])
        if read not in self._documents:
            self._documents[read] = papers(self.service, facts)
        return self._documents[read]

    def course(self, rows: tuple[str, ...]) -> Course:
        """The ways open facts may turn out; `rows`, if any, are those that an open situation may be."""
        if rows not in self._courses:
            values = self.service.values
            self._courses[rows] = Course(
                rules=self.list,
                values={**values, SITUATION: rows} if rows else values,
                order=self.rulebook.order,
                clashes=self.rulebook.clashes,
            )
        return self._courses[rows]


class CompiledService:
    """The programs of one service; with another day another may be due."""

    def __init__(self, rulebook: Rulebook, service: ServiceRules) -> None:
        ends = {rule.in_force_to + timedelta(days=1) for rule in service.rules if rule.in_force_to}
        self._turns = sorted({rule.in_force_from for rule in service.rules} | ends)
        self._programs: dict[int, Program] = {}
        self._rulebook, self._service = rulebook, service

    def on(self, day: date) -> Program:
        span = bisect_right(self._turns, day)
        if span not in self._programs:
            rules = tuple(rule for rule in self._service.rules if rule.is_in_force(day))
            self._programs[span] = Program(self._rulebook, self._service, rules)
        return self._programs[span]


@lru_cache(maxsize=BOOKS)
def compiled(rulebook: Rulebook) -> Mapping[ServiceId, CompiledService]:
    """Cheap by itself: a service is worked out as far as somebody asks about it."""
    return {name: CompiledService(rulebook, service) for name, service in rulebook.services.items()}
