"""The engines side by side, one person at a time and many at once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.evaluate import MEMORY, _decide
from rules.facts import Facts
from rules.rulebook import Rulebook
from tests.bench.engines.fisca_system import FiscaSystem
from tests.bench.engines.measure import Times, one_by_one, together
from tests.bench.engines.ours import Ours
from tests.bench.engines.people import complete_people
from tests.bench.engines.zen_tables import ZenTables, as_context

ON = date(2026, 11, 21)
CHECKED = 300
SLOW = 200
"""People measured one by one where each takes milliseconds."""


@dataclass(frozen=True)
class Row:
    engine: str
    times: Times | None = None
    per_second: float | None = None


@dataclass(frozen=True)
class Kept:
    people: int
    states: int
    decisions: int
    cells: int
    most_cells: int
    megabytes: float


class Duel:
    def __init__(self, rulebook: Rulebook, people: int, batch: int) -> None:
        self._rulebook = rulebook
        self._everyone = complete_people(rulebook, max(people, batch))
        self.one_by_one, self.batch = people, batch
        names = tuple(rulebook.services)
        self._ours = Ours(rulebook, names, ON)
        self._zen = ZenTables(rulebook, names, ON)
        self._fisca = FiscaSystem(rulebook, names, ON)

    @property
    def services(self) -> int:
        return len(self._rulebook.services)

    @property
    def rules(self) -> int:
        return sum(len(service.rules) for service in self._rulebook.services.values())

    @cached_property
    def _some(self) -> list[Facts]:
        return self._everyone[: self.one_by_one]

    @cached_property
    def _many(self) -> list[Facts]:
        return self._everyone[: self.batch]

    def check_agreement(self) -> None:
        """Raises where an engine says another status or another rule: then the translation is wrong."""
        people = self._some[:CHECKED]
        speaking = self._fisca.decide_all(self._fisca.columns(people))
        for number, person in enumerate(people):
            tables = self._zen.decide(as_context(person))
            for ours in self._ours.decide(person):
                rule = self._fisca.rules[ours.service][speaking[ours.service][number]]
                theirs = {(rule.status, rule.id), (tables[ours.service]["status"], tables[ours.service]["rule"])}
                if theirs != {(ours.status, ours.because[0].rule)}:
                    raise ValueError(f"{ours.service}: {theirs}, ours {ours.status} for {dict(person)}")

    def rows(self) -> Iterator[Row]:
        yield from self._our_rows()
        yield from self._their_rows()

    def _our_rows(self) -> Iterator[Row]:
        ours, some, many = self._ours, self._some, self._many
        yield Row("ours, nothing compiled", one_by_one(some[:SLOW], ours.decide, before=ours.forget_all))
        for person in some:
            ours.decide(person)
        cold = one_by_one(some, ours.decide, before=ours.forget)
        seconds = together(lambda: [ours.anew(person) for person in many])
        yield Row("ours, compiled, no cell kept", cold, len(many) / seconds)
        for person in some:
            ours.decide(person)
        warm = one_by_one(some, ours.decide)
        ours.forget()
        seconds = together(lambda: [ours.decide(person) for person in many])
        yield Row("ours, equal cells decided once", warm, len(many) / seconds)

    def _their_rows(self) -> Iterator[Row]:
        contexts = [as_context(person) for person in self._many]
        times = one_by_one(contexts[: len(self._some)], self._zen.decide)
        share = contexts[: max(1, self.batch // 5)]
        seconds = together(lambda: self._zen.decide_all(share))
        yield Row("zen-engine, tables compiled", times, len(share) / seconds)
        fisca = self._fisca
        alone = [fisca.columns([person]) for person in self._some[:SLOW]]
        columns = fisca.columns(self._many)
        seconds = together(lambda: fisca.decide_all(columns))
        yield Row("openfisca-core, vectors", one_by_one(alone, fisca.decide_all), len(self._many) / seconds)

    def memory(self) -> Kept:
        self._ours.forget_all()
        tracemalloc.start()
        people = self._everyone[: self.batch // 5]
        for person in people:
            self._ours.decide(person)
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        states, decisions = self._ours.kept()
        return Kept(len(people), states, decisions, _decide.cache_info().currsize, MEMORY, taken / 1e6)
