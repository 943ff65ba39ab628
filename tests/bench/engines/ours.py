"""Our own engine as the benchmark drives it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules.compiled.program import compiled
from rules.evaluate import _decide, evaluate_all
from rules.facts import Facts
from rules.model import Decision, ServiceId
from rules.rulebook import Rulebook


class Ours:
    def __init__(self, rulebook: Rulebook, services: Iterable[ServiceId], on: date) -> None:
        self._rulebook, self._services, self._on = rulebook, tuple(services), on

    def decide(self, person: Facts) -> tuple[Decision, ...]:
        return evaluate_all(self._rulebook, self._services, person, on=self._on)

    def forget(self) -> None:
        """The decisions of cells; what was compiled stays."""
        _decide.cache_clear()

    def forget_all(self) -> None:
        """Also what was compiled: the next person is the first who ever came."""
        compiled.cache_clear()
        self.forget()

    def anew(self, person: Facts) -> list[Decision]:
        """Without the memory of cells."""
        programs = (compiled(self._rulebook)[service].on(self._on) for service in self._services)
        return [_decide.__wrapped__(program, program.cell(person), False) for program in programs]

    def kept(self) -> tuple[int, int]:
        """States of decision lists, and decisions that stand ready at their ends."""
        programs = [compiled(self._rulebook)[service].on(self._on) for service in self._services]
        return sum(len(program.list) for program in programs), sum(len(program.telling) for program in programs)
