"""A way to yes as it is told: steps with what to bring, what to heed and who helps, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from rules.conditions import Known, holds
from rules.model import Citation, Confirmer, Decision, Document, ServiceId, Status, TextId
from rules.ways_model import Change


@dataclass(frozen=True)
class Step:
    """One change, for the person as they are when its turn comes."""

    change: str
    say: TextId
    citations: tuple[Citation, ...]
    documents: tuple[Document, ...]
    warnings: tuple[TextId, ...]
    helps: Confirmer | None
    time: TextId | None
    uncertain: bool
    """Others decide: it may also end differently."""
    service: ServiceId | None
    """The service that gives it, open to the person at that moment."""
    replaces: frozenset[TextId]
    """Next steps of the rules that say the same."""


@dataclass(frozen=True)
class Open:
    """Another service that is open today."""

    service: ServiceId
    status: Status
    said_by: frozenset[TextId] = frozenset()
    """Next steps of rules that offer it in words."""


@dataclass(frozen=True)
class Way:
    """The steps in their order, the decision they lead to, and what is open meanwhile."""

    service: ServiceId
    steps: tuple[Step, ...]
    reached: Decision
    alternatives: tuple[Open, ...]

    @property
    def reaches(self) -> Status:
        return self.reached.status

    @property
    def warnings(self) -> tuple[TextId, ...]:
        """What must be known before the first step (F-127)."""
        return self.reached.warnings

    def repeats(self, step: TextId) -> bool:
        return any(step in each.replaces for each in self.steps)


@dataclass(frozen=True)
class NoWay:
    """Nothing the person can do, or time brings, leads to yes; `helps` is who may know more."""

    service: ServiceId
    alternatives: tuple[Open, ...]
    helps: Confirmer
    says: tuple[TextId, ...] = ()
    """What must be said all the same."""


def step_of(change: Change, facts: Known) -> Step:
    return Step(
        change=change.id,
        say=change.say,
        citations=change.citations,
        documents=tuple(paper.document for paper in change.papers if holds(paper.when, facts)),
        warnings=tuple(line.say for line in change.warnings if holds(line.when, facts)),
        helps=change.helps,
        time=change.time,
        uncertain=change.uncertain,
        service=change.through,
        replaces=change.replaces,
    )
