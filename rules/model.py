"""The vocabulary of a decision: statuses, reasons, citations. Values only: no words, no files, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from rules.facts import FactId, FactValue

ServiceId = NewType("ServiceId", str)
RuleId = NewType("RuleId", str)
TextId = NewType("TextId", str)
"""Id of a sentence. Its English stands in the rule book beside the id; translations in the catalogs."""


class Status(StrEnum):
    """What a person may be told about a service. rules/README.md says what each means."""

    ELIGIBLE = "eligible"
    CONDITIONAL = "conditional"
    NOT_ELIGIBLE = "not_eligible"
    UNCERTAIN = "uncertain"
    UNDETERMINED = "undetermined"


class Lean(StrEnum):
    """Where the sources lean when they do not settle it. Shown as a lean, never as the answer."""

    YES = "yes"
    NO = "no"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Citation:
    """One fact of the fact base: where it was read, of which date, how sure we are."""

    fact: str
    title: TextId
    url: str
    date: str
    confidence: Confidence


@dataclass(frozen=True)
class Reason:
    """A rule that spoke, its sentence, and the facts it rests on."""

    rule: RuleId
    say: TextId
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Document:
    """A paper to bring. `need` is one of the ids of rules/book/documents.yaml (required, alternative, ...)."""

    say: TextId
    need: str
    note: TextId | None = None


@dataclass(frozen=True)
class Confirmer:
    """Who can settle it: an organisation of the rule book and the sentence that sends the person there."""

    organisation: str
    say: TextId


@dataclass(frozen=True)
class Decision:
    """One service, one status, and everything a person needs to act on it or to contest it."""

    service: ServiceId
    status: Status
    because: tuple[Reason, ...] = ()
    conditions: tuple[TextId, ...] = ()
    not_checked: tuple[TextId, ...] = ()
    """Those of the conditions that no answer of the person settles: they are checked on the spot."""
    documents: tuple[Document, ...] = ()
    missing: tuple[FactId, ...] = ()
    if_met: Status | None = None
    lean: Lean | None = None
    confirm_with: Confirmer | None = None
    next_steps: tuple[TextId, ...] = ()
    warnings: tuple[TextId, ...] = ()
    verified_on: date | None = None
    review_by: date | None = None
    overdue: bool = False
    """Not checked since the day it was due: its first warning is to call before going."""
    proposable: bool = True
    """False where the answer may be given when asked for, but the service must never be suggested."""


@dataclass(frozen=True)
class Option:
    """One answer to a question. `value` None declines."""

    value: FactValue | None
    say: TextId


@dataclass(frozen=True)
class Question:
    """The next fact worth asking, with the reason for asking it. Every question can be declined."""

    fact: FactId
    say: TextId
    why: TextId
    options: tuple[Option, ...] = ()
    """Empty where the answer is typed (age, city)."""
    sensitivity: int = 0
