"""answers/*.yaml, doors.yaml, numbers.yaml, needs.yaml, organisations.yaml and sources.yaml as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rules.errors import RulebookError, suggestion
from rules.model import Citation, TextId
from rules.reading.misfits import parsed
from rules.reading.references import Place, References, distinct
from rules.reading.schema import AnswersSpec, EntrySpec, NumberSpec, OrganisationSpec, SourcesFile
from rules.rulebook import AnswerEntry, Door, EmergencyLine, Organisation, Topics

DOORS, NEEDS, NUMBERS = "doors.yaml", "needs.yaml", "numbers.yaml"
ORGANISATIONS, SOURCES = "organisations.yaml", "sources.yaml"
TOPICS = ("definition", "steps", "cost", "time", "place")


def entries(raw: Any, key: str, file: str) -> list[Any]:
    """The list under `key`, which is what most files hold."""
    found = raw.get(key) if isinstance(raw, dict) else None
    if not isinstance(found, list):
        raise RulebookError(file, "", f"{key}: a list is needed", remedy=f"begin the file with {key}: and a list")
    return found


def citations_of(raw: Any, texts: Mapping[TextId, str]) -> Mapping[str, Citation]:
    spec = parsed(SourcesFile, raw, SOURCES)
    found = {}
    for fact, source in spec.facts.items():
        if source.publisher not in texts:
            remedy = suggestion(source.publisher, texts, "add it under publishers:")
            raise RulebookError(
                SOURCES, fact, f"missing text {source.publisher}", remedy=remedy, named=source.publisher
            )
        found[fact] = Citation(fact, TextId(source.publisher), source.url, source.date, source.confidence)
    return found


def organisations_of(raw: Any) -> Mapping[str, Organisation]:
    found: dict[str, Organisation] = {}
    for each in entries(raw, "organisations", ORGANISATIONS):
        spec = parsed(OrganisationSpec, each, ORGANISATIONS)
        distinct(((ORGANISATIONS, name) for name in (*found, spec.organisation)), "organisation")
        found[spec.organisation] = Organisation(spec.organisation, TextId(spec.name.id), TextId(spec.confirm.id))
    return found


def answers_of(raw: Any, file: str, refer: References) -> tuple[str, Topics]:
    """One file of answers about a service."""
    spec = parsed(AnswersSpec, raw, file)
    if spec.service is None:
        raise RulebookError(file, "", "service: whose answers are these?", remedy="add service: and its id")
    return spec.service, _topics(spec, Place(file, spec.service, refer))


def doors_of(raw: Any, refer: References) -> tuple[Mapping[str, Door], Mapping[str, Topics]]:
    doors, topics = dict[str, Door](), dict[str, Topics]()
    for each in entries(raw, "doors", DOORS):
        spec = parsed(AnswersSpec, each, DOORS)
        if spec.door is None:
            raise RulebookError(DOORS, "", "door: it has no id", remedy="add door: and an id", named=spec.name.id)
        distinct(((DOORS, name) for name in (*doors, spec.door)), "door")
        place = Place(DOORS, spec.door, refer)
        doors[spec.door] = Door(
            spec.door, place.text(f"door.{spec.door}"), spec.service_type, _entries(spec.documents, place)
        )
        topics[spec.door] = _topics(spec, place)
    return doors, topics


def _topics(spec: AnswersSpec, place: Place) -> Topics:
    found = {topic: _entries(getattr(spec, topic), place) for topic in TOPICS}
    for topic, said in found.items():
        if not said:
            remedy = "write at least one sentence; unknown: true where we do not know"
            raise place.wrong(f"missing text: nothing is said about {topic}", remedy=remedy, named=topic)
    if spec.confirm_with is None and any(entry.unknown for said in found.values() for entry in said):
        raise place.wrong("confirm_with: who knows what we do not?", remedy="name an organisation")
    return Topics(found, place.confirmer(spec.confirm_with) if spec.confirm_with else None)


def _entries(specs: Iterable[EntrySpec], place: Place) -> tuple[AnswerEntry, ...]:
    return tuple(AnswerEntry(TextId(spec.id), place.cite(spec.cite), spec.unknown, spec.embassy) for spec in specs)


def numbers_of(raw: Any, refer: References) -> Mapping[str, EmergencyLine]:
    found: dict[str, EmergencyLine] = {}
    for each in entries(raw, "numbers", NUMBERS):
        spec = parsed(NumberSpec, each, NUMBERS)
        place = Place(NUMBERS, spec.line, refer)
        distinct(((NUMBERS, name) for name in (*found, spec.line)), "line")
        found[spec.line] = EmergencyLine(
            id=spec.line,
            number=spec.number,
            name=TextId(spec.name.id),
            when=TextId(spec.when.id) if spec.when else None,
            citations=place.cite(spec.cite),
            date=spec.date,
        )
    return found


def needs_of(raw: Any, subjects: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    needs = raw.get("needs") if isinstance(raw, dict) else None
    if not isinstance(needs, dict):
        raise RulebookError(NEEDS, "", "needs: a mapping is needed", remedy="write need_x: [service, door]")
    for need, answers in needs.items():
        if not isinstance(answers, list):
            raise RulebookError(NEEDS, need, "a list is needed", remedy=f"write {need}: [service, door]", named=need)
        for answer in answers:
            if answer not in subjects:
                remedy = suggestion(answer, subjects)
                raise RulebookError(
                    NEEDS, need, f"unknown service or door {answer!r}", remedy=remedy, named=str(answer)
                )
    return {need: tuple(answers) for need, answers in needs.items()}
