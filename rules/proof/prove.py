"""All claims over the whole book, service by service and on several processors."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from rules.facts import FactId
from rules.load import load_rulebook
from rules.model import ServiceId
from rules.proof.agreement import engine_follows_the_rules, engine_waits_for_what_matters
from rules.proof.book_claims import facts_that_move
from rules.proof.claims import CLAIMS, Case
from rules.proof.findings import Finding
from rules.rulebook import Rulebook, ServiceRules

PEOPLE_A_PART = 10_000


@dataclass(frozen=True)
class Part:
    """A share of what is to be proved of one service on one day."""

    service: ServiceId
    on: date
    part: int
    parts: int


@dataclass(frozen=True)
class Proved:
    part: Part
    findings: tuple[Finding, ...]
    moving: frozenset[FactId]


type Told = Callable[[int, int], None]
"""How many parts are done, of how many."""


def days_of(service: ServiceRules, on: date) -> tuple[date, ...]:
    """The day itself, and each later one on which other rules are in force."""
    begins = {rule.in_force_from for rule in service.rules}
    ends = {rule.in_force_to + timedelta(days=1) for rule in service.rules if rule.in_force_to}
    return (on, *sorted(day for day in begins | ends if day > on))


def parts_of(rulebook: Rulebook, on: date) -> Iterator[Part]:
    for name, service in rulebook.services.items():
        for day in days_of(service, on):
            parts = 1 + Case(rulebook, service, day).space.size // PEOPLE_A_PART
            yield from (Part(name, day, part, parts) for part in range(parts))


def prove_part(rulebook: Rulebook, part: Part) -> Proved:
    case = _case(rulebook, part.service, part.on)
    findings = [finding for claim in CLAIMS if part.part == 0 for finding in claim(case)]
    if 0 not in case.met:  # Where nobody speaks for someone there is nothing to follow yet.
        findings += engine_follows_the_rules(case, part.part, part.parts)
        findings += engine_waits_for_what_matters(case, part.part, part.parts)
    moving = facts_that_move(case) if part.part == 0 else frozenset[FactId]()
    return Proved(part, tuple(findings), moving)


@lru_cache(maxsize=1)
def _case(rulebook: Rulebook, service: ServiceId, on: date) -> Case:
    """Kept from one part to the next: its truth table is what costs."""
    return Case(rulebook, rulebook.services[service], on)


def prove(folder: Path, parts: Iterable[Part], jobs: int, told: Told) -> tuple[Proved, ...]:
    """The largest services first, so that no processor waits for the last one."""
    waiting = sorted(parts, key=lambda part: -part.parts)
    found: list[Proved] = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_open, initargs=(folder,)) as pool:
        for done in as_completed([pool.submit(_prove_here, part) for part in waiting]):
            found.append(done.result())
            told(len(found), len(waiting))
    return tuple(found)


_HERE: list[Rulebook] = []


def _open(folder: Path) -> None:
    _HERE.append(load_rulebook(folder))


def _prove_here(part: Part) -> Proved:
    return prove_part(_HERE[0], part)
