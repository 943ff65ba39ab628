"""From rules/book to a Rulebook, or to an error that names file, rule and reason. Nothing half-loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rules.errors import RulebookError, suggestion
from rules.explain import DEPENDS, NOT_IN_FORCE, PAPER_MATTERS, READ_TOGETHER
from rules.model import ServiceId
from rules.reading.answers import (
    DOORS,
    NEEDS,
    NUMBERS,
    ORGANISATIONS,
    SOURCES,
    answers_of,
    citations_of,
    doors_of,
    needs_of,
    numbers_of,
    organisations_of,
)
from rules.reading.facts import (
    CONTRADICTIONS,
    FACTS,
    SITUATIONS,
    contradictions_of,
    facts_of,
    groups_of,
    situations_of,
    unasked_of,
)
from rules.reading.files import Files, hash_of, read_files, texts_of
from rules.reading.grammar import Grammar
from rules.reading.lines import located
from rules.reading.misfits import parsed
from rules.reading.population import POPULATION, population_of
from rules.reading.promises import PROMISES, promises_of
from rules.reading.references import Place, References, distinct
from rules.reading.review import REVIEW, months_of
from rules.reading.schema import DocumentsFile, FactsFile, SituationsFile
from rules.reading.services import DOCUMENTS, Ground, check_cells, service_of
from rules.reading.ways import CHANGES, WHY_NOT, ways_of
from rules.review import CALL_FIRST
from rules.rulebook import Rulebook, ServiceRules, Topics

__all__ = ["BOOK", "RulebookError", "load_rulebook"]

BOOK = Path(__file__).parent / "book"
NEEDED = (FACTS, SITUATIONS, CONTRADICTIONS, ORGANISATIONS, SOURCES, DOCUMENTS, DOORS, NEEDS, NUMBERS)


def load_rulebook(folder: Path = BOOK) -> Rulebook:
    files = read_files(folder)
    try:
        return _built(files, folder)
    except RulebookError as error:
        raise located(folder, error) from error


def _built(files: Files, folder: Path) -> Rulebook:
    for file in NEEDED:
        if file not in files:
            raise RulebookError(file, "", "missing file", remedy="every rule book has one")
    texts = texts_of(files)
    refer = References(texts, citations_of(files[SOURCES], texts), organisations_of(files[ORGANISATIONS]))
    for sentence in (DEPENDS, NOT_IN_FORCE, PAPER_MATTERS, READ_TOGETHER, *((CALL_FIRST,) if REVIEW in files else ())):
        Place("sentences.yaml", sentence, refer).text(sentence)
    ground = _ground(files, refer)
    services = _services(files, ground)
    doors, door_topics = doors_of(files[DOORS], refer)
    topics = {**_answers(files, services, refer), **door_topics}
    return Rulebook(
        version=ground.spec.version,
        hash=hash_of(folder),
        services=services,
        facts=ground.facts,
        situations=ground.situations,
        unasked_when=ground.unasked_when,
        contradictions=ground.contradictions,
        needs=needs_of(files[NEEDS], frozenset(topics)),
        doors=doors,
        topics=topics,
        numbers=numbers_of(files[NUMBERS], refer),
        organisations=refer.organisations,
        texts=texts,
        citations=refer.citations,
        promises=promises_of(files.get(PROMISES), ground.grammar(), frozenset(services), refer),
        population=population_of(files.get(POPULATION), ground),
        ways=ways_of(files.get(CHANGES), files.get(WHY_NOT), ground, services),
    )


def _ground(files: Files, refer: References) -> Ground:
    spec = parsed(SituationsFile, files[SITUATIONS], SITUATIONS)
    situations = situations_of(spec, refer)
    groups = groups_of(spec)
    told = parsed(FactsFile, files[FACTS], FACTS)
    facts = facts_of(told, situations, refer)
    rows = frozenset(situation.id for situation in situations.values() if not situation.rows)
    documents = parsed(DocumentsFile, files[DOCUMENTS], DOCUMENTS)
    needs = {need.id.removeprefix("need.") for need in documents.needs}
    for document in documents.documents:
        if document.need not in needs:
            reason, remedy = f"unknown need {document.need!r}", suggestion(document.need, needs)
            raise RulebookError(DOCUMENTS, document.id, reason, remedy=remedy, named=document.need)
    grammar = Grammar(facts, rows, groups)
    return Ground(
        facts=facts,
        situations=situations,
        groups=groups,
        spec=spec,
        unasked_when=unasked_of(told, grammar, refer),
        contradictions=contradictions_of(files[CONTRADICTIONS], grammar, refer),
        papers=tuple(documents.documents),
        months=months_of(files.get(REVIEW)),
        refer=refer,
    )


def _services(files: Files, ground: Ground) -> Mapping[ServiceId, ServiceRules]:
    found: dict[str, ServiceRules] = {}
    rows = tuple(situation.id for situation in ground.situations.values() if not situation.rows)
    for file, content in files.items():
        if not file.startswith("services/"):
            continue
        service = service_of(content, file, ground)
        if service.service in found:
            remedy = "keep one file for each service"
            raise RulebookError(file, service.service, "duplicate service", remedy=remedy)
        check_cells(service, rows, file)
        found[service.service] = service
    if missing := set(ground.spec.services) ^ set(found):
        name, reason = min(missing), "services: each service is listed once and has its file"
        remedy = (
            "list it in situations.yaml" if name in found else f"write services/{name}.yaml, or take it off the list"
        )
        raise RulebookError(SITUATIONS, name, reason, remedy=remedy, named=name)
    for overlay in ground.spec.overlays:
        if overlay.services != "all" and (unknown := set(overlay.services) - set(found)):
            name = min(unknown)
            remedy = suggestion(name, found)
            raise RulebookError(SITUATIONS, overlay.overlay, f"unknown service {name!r}", remedy=remedy, named=name)
    return {ServiceId(service): found[service] for service in ground.spec.services}


def _answers(files: Files, services: Mapping[ServiceId, ServiceRules], refer: References) -> Mapping[str, Topics]:
    found: dict[str, Topics] = {}
    for file, content in files.items():
        if file.startswith("answers/"):
            subject, topics = answers_of(content, file, refer)
            distinct(((file, name) for name in (*found, subject)), "answers")
            found[subject] = topics
    for service in services:
        if service not in found:
            reason = "missing text: nothing answers about it"
            raise RulebookError(f"answers/{service}.yaml", service, reason, remedy="write this file")
    return found
