"""The rule book as values: what the YAML of rules/book says, checked and cross-referenced by rules.load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rules.conditions import NEVER, Condition, Overlay
from rules.facts import FactId, FactValue
from rules.model import (
    Citation,
    Confirmer,
    Lean,
    Option,
    RuleId,
    ServiceId,
    Status,
    TextId,
)
from rules.population import Population
from rules.told import Line, Paper
from rules.ways_model import Ways


class FactType(StrEnum):
    CHOICE = "choice"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"


@dataclass(frozen=True)
class Wording:
    """A question, why it is asked, and what can be answered; no options where the answer is typed."""

    say: TextId
    why: TextId
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class FactDefinition:
    """One fact a person may tell. `stage` and `sensitivity` order the questions."""

    fact: FactId
    type: FactType
    question: Wording
    stage: int
    sensitivity: int
    values: frozenset[str] = frozenset()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str = ""
    volunteered: bool = False
    """Never asked out of the blue: unasked it counts as declined."""
    for_places: bool = False
    """Asked to find a place: no rule needs it."""
    variants: Mapping[str, Wording] = field(default_factory=dict)
    """Other wordings once a value is known that can still be narrowed (the kind of paper)."""


@dataclass(frozen=True)
class Situation:
    """A row of the rule table, or a kind of paper that stands for several rows."""

    id: str
    name: TextId
    without_papers: bool
    """Meeting the authorities alone could harm the person (F-180)."""
    protected: bool = False
    """Asked for or has international protection: never sent to an embassy or consulate (F-181)."""
    screened: bool = False
    """Fear of return and signs of exploitation may be asked about here."""
    overlay: bool = False
    rows: tuple[str, ...] = ()
    """For a kind of paper: the rows it may turn out to be."""


@dataclass(frozen=True)
class Remark:
    """A sentence added to the reasons of a rule, with its own sources."""

    id: RuleId
    say: TextId
    citations: tuple[Citation, ...]
    when: Condition
    statuses: frozenset[Status]


@dataclass(frozen=True)
class Rule:
    """One line of a service's decision list. Of those that are true, the one of the lowest rank speaks."""

    id: RuleId
    when: Condition
    status: Status
    reason: TextId
    citations: tuple[Citation, ...]
    in_force_from: date
    in_force_to: date | None
    verified_on: date
    bar: bool = False
    lean: Lean | None = None
    conditions: tuple[Line, ...] = ()
    next_steps: tuple[Line, ...] = ()
    warnings: tuple[Line, ...] = ()
    confirm_with: Confirmer | None = None
    rank: int = 0
    """Its place in the precedence that the service declares. At one rank never two are true of one person."""
    review_by: date | None = None

    @cached_property
    def reads(self) -> frozenset[FactId]:
        return self.when.reads()

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class ServiceRules:
    """Everything the engine knows about one service."""

    service: ServiceId
    name: TextId
    confirm_with: Confirmer
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[Line, ...] = ()
    papers: tuple[Paper, ...] = ()
    never_propose: Condition = NEVER
    overlays: tuple[Overlay, ...] = ()
    asks: frozenset[FactId] = frozenset()
    """Volunteered facts that this service asks for all the same."""
    door_of: frozenset[FactId] = frozenset()
    """Safety facts whose own door this is: asked here where the situation is screened."""
    deciding: frozenset[FactId] = frozenset()
    """The facts its rules read."""
    reads: frozenset[FactId] = frozenset()
    """The facts that may change anything in a decision, sentences and papers included."""
    values: Mapping[FactId, tuple[FactValue | None, ...]] = field(default_factory=dict)
    """For each fact the rules read: one value per group of values they cannot tell apart; None declines."""

    @property
    def is_closed(self) -> bool:
        """Nobody gets it any more, whoever they are."""
        return all(rule.status is Status.NOT_ELIGIBLE for rule in self.rules)


@dataclass(frozen=True)
class Contradiction:
    """Answers that cannot all be true, named so that the person can say which is right."""

    id: str
    say: TextId
    facts: tuple[FactId, ...]
    when: Condition


@dataclass(frozen=True)
class Promise:
    """What holds for everybody of whom `when` is true, whatever the rules of these services say."""

    id: str
    when: Condition
    services: tuple[ServiceId, ...]
    status: Status | None = None
    same_as: str | None = None
    """The row whose answer they get."""
    proposable: bool | None = None
    warns: TextId | None = None


@dataclass(frozen=True)
class AnswerEntry:
    """One sentence about a service or door."""

    say: TextId
    citations: tuple[Citation, ...] = ()
    unknown: bool = False
    """It says that we do not know."""
    embassy: bool = False
    """It must not reach a person who fears return (F-181)."""


@dataclass(frozen=True)
class Topics:
    """What can be answered about a service or a door, topic by topic, and who knows the rest."""

    entries: Mapping[str, tuple[AnswerEntry, ...]]
    confirm_with: Confirmer | None


@dataclass(frozen=True)
class Door:
    """A way to help that has no rules of its own: housing, residence papers, birth registration."""

    id: str
    name: TextId
    service_type: str | None
    documents: tuple[AnswerEntry, ...]


@dataclass(frozen=True)
class EmergencyLine:
    """A number to call, `when` it is the right one, and where it was read."""

    id: str
    number: str
    name: TextId
    when: TextId | None
    citations: tuple[Citation, ...]
    date: str


@dataclass(frozen=True)
class Organisation:
    id: str
    name: TextId
    confirm: TextId
    """The sentence that sends a person there to have something confirmed."""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The whole book; two rule books are the same only if they are one object, their hashes tell them apart."""

    version: str
    hash: str
    services: Mapping[ServiceId, ServiceRules]
    facts: Mapping[FactId, FactDefinition]
    situations: Mapping[str, Situation]
    unasked_when: Mapping[FactId, Condition]
    """Where nobody asks for a fact: it counts as declined while it is unknown."""
    contradictions: tuple[Contradiction, ...]
    needs: Mapping[str, tuple[str, ...]]
    doors: Mapping[str, Door]
    topics: Mapping[str, Topics]
    numbers: Mapping[str, EmergencyLine]
    organisations: Mapping[str, Organisation]
    texts: Mapping[TextId, str]
    citations: Mapping[str, Citation]
    ways: Ways = field(default_factory=Ways)
    promises: tuple[Promise, ...] = ()
    population: Population | None = None
    """Whom questions are chosen for; None in a book that does not say, for which everybody is equally likely."""

    @cached_property
    def order(self) -> Mapping[FactId, int]:
        """The place of each fact in the order of questions."""
        return {fact: place for place, fact in enumerate(self.facts)}

    @cached_property
    def clashes(self) -> Mapping[FactId, tuple[Condition, ...]]:
        """The contradictions that each fact can take part in, as far as they matter to what is asked."""
        heard = [clash.when for clash in self.contradictions if not self._is_answered_by(clash.when.reads())]
        return {fact: tuple(when for when in heard if fact in when.reads()) for fact in self.facts}

    def _is_answered_by(self, facts: frozenset[FactId]) -> bool:
        """One of these facts is no longer asked once the others are known, so they never meet: else a harmless fact
        would be asked only to spare a question that is hardly ever asked."""
        spared = (fact for fact in self.unasked_when if fact in facts and self.facts[fact].volunteered)
        return any(self.unasked_when[fact].reads() <= facts for fact in spared)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows of the rule table, kinds of paper left out."""
        return tuple(situation.id for situation in self.situations.values() if not situation.rows)
