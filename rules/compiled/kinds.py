"""Which answers a service cannot tell apart: people who differ only by such answers are one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from rules.conditions import Outcome, Test
from rules.facts import SITUATION, FactId, FactValue
from rules.rulebook import FactDefinition, Rulebook, ServiceRules


class Open(Enum):
    """In the place of an answer: not told yet."""

    OPEN = "open"


type Answer = FactValue | Open | None
type Cell = tuple[Answer, ...]
"""A person as one service sees them: the kind of each answer it reads."""


class Kinds(dict[FactValue | None, FactValue | None]):
    """Each possible answer to one question, and the first of its kind; an answer not foreseen is its own kind."""

    def __init__(self, definition: FactDefinition, tests: Iterable[Test]) -> None:
        super().__init__({None: None})
        about = tuple(test for test in tests if test.fact == definition.fact)
        first: dict[tuple[Outcome, ...], FactValue] = {}
        for value in _domain(definition):
            self[value] = first.setdefault(tuple(test.of(value) for test in about), value)

    def __missing__(self, value: FactValue | None) -> FactValue | None:
        return value


def _domain(definition: FactDefinition) -> Iterable[FactValue]:
    """The answers of which many may be alike. The situation is also read as a kind of paper, so each is its own."""
    if definition.maximum is not None:
        return range(definition.minimum or 0, definition.maximum + 1)
    return () if definition.fact == SITUATION else sorted(definition.values)


def _tests(written: object) -> Iterator[Test]:
    """Every test anywhere in a value of the rule book, whatever is added to it one day."""
    if isinstance(written, Test):
        yield written
    elif isinstance(written, tuple):
        for part in written:
            yield from _tests(part)
    elif is_dataclass(written):
        for each in fields(written):
            yield from _tests(getattr(written, each.name))


def kinds_of(rulebook: Rulebook, service: ServiceRules) -> tuple[tuple[FactId, Kinds], ...]:
    """For each fact that may change anything in a decision, in the order of questions."""
    clashes = tuple(clash.when for clash in rulebook.contradictions)
    tests = frozenset(_tests((service, clashes, tuple(rulebook.unasked_when.values()))))
    read = sorted(service.reads, key=rulebook.order.__getitem__)
    return tuple((fact, Kinds(rulebook.facts[fact], tests)) for fact in read)
