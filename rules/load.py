"""From rules/book to a Rulebook, or to an error that names file, rule and reason. Nothing half-loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rules.build_answers import (
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
from rules.build_facts import (
    CONTRADICTIONS,
    FACTS,
    SITUATIONS,
    contradictions_of,
    facts_of,
    groups_of,
    situations_of,
    unasked_of,
)
from rules.build_services import DOCUMENTS, Ground, check_cells, service_of
from rules.errors import RulebookError
from rules.explain import DEPENDS, NOT_IN_FORCE, PAPER_MATTERS, READ_TOGETHER
from rules.files import Files, hash_of, read_files, texts_of
from rules.grammar import Grammar
from rules.model import ServiceId
from rules.references import Place, References, distinct, parsed
from rules.rulebook import Rulebook, ServiceRules, Topics
from rules.schema import DocumentsFile, FactsFile, SituationsFile

__all__ = ["BOOK", "RulebookError", "load_rulebook"]

BOOK = Path(__file__).parent / "book"
NEEDED = (FACTS, SITUATIONS, CONTRADICTIONS, ORGANISATIONS, SOURCES, DOCUMENTS, DOORS, NEEDS, NUMBERS)


def load_rulebook(folder: Path = BOOK) -> Rulebook:
    files = read_files(folder)
    for file in NEEDED:
        if file not in files:
            raise RulebookError(file, "", "missing file")
    texts = texts_of(files)
    refer = References(texts, citations_of(files[SOURCES], texts), organisations_of(files[ORGANISATIONS]))
    for sentence in (DEPENDS, NOT_IN_FORCE, PAPER_MATTERS, READ_TOGETHER):
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
            raise RulebookError(DOCUMENTS, document.id, f"unknown need {document.need!r}")
    grammar = Grammar(facts, rows, groups)
    return Ground(
        facts=facts,
        situations=situations,
        groups=groups,
        spec=spec,
        unasked_when=unasked_of(told, grammar, refer),
        contradictions=contradictions_of(files[CONTRADICTIONS], grammar, refer),
        papers=tuple(documents.documents),
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
            raise RulebookError(file, service.service, "duplicate service")
        check_cells(service, rows, file)
        found[service.service] = service
    if missing := set(ground.spec.services) ^ set(found):
        raise RulebookError(SITUATIONS, min(missing), "services: each service is listed once and has its file")
    for overlay in ground.spec.overlays:
        if overlay.services != "all" and (unknown := set(overlay.services) - set(found)):
            raise RulebookError(SITUATIONS, overlay.overlay, f"unknown service {min(unknown)!r}")
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
            raise RulebookError(f"answers/{service}.yaml", service, "missing text: nothing answers about it")
    return found
