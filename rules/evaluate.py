"""May this person use this service? Facts in, decision out; nothing else is read.

Facts that are unknown but not declined are tried in every way they may turn out. When all ways end in the same
class (yes, no, not settled) the decision is the one with those facts left open; else it is undetermined and
names exactly the facts that make the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.conditions import Known
from rules.explain import DEPENDS, cited, decision_of, in_common, not_told_apart, out_of_force, papers, unique
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.model import Decision, Reason, RuleId, ServiceId, Status
from rules.papers import NOT_SAID, as_read, can_narrow, rows_of
from rules.reach import BEST_FIRST, Course, Reach, may_speak, reach
from rules.rulebook import Rule, Rulebook, ServiceRules

MEMORY = 1 << 15
"""Decisions kept: each depends only on the rule book, the facts its rules read, and the day."""


def evaluate(rulebook: Rulebook, service: ServiceId, facts: Facts, *, on: date) -> Decision:
    about = facts.about(*rulebook.services[service].reads)
    return _decide(rulebook, service, about, can_narrow(rulebook, facts), on)


def evaluate_all(rulebook: Rulebook, services: Iterable[ServiceId], facts: Facts, *, on: date) -> tuple[Decision, ...]:
    return tuple(evaluate(rulebook, service, facts, on=on) for service in services)


@dataclass(frozen=True)
class _Case:
    """One person before one service."""

    rulebook: Rulebook
    service: ServiceRules
    rules: tuple[Rule, ...]
    known: dict[FactId, FactValue | None]
    rows: tuple[str, ...]
    narrowing: bool


@lru_cache(maxsize=MEMORY)
def _decide(rulebook: Rulebook, service_id: ServiceId, facts: Facts, narrowing: bool, on: date) -> Decision:
    service = rulebook.services[service_id]
    known, rows = as_read(rulebook, service, facts), rows_of(rulebook, facts)
    if rows:
        del known[SITUATION]
    case = _Case(
        rulebook=rulebook,
        service=service,
        rules=tuple(rule for rule in service.rules if rule.is_in_force(on)),
        known=known,
        rows=rows,
        narrowing=narrowing,
    )
    reached = reach(_course(case), case.rules, known)
    return _settled(case) if reached.settled else _undetermined(case, reached)


def _course(case: _Case) -> Course:
    several = bool(case.rows) and not case.narrowing
    values = case.service.values
    return Course(
        values={**values, SITUATION: case.rows} if case.rows else values,
        order=case.rulebook.order,
        worlds=tuple({SITUATION: row} for row in case.rows) if several else ({},),
        combine=_common,
        clashes=case.rulebook.clashes,
    )


def _common(statuses: frozenset[Status]) -> Status:
    return next(iter(statuses)) if len(statuses) == 1 else Status.UNCERTAIN


def _settled(case: _Case) -> Decision:
    decisions = tuple(_decision(case, world) for world in _worlds(case))
    statuses = {decision.status for decision in decisions}
    if len(statuses) > 1 and not case.narrowing:
        return not_told_apart(case.service, decisions)
    return in_common(case.service, decisions, max(statuses, key=BEST_FIRST.index), for_all=_for_all(case, decisions))


def _for_all(case: _Case, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Without those of rows under international protection, where others are possible: their way is their own."""
    rows = zip(case.rows, decisions, strict=False)
    others = tuple(decision for row, decision in rows if not case.rulebook.situations[row].protected)
    return others or decisions


def _worlds(case: _Case) -> tuple[Known, ...]:
    """What is known with everything open declined, once for each row it may be."""
    closed: Known = {**dict.fromkeys(case.service.reads), **case.known}
    rows: tuple[FactValue | None, ...] = case.rows or (closed.get(SITUATION) or NOT_SAID,)
    return tuple({**closed, SITUATION: row} for row in rows)


def _decision(case: _Case, facts: Known) -> Decision:
    speaking = may_speak(case.rules, facts)
    if speaking:
        return decision_of(case.service, speaking[0], facts)
    return out_of_force(case.service, may_speak(case.service.rules, facts)[0])


def _undetermined(case: _Case, reached: Reach) -> Decision:
    decisions = tuple(_decision(case, world) for world in _worlds(case))
    shared = set(papers(case.service, _worlds(case)[0]))
    shared.intersection_update(*(papers(case.service, world) for world in _worlds(case)))
    return Decision(
        service=case.service.service,
        status=Status.UNDETERMINED,
        because=(Reason(RuleId(f"{case.service.service}.undetermined"), DEPENDS, cited(decisions)),),
        documents=tuple(paper.document for paper in case.service.papers if paper.document in shared),
        missing=tuple(sorted(reached.moving, key=case.rulebook.order.__getitem__)),
        if_met=reached.best,
        warnings=unique(text for decision in decisions for text in decision.warnings),
        proposable=all(decision.proposable for decision in decisions),
    )
