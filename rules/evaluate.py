"""May this person use this service? Facts in, decision out; nothing else is read.

Facts that are unknown but not declined are tried in every way they may turn out. When all ways end in the same
class (yes, no, not settled) the decision is the one with those facts left open; else it is undetermined and
names exactly the facts that make the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import cycle

from rules.compiled.kinds import Cell
from rules.compiled.program import Program, compiled
from rules.compiled.reach import BEST_FIRST, Reach
from rules.conditions import Known
from rules.explain import DEPENDS, cited, in_common, not_told_apart, unique
from rules.facts import SITUATION, Facts
from rules.model import Decision, Document, Reason, RuleId, ServiceId, Status
from rules.papers import NOT_SAID, can_narrow, rows_of
from rules.review import as_checked
from rules.rulebook import Rulebook

MEMORY = 32_768
"""Decisions kept: each is the same for all the people of a cell."""


def evaluate(rulebook: Rulebook, service: ServiceId, facts: Facts, *, on: date) -> Decision:
    return evaluate_all(rulebook, (service,), facts, on=on)[0]


def evaluate_all(rulebook: Rulebook, services: Iterable[ServiceId], facts: Facts, *, on: date) -> tuple[Decision, ...]:
    narrowing = can_narrow(rulebook, facts)
    book = compiled(rulebook)
    programs = [book[service].on(on) for service in services]
    return tuple([as_checked(_decide(program, program.cell(facts), narrowing), on) for program in programs])


@lru_cache(maxsize=MEMORY)
def _decide(program: Program, cell: Cell, narrowing: bool) -> Decision:
    known = program.as_read(cell)
    rows = rows_of(program.rulebook, known)
    if rows:
        del known[SITUATION]
    worlds = [program.closed(known, row) for row in rows or (known.get(SITUATION, NOT_SAID),)]
    start = program.list.after(program.list.start, known)
    several = rows and not narrowing
    states = tuple([program.list.after(start, {SITUATION: row}) for row in rows]) if several else (start,)
    decisions = tuple([program.decision(state, facts) for state, facts in zip(cycle(states), worlds)])
    reached = program.course(rows).reach(states, known)
    if not reached.settled:
        return _undetermined(program, reached, _different(decisions), _in_all(program, worlds))
    return _settled(program, rows, decisions, narrowing=narrowing) if rows else decisions[0]


def _settled(program: Program, rows: tuple[str, ...], decisions: tuple[Decision, ...], *, narrowing: bool) -> Decision:
    different = _different(decisions)
    statuses = {decision.status for decision in different}
    if len(statuses) > 1 and not narrowing:
        return not_told_apart(program.service, different)
    # Next steps of rows under international protection are their own way, not that of the others.
    situations = program.rulebook.situations
    others = tuple(decision for row, decision in zip(rows, decisions, strict=True) if not situations[row].protected)
    return in_common(program.service, different, max(statuses, key=BEST_FIRST.index), for_all=others or decisions)


def _different(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Each once: rows that are told the same share one decision."""
    return tuple({id(decision): decision for decision in decisions}.values())


def _undetermined(
    program: Program, reached: Reach, decisions: tuple[Decision, ...], documents: tuple[Document, ...]
) -> Decision:
    service = program.service.service
    return Decision(
        service=service,
        status=Status.UNDETERMINED,
        because=(Reason(RuleId(f"{service}.undetermined"), DEPENDS, cited(decisions)),),
        documents=documents,
        missing=tuple(sorted(reached.moving, key=program.rulebook.order.__getitem__)),
        if_met=reached.best,
        warnings=unique(text for decision in decisions for text in decision.warnings),
        proposable=all(decision.proposable for decision in decisions),
    )


def _in_all(program: Program, worlds: list[Known]) -> tuple[Document, ...]:
    """The papers to bring whatever the row, also where a rule says no."""
    first, *others = (program.papers(world) for world in worlds)
    return tuple(document for document in first if all(document in other for other in others))
