"""What must hold of the book as a whole: its questions and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from rules.facts import FactId
from rules.proof.claims import Case
from rules.proof.findings import Finding
from rules.proof.tables import told_apart_by_campaign
from rules.rulebook import Rulebook

type Words = Mapping[str, Mapping[str, str]]
"""For each language, the English of each sentence that it has a translation of."""


def facts_that_move(case: Case) -> frozenset[FactId]:
    """Facts in which two people differ, and in nothing else, and get answers of different classes."""
    plain, *_ = case.tables
    return plain.moved(reduce(or_, plain.cells, 0)) | told_apart_by_campaign(case.space)


def every_question_is_useful(rulebook: Rulebook, moving: Iterable[FactId]) -> Iterator[Finding]:
    useful = set(moving)
    for fact, definition in rulebook.facts.items():
        if fact not in useful and not definition.for_places:
            problem, remedy = "no answer to it moves any verdict", "remove it, or say for_places: true"
            yield Finding("every question useful", "facts.yaml", fact, problem, remedy)


def every_sentence_is_in_every_language(rulebook: Rulebook, words: Words) -> Iterator[Finding]:
    for language, translated in words.items():
        for text, say in rulebook.texts.items():
            if translated.get(text) != say:
                problem = "its translation is of an older sentence" if text in translated else "no translation"
                remedy = f"translate it in locales/{language}"
                yield Finding("three languages", language, text, problem, remedy)
