"""What leads from a no to a yes, as the rule book has it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.conditions import ALWAYS, Condition
from rules.facts import FactId, FactValue
from rules.model import Citation, Confirmer, ServiceId, TextId
from rules.told import Line, Paper


@dataclass(frozen=True)
class Change:
    """Something a person can really do, or that time brings: one step of a way to yes."""

    id: str
    say: TextId
    citations: tuple[Citation, ...]
    when: Condition
    to: Mapping[FactId, FactValue]
    """What is true afterwards."""
    effort: int
    uncertain: bool = False
    through: ServiceId | None = None
    authorities: bool = False
    helps: Confirmer | None = None
    papers: tuple[Paper, ...] = ()
    warnings: tuple[Line, ...] = ()
    time: TextId | None = None
    replaces: frozenset[TextId] = frozenset()

    @cached_property
    def reads(self) -> frozenset[FactId]:
        """The facts that decide whether it is possible and how it is told."""
        told = (*(paper.when for paper in self.papers), *(line.when for line in self.warnings))
        return frozenset[FactId]().union(self.when.reads(), *(each.reads() for each in told))


@dataclass(frozen=True)
class Hurdle:
    """A fact of the person that keeps rules from speaking, in words."""

    say: TextId
    fact: FactId
    when: Condition
    services: frozenset[ServiceId] = frozenset()
    """Where it is told; everywhere if none is named."""


@dataclass(frozen=True)
class OpenDoor:
    """A service that most people may use, and the next steps of rules that already offer it."""

    service: ServiceId
    said_by: frozenset[TextId]
    when: Condition = ALWAYS
    """Whom it is offered to."""


@dataclass(frozen=True)
class Ways:
    """What can be said beyond the decision: changes that lead to yes, doors open meanwhile, hurdles."""

    changes: tuple[Change, ...] = ()
    no_way: tuple[Line, ...] = ()
    """Said where there is none."""
    alternatives: tuple[OpenDoor, ...] = ()
    hurdles: tuple[Hurdle, ...] = ()
    silent: frozenset[ServiceId] = frozenset()
    """Services of which no hurdle is told."""
