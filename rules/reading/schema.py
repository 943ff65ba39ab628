"""The shape of the YAML files. What they refer to is checked when they are turned into values."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.model import Confidence, Lean, Status
from rules.rulebook import FactType

type Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
type DottedName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
type FactRef = Annotated[str, Field(pattern=r"^F-\d{3}$")]
type Conditions = dict[str, Any]


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Sentence(Spec):
    id: DottedName
    say: str
    cite: list[FactRef] = []
    note: str | None = None
    """For translators."""


class LineSpec(Spec):
    """A sentence of its own or the id of a shared one, with the condition to say it."""

    id: DottedName | None = None
    say: str | None = None
    text: DottedName | None = None
    when: Conditions | None = None
    while_open: Conditions | None = None
    answerable: bool = False
    """What the person tells can settle it, together with the lines around it."""
    cite: list[FactRef] = []


type SentenceRef = DottedName | Sentence
type LineRef = DottedName | LineSpec


class Period(Spec):
    start: date = Field(alias="from")
    to: date | None = None


class RuleSpec(Spec):
    id: DottedName
    when: Conditions
    status: Annotated[Status, Field(strict=False)]
    reason: SentenceRef
    cite: Annotated[list[FactRef], Field(min_length=1)]
    lean: Annotated[Lean | None, Field(strict=False)] = None
    bar: bool = False
    conditions: list[LineRef] = []
    next_steps: list[LineRef] = []
    warnings: list[LineRef] = []
    confirm_with: Name | None = None
    in_force: Period | None = None
    verified_on: date | None = None
    review_by: date | None = None


class RemarkSpec(Spec):
    id: DottedName
    text: SentenceRef
    when: Conditions
    statuses: Annotated[list[Annotated[Status, Field(strict=False)]], Field(min_length=1)]
    cite: Annotated[list[FactRef], Field(min_length=1)]


class ServiceSpec(Spec):
    service: Name
    confirm_with: Name
    in_force: Period
    verified_on: date
    review_by: date | None = None
    sentences: list[Sentence] = []
    """Said by more than one rule of this service."""
    asks: list[Name] = []
    door_of: list[Name] = []
    precedence: list[DottedName | Name | list[DottedName | Name]] = []
    """Who speaks first where several rules are true; `bars` and `others` stand for those not named."""
    rules: Annotated[list[dict[str, Any]], Field(min_length=1)]
    remarks: list[RemarkSpec] = []
    warnings: list[LineRef] = []
    never_propose: Conditions | None = None


class ReviewMonths(Spec):
    high: Annotated[int, Field(ge=1)]
    medium: Annotated[int, Field(ge=1)]
    low: Annotated[int, Field(ge=1)]


class ReviewFile(Spec):
    months: ReviewMonths


class PromiseSpec(Spec):
    promise: DottedName
    when: Conditions
    services: Annotated[list[Name], Field(min_length=1)]
    status: Annotated[Status | None, Field(strict=False)] = None
    same_as: Name | None = None
    proposable: bool | None = None
    warns: DottedName | None = None


class OptionSpec(Spec):
    value: str | int | bool
    id: DottedName
    say: str
    note: str | None = None


class WordingSpec(Spec):
    question: SentenceRef
    why: SentenceRef
    options: list[OptionSpec | DottedName] = []


class FactSpec(WordingSpec):
    fact: Name
    type: Annotated[FactType, Field(strict=False)]
    stage: int
    sensitivity: Annotated[int, Field(ge=0, le=3)]
    values: list[str] = []
    minimum: int | None = None
    maximum: int | None = None
    pattern: str = ""
    volunteered: bool = False
    for_places: bool = False
    unasked_when: Conditions | None = None
    variants: dict[str, WordingSpec] = {}


class FactsFile(Spec):
    decline: Sentence
    yes: Sentence
    no: Sentence
    facts: list[FactSpec]


class SituationSpec(Spec):
    situation: Name
    name: Sentence
    without_papers: bool
    protected: bool = False
    screened: bool = False
    overlay: bool = False
    rows: list[Name] = []


class OverlaySpec(Spec):
    overlay: DottedName
    when: Conditions
    row: Name
    services: list[Name] | Literal["all"]


class SituationsFile(Spec):
    version: str
    services: list[Name]
    situations: list[SituationSpec]
    groups: dict[str, list[Name]]
    overlays: list[OverlaySpec]


class OrganisationSpec(Spec):
    organisation: Name
    name: Sentence
    confirm: Sentence


class ContradictionSpec(Spec):
    id: DottedName
    say: str
    facts: Annotated[list[Name], Field(min_length=1)]
    when: Conditions
    cite: list[FactRef] = []


class FactSource(Spec):
    publisher: DottedName
    url: str
    date: str
    confidence: Annotated[Confidence, Field(strict=False)]
    more: list[str] = []


class SourcesFile(Spec):
    verified_on: date
    publishers: list[Sentence]
    facts: dict[FactRef, FactSource]


class DocumentSpec(Spec):
    id: DottedName
    service: Name
    situations: list[Name] | Literal["all"]
    say: str
    need: Name
    note: Sentence | None = None
    cite: Annotated[list[FactRef], Field(min_length=1)]
    confidence: Annotated[Confidence, Field(strict=False)]
    education: list[Name] = []
    embassy: bool = False
    spouse_of_moroccan: bool = False


class DocumentsFile(Spec):
    needs: list[Sentence]
    documents: list[DocumentSpec]


class EntrySpec(Spec):
    id: DottedName
    say: str
    cite: list[FactRef] = []
    unknown: bool = False
    embassy: bool = False
    note: str | None = None


class AnswersSpec(Spec):
    """One file of answers, or one door."""

    service: Name | None = None
    door: Name | None = None
    name: Sentence
    service_type: Name | None = None
    definition: list[EntrySpec]
    steps: list[EntrySpec]
    cost: list[EntrySpec]
    time: list[EntrySpec]
    place: list[EntrySpec]
    documents: list[EntrySpec] = []
    confirm_with: Name | None = None


class NumberSpec(Spec):
    line: Name
    number: str
    name: Sentence
    when: Sentence | None = None
    cite: Annotated[list[FactRef], Field(min_length=1)]
    date: str
