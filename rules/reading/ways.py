"""changes.yaml and why_not.yaml as values: what leads to yes, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from rules.conditions import ALWAYS, TRUE
from rules.errors import suggestion
from rules.facts import SITUATION, FactId, FactValue
from rules.model import ServiceId
from rules.reading.grammar import BadCondition, Grammar, check_value
from rules.reading.misfits import parsed
from rules.reading.references import Place, distinct
from rules.reading.schema import Conditions, DottedName, FactRef, LineRef, Name, Sentence, SentenceRef, Spec
from rules.reading.services import DOCUMENTS, Ground, paper_of
from rules.rulebook import ServiceRules
from rules.told import Paper
from rules.ways_model import Change, Hurdle, OpenDoor, Ways

CHANGES, WHY_NOT = "changes.yaml", "why_not.yaml"
CHANGEABLE: Mapping[str, FactValue | None] = {
    "situation": None,
    "first_card_from_regularisation": True,
    "age": None,
    "education": None,
    "education_proof": True,
    "declared_employee": False,
    "pays_professional_tax": False,
}
"""What a person can change or time brings, and the only value it can take where there is one. Nationality, family,
fear and what was lived through are nobody's to change."""
AGE = FactId("age")
LEGAL_HELP = frozenset({"legal_clinic", "omdh", "gadem", "association"})


class ChangeSpec(Spec):
    id: DottedName
    say: str | None = None
    text: DottedName | None = None
    start: Conditions = Field(alias="from")
    to: Annotated[dict[Name, str | int | bool], Field(min_length=1)]
    effort: Annotated[int, Field(ge=1, le=9)]
    uncertain: bool = False
    through: Name | None = None
    authorities: bool = False
    help: Name | None = None
    documents: list[DottedName] = Field(default_factory=list)
    time: SentenceRef | None = None
    warnings: list[LineRef] = Field(default_factory=list)
    replaces: list[DottedName] = Field(default_factory=list)
    cite: Annotated[list[FactRef], Field(min_length=1)]
    note: str | None = None


class OpenDoorSpec(Spec):
    service: Name
    when: Conditions | None = None
    said_by: list[DottedName] = Field(default_factory=list)


class ChangesFile(Spec):
    changes: list[ChangeSpec]
    sentences: list[Sentence] = Field(default_factory=list)
    no_way: list[LineRef] = Field(default_factory=list)
    alternatives: list[OpenDoorSpec] = Field(default_factory=list)


class HurdleSpec(Spec):
    id: DottedName | None = None
    say: str | None = None
    text: DottedName | None = None
    fact: Name
    when: Conditions
    services: list[Name] = Field(default_factory=list)
    cite: list[FactRef] = Field(default_factory=list)
    note: str | None = None


class WhyNotFile(Spec):
    hurdles: list[HurdleSpec]
    silent: list[Name] = Field(default_factory=list)


def ways_of(changes: Any, hurdles: Any, ground: Ground, services: Mapping[ServiceId, ServiceRules]) -> Ways:
    """A rule book of before these files has none of it."""
    written = parsed(ChangesFile, changes or {"changes": []}, CHANGES)
    standing = parsed(WhyNotFile, hurdles or {"hurdles": []}, WHY_NOT)
    distinct(((CHANGES, each.id) for each in written.changes), "change")
    grammar = ground.grammar()
    return Ways(
        changes=tuple(_change(each, grammar, ground, services) for each in written.changes),
        no_way=Place(CHANGES, "no_way", ground.refer).lines(grammar, written.no_way),
        alternatives=tuple(_open_door(each, grammar, ground, services) for each in written.alternatives),
        hurdles=tuple(_hurdle(each, grammar, ground, services) for each in standing.hurdles),
        silent=frozenset(_service(each, Place(WHY_NOT, "silent", ground.refer), services) for each in standing.silent),
    )


def _change(spec: ChangeSpec, grammar: Grammar, ground: Ground, services: Mapping[ServiceId, ServiceRules]) -> Change:
    place = Place(CHANGES, spec.id, ground.refer)
    if (spec.say is None) == (spec.text is None):
        raise place.wrong("a change has words of its own, or those of another", remedy="write say: or text:")
    if spec.authorities and spec.help not in LEGAL_HELP:
        remedy = f"name who goes along: {', '.join(sorted(LEGAL_HELP))}"
        raise place.wrong("nobody goes alone to the authorities (F-180)", remedy=remedy, named="authorities")
    change = Change(
        id=spec.id,
        say=place.text(spec.text or spec.id),
        citations=place.cite(spec.cite),
        when=place.condition(grammar, spec.start),
        to={FactId(fact): _value(fact, value, grammar, place) for fact, value in spec.to.items()},
        effort=spec.effort,
        uncertain=spec.uncertain,
        through=_service(spec.through, place, services) if spec.through else None,
        authorities=spec.authorities,
        helps=place.confirmer(spec.help) if spec.help else None,
        papers=tuple(_paper(each, grammar, ground, place) for each in spec.documents),
        warnings=place.lines(grammar, spec.warnings),
        time=place.text(spec.time) if spec.time else None,
        replaces=frozenset(place.text(each) for each in spec.replaces),
    )
    _never_younger(change, grammar, place)
    return change


def _value(fact: str, value: FactValue, grammar: Grammar, place: Place) -> FactValue:
    if fact not in CHANGEABLE:
        raise place.wrong(f"{fact} is nobody’s to change", remedy=suggestion(fact, CHANGEABLE), named=fact)
    only = CHANGEABLE[fact]
    if only is not None and value is not only:
        raise place.wrong(f"{fact} can only become {str(only).lower()}", remedy="correct it", named=fact)
    try:
        check_value(grammar.facts[FactId(fact)], value)
    except BadCondition as error:
        raise place.wrong(str(error), remedy=error.remedy, named=value) from error
    if fact == SITUATION and value not in grammar.rows:
        raise place.wrong(f"{value} is a kind of paper", remedy="name the paper itself", named=value)
    return value


def _never_younger(change: Change, grammar: Grammar, place: Place) -> None:
    age = change.to.get(AGE)
    if isinstance(age, int):
        highest = grammar.facts[AGE].maximum or age
        if any(change.when.given({AGE: older}) & TRUE for older in range(age, highest + 1)):
            remedy = f"write age: {{below: {age}}} under from"
            raise place.wrong("nobody grows younger", remedy=remedy, named="age")


def _paper(document: str, grammar: Grammar, ground: Ground, place: Place) -> Paper:
    for spec in ground.papers:
        if spec.id == document:
            return paper_of(spec, grammar, ground)
    known = [spec.id for spec in ground.papers]
    remedy = suggestion(document, known, f"add it to {DOCUMENTS}")
    raise place.wrong(f"unknown document {document}", remedy=remedy, named=document)


def _service(name: str, place: Place, services: Mapping[ServiceId, ServiceRules]) -> ServiceId:
    if name not in services:
        raise place.wrong(f"unknown service {name!r}", remedy=suggestion(name, services), named=name)
    return ServiceId(name)


def _open_door(
    spec: OpenDoorSpec, grammar: Grammar, ground: Ground, services: Mapping[ServiceId, ServiceRules]
) -> OpenDoor:
    place = Place(CHANGES, spec.service, ground.refer)
    said_by = frozenset(place.text(each) for each in spec.said_by)
    when = place.condition(grammar, spec.when) if spec.when else ALWAYS
    return OpenDoor(_service(spec.service, place, services), said_by, when)


def _hurdle(spec: HurdleSpec, grammar: Grammar, ground: Ground, services: Mapping[ServiceId, ServiceRules]) -> Hurdle:
    place = Place(WHY_NOT, spec.text or spec.id or spec.fact, ground.refer)
    place.cite(spec.cite)
    when = place.condition(grammar, spec.when)
    if FactId(spec.fact) not in when.reads():
        raise place.wrong(f"its condition does not read {spec.fact}", remedy="correct fact, or when", named=spec.fact)
    named = frozenset(_service(each, place, services) for each in spec.services)
    return Hurdle(place.text(spec.text or spec.id or ""), FactId(spec.fact), when, named)
