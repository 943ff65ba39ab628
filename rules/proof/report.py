"""The proof as it is read in a terminal: how far it is, how many people it met, what it found."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from rules.proof.book_claims import every_question_is_useful, every_sentence_is_in_every_language
from rules.proof.claims import Case
from rules.proof.findings import Finding
from rules.proof.prove import parts_of, prove
from rules.proof.words import read_words
from rules.rulebook import Rulebook

CLAIMS = (
    "exactly one verdict",
    "undetermined exactly",
    "no rule unreachable",
    "no rule shadowed",
    "no undeclared precedence",
    "every question useful",
    "every verdict cited",
    "no yes on low confidence",
    "safety always wins",
    "three languages",
)
WIDTH = 40
SHOWN = 20
"""Findings of one claim; more of them have one cause."""


@dataclass(frozen=True)
class Asked:
    """Which book is to be proved, for which day, and which of its services."""

    folder: Path
    on: date
    services: Collection[str]


def proved(rulebook: Rulebook, asked: Asked, *, locales: Path, jobs: int) -> int:
    """Prints the proof and returns how the command ends: 0 where every claim holds."""
    began = perf_counter()
    parts = [part for part in parts_of(rulebook, asked.on) if part.service in asked.services]
    done = prove(asked.folder, parts, jobs, _bar)
    findings = [finding for each in done for finding in each.findings]
    if rulebook.services.keys() <= set(asked.services):
        findings += every_question_is_useful(rulebook, (fact for each in done for fact in each.moving))
    findings += every_sentence_is_in_every_language(rulebook, read_words(locales))
    sys.stderr.write("\n")
    lines = [
        *_sizes(rulebook, asked),
        *_outcome(findings),
        f"proved in {perf_counter() - began:.1f} s on {jobs} processors",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if findings else 0


def _bar(done: int, of: int) -> None:
    filled = WIDTH * done // of
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}")
    sys.stderr.flush()


def _sizes(rulebook: Rulebook, asked: Asked) -> Iterator[str]:
    yield f"{'people told apart':38}{'all answered or declined':>26}{'some facts unknown':>22}"
    asked_of = (service for name, service in rulebook.services.items() if name in asked.services)
    spaces = [Case(rulebook, service, asked.on).space for service in asked_of]
    for space in spaces:
        yield f"  {space.service.service:36}{space.size:26,}{space.size_with_unknown:22,}"
    yield f"  {'in all':36}{sum(s.size for s in spaces):26,}{sum(s.size_with_unknown for s in spaces):22,}"


def _outcome(findings: Iterable[Finding]) -> Iterator[str]:
    found = list(dict.fromkeys(findings))
    counts = Counter(finding.claim for finding in found)
    for claim in CLAIMS:
        yield f"{'FAILS' if counts[claim] else 'holds'}  {claim}"
        told = [finding for finding in found if finding.claim == claim]
        yield from (f"  {finding}" for finding in told[:SHOWN])
        if len(told) > SHOWN:
            yield f"  and {len(told) - SHOWN} more"
