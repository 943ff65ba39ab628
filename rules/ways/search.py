"""The way to yes: the changes with the least effort after which the service is open, in order; or that there is none.

Best-first over what the person tells: each step is a declared change whose condition holds, each state is decided by
`evaluate`. What was not told counts as declined, so it turns into the conditions that are left.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from heapq import heappop, heappush

from rules.admit import contradictions
from rules.conditions import holds
from rules.evaluate import evaluate
from rules.facts import FactId, Facts
from rules.model import Decision, ServiceId, Status
from rules.rulebook import Rulebook
from rules.ways.told import NoWay, Open, Step, Way, step_of
from rules.ways_model import Change

YES = frozenset({Status.ELIGIBLE, Status.CONDITIONAL})
SETTLED_OTHERWISE = frozenset({Status.NOT_ELIGIBLE, Status.UNCERTAIN})
LONGEST = 4
"""Changes in a way: further ahead nobody can plan."""
UNCERTAIN_COSTS = 3
"""What others decide is worth this much more effort."""
MOST_ALTERNATIVES = 3
MEMORY = 1 << 13

type Cost = tuple[int, int, tuple[int, ...]]
"""Effort, number of changes, and their places in the book: two ways are never equal."""


def way_to_yes(rulebook: Rulebook, service: ServiceId, facts: Facts, *, on: date) -> Way | NoWay | None:
    """None where the answer is yes already or waits for an answer, and for the doors of safety: nobody is led there."""
    decision = evaluate(rulebook, service, facts, on=on)
    if decision.status not in SETTLED_OTHERWISE or rulebook.services[service].door_of:
        return None
    key = _key(rulebook, service)
    found = _search(rulebook, service, _closed(rulebook, facts.about(*key)), on)
    others = alternatives(rulebook, service, facts, on=on)
    if found is None:
        helps = decision.confirm_with or rulebook.services[service].confirm_with
        told = _closed(rulebook, facts)
        return NoWay(service, others, helps, tuple(line.say for line in rulebook.ways.no_way if holds(line.when, told)))
    steps, reached = found
    return Way(service, steps, reached, others)


def alternatives(rulebook: Rulebook, service: ServiceId, facts: Facts, *, on: date) -> tuple[Open, ...]:
    """What is open today instead: services of the same need first, then the doors that most people have."""
    needs = (each for need in rulebook.needs.values() if service in need for each in need)
    told = _closed(rulebook, facts)
    doors = {each.service: each for each in rulebook.ways.alternatives if holds(each.when, told)}
    near = dict.fromkeys(each for each in (*needs, *doors) if each != service)
    found = []
    for each in (ServiceId(name) for name in near if name in rulebook.services):
        if rulebook.services[each].door_of:
            continue
        decision = evaluate(rulebook, each, told, on=on)
        if decision.status in YES and decision.proposable:
            found.append(Open(each, decision.status, doors[each].said_by if each in doors else frozenset()))
    return tuple(found[:MOST_ALTERNATIVES])


def effort_of(change: Change) -> int:
    return change.effort + (UNCERTAIN_COSTS if change.uncertain else 0)


def _closed(rulebook: Rulebook, facts: Facts) -> Facts:
    """With everything that was not told declined."""
    return Facts({**dict.fromkeys(rulebook.facts), **facts})


@lru_cache(maxsize=64)
def _relevant(rulebook: Rulebook, service: ServiceId) -> tuple[tuple[int, Change], ...]:
    """The changes that can matter: those that set what its rules read, or what makes such a change possible."""
    facts, found = set(rulebook.services[service].deciding), dict[int, Change]()
    while True:
        new = {
            place: change
            for place, change in enumerate(rulebook.ways.changes)
            if place not in found and facts & set(change.to)
        }
        if not new:
            return tuple(sorted(found.items()))
        found |= new
        for change in new.values():
            facts |= change.when.reads() | (rulebook.services[change.through].deciding if change.through else set())


@lru_cache(maxsize=64)
def _key(rulebook: Rulebook, service: ServiceId) -> tuple[FactId, ...]:
    """Every fact that can make a difference to the way, or to how it is told."""
    facts = set(rulebook.services[service].reads)
    for _, change in _relevant(rulebook, service):
        facts |= change.reads | (rulebook.services[change.through].reads if change.through else set())
    clashing = (clash.when.reads() for clash in rulebook.contradictions)
    facts = facts.union(*(each for each in clashing if each & facts))
    return tuple(fact for fact in rulebook.facts if fact in facts)


@lru_cache(maxsize=MEMORY)
def _search(rulebook: Rulebook, service: ServiceId, start: Facts, on: date) -> tuple[tuple[Step, ...], Decision] | None:
    changes = _relevant(rulebook, service)
    ahead: list[tuple[Cost, Facts]] = [((0, 0, ()), start)]
    shortest: dict[Facts, int] = {}
    while ahead:
        (effort, length, path), facts = heappop(ahead)
        if shortest.get(facts, LONGEST + 1) <= length:
            continue
        shortest[facts] = length
        decision = evaluate(rulebook, service, facts, on=on)
        if path and decision.status in YES and decision.proposable:
            return _told(rulebook, path, start), decision
        if length == LONGEST:
            continue
        for place, change in changes:
            if is_possible(rulebook, change, facts, on=on):
                heappush(ahead, ((effort + effort_of(change), length + 1, (*path, place)), changed(facts, change)))
    return None


def changed(facts: Facts, change: Change) -> Facts:
    return Facts({**facts, **change.to})


def is_possible(rulebook: Rulebook, change: Change, facts: Facts, *, on: date) -> bool:
    """Whether the person can do it now: it is theirs to do, its service is open, and no answer excludes another."""
    if not holds(change.when, facts) or not _fits(rulebook, facts, changed(facts, change)):
        return False
    return change.through is None or evaluate(rulebook, change.through, facts, on=on).status in YES


def _fits(rulebook: Rulebook, before: Facts, after: Facts) -> bool:
    """No new contradiction: a child's age beside the parent's paper is one from the start."""
    return set(contradictions(rulebook, after)) <= set(contradictions(rulebook, before))


def _told(rulebook: Rulebook, path: tuple[int, ...], facts: Facts) -> tuple[Step, ...]:
    steps = []
    for place in path:
        change = rulebook.ways.changes[place]
        steps.append(step_of(change, facts))
        facts = changed(facts, change)
    return tuple(steps)
