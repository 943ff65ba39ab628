"""answers/*.yaml, doors.yaml, numbers.yaml, needs.yaml, organisations.yaml and sources.yaml as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rules.errors import RulebookError
from rules.model import Citation, TextId
from rules.references import Place, References, distinct, parsed
from rules.rulebook import AnswerEntry, Door, EmergencyLine, Organisation, Topics
from rules.schema import AnswersSpec, EntrySpec, NumberSpec, OrganisationSpec, SourcesFile

DOORS, NEEDS, NUMBERS = "doors.yaml", "needs.yaml", "numbers.yaml"
ORGANISATIONS, SOURCES = "organisations.yaml", "sources.yaml"
TOPICS = ("definition", "steps", "cost", "time", "place")


def entries(raw: Any, key: str, file: str) -> list[Any]:
    """The list under `key`, which is what most files hold."""
    found = raw.get(key) if isinstance(raw, dict) else None
    if not isinstance(found, list):
        raise RulebookError(file, "", f"{key}: a list is needed")
    return found


def citations_of(raw: Any, texts: Mapping[TextId, str]) -> Mapping[str, Citation]:
    spec = parsed(SourcesFile, raw, SOURCES)
    found = {}
    for fact, source in spec.facts.items():
        if source.publisher not in texts:
            raise RulebookError(SOURCES, fact, f"missing text {source.publisher}")
        found[fact] = Citation(fact, TextId(source.publisher), source.url, source.date, source.confidence)
    return found


def organisations_of(raw: Any) -> Mapping[str, Organisation]:
    found: dict[str, Organisation] = {}
    for each in entries(raw, "organisations", ORGANISATIONS):
        spec = parsed(OrganisationSpec, each, ORGANISATIONS, str(each.get("organisation", "")))
        distinct(((ORGANISATIONS, name) for name in (*found, spec.organisation)), "organisation")
        found[spec.organisation] = Organisation(spec.organisation, TextId(spec.name.id), TextId(spec.confirm.id))
    return found


def answers_of(raw: Any, file: str, refer: References) -> tuple[str, Topics]:
    """One file of answers about a service."""
    spec = parsed(AnswersSpec, raw, file)
    if spec.service is None:
        raise RulebookError(file, "", "service: whose answers are these?")
    return spec.service, _topics(spec, Place(file, spec.service, refer))


def doors_of(raw: Any, refer: References) -> tuple[Mapping[str, Door], Mapping[str, Topics]]:
    doors, topics = dict[str, Door](), dict[str, Topics]()
    for each in entries(raw, "doors", DOORS):
        spec = parsed(AnswersSpec, each, DOORS, str(each.get("door", "")) if isinstance(each, dict) else "")
        if spec.door is None or spec.door in doors:
            raise RulebookError(DOORS, spec.door or "", "duplicate door" if spec.door else "door: it has no id")
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
            raise place.wrong(f"missing text: nothing is said about {topic}")
    if spec.confirm_with is None and any(entry.unknown for said in found.values() for entry in said):
        raise place.wrong("confirm_with: who knows what we do not?")
    return Topics(found, place.confirmer(spec.confirm_with) if spec.confirm_with else None)


def _entries(specs: Iterable[EntrySpec], place: Place) -> tuple[AnswerEntry, ...]:
    return tuple(AnswerEntry(TextId(spec.id), place.cite(spec.cite), spec.unknown, spec.embassy) for spec in specs)


def numbers_of(raw: Any, refer: References) -> Mapping[str, EmergencyLine]:
    found: dict[str, EmergencyLine] = {}
    for each in entries(raw, "numbers", NUMBERS):
        spec = parsed(NumberSpec, each, NUMBERS, str(each.get("line", "")) if isinstance(each, dict) else "")
        place = Place(NUMBERS, spec.line, refer)
        if spec.line in found:
            raise place.wrong("duplicate line")
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
        raise RulebookError(NEEDS, "", "needs: a mapping is needed")
    for need, answers in needs.items():
        for answer in answers:
            if answer not in subjects:
                raise RulebookError(NEEDS, need, f"unknown service or door {answer!r}")
    return {need: tuple(answers) for need, answers in needs.items()}
