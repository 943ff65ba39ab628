"""Which statuses the open facts can still lead to, and which of those facts make the difference.

Every way the open facts may turn out is one path through a decision tree. The facts are asked in one fixed order
and branches that agree are joined, so a fact is left in the tree exactly when it can move the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.conditions import TRUE, Condition, Known, holds
from rules.facts import FactId, FactValue
from rules.model import Status
from rules.rulebook import Rule


class Class(StrEnum):
    """What a status means for a person; only a change of class is worth a question."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    NOWHERE = "nowhere"
    """No person is like that: the answers would contradict each other."""


CLASS_OF: Mapping[Status, Class] = {
    Status.ELIGIBLE: Class.YES,
    Status.CONDITIONAL: Class.YES,
    Status.NOT_ELIGIBLE: Class.NO,
    Status.UNCERTAIN: Class.OPEN,
}
BEST_FIRST = (Status.ELIGIBLE, Status.CONDITIONAL, Status.UNCERTAIN, Status.NOT_ELIGIBLE)

type Shape = Class | tuple[int, tuple[Shape, ...]]
"""Where everything ends in one class, that class; else the place of a fact in the order, and a shape per value."""


@dataclass(frozen=True)
class Reach:
    shape: Shape
    statuses: frozenset[Status]
    moving: frozenset[FactId]

    @property
    def settled(self) -> bool:
        return isinstance(self.shape, Class)

    @property
    def best(self) -> Status:
        return next(status for status in BEST_FIRST if status in self.statuses)


NOWHERE = Reach(Class.NOWHERE, frozenset(), frozenset())


@dataclass(frozen=True)
class Course:
    """What the tree is drawn for: a decision list seen from one or several rows at once.

    `worlds` holds what differs between the rows (their situation); `combine` makes one status of theirs;
    `clashes` are the contradictions that a fact takes part in.
    """

    values: Mapping[FactId, tuple[FactValue | None, ...]]
    order: Mapping[FactId, int]
    worlds: tuple[Known, ...]
    combine: Callable[[frozenset[Status]], Status]
    clashes: Mapping[FactId, tuple[Condition, ...]]


def reach(course: Course, rules: tuple[Rule, ...], known: Known) -> Reach:
    return _reach(course, tuple(rules for _ in course.worlds), known)


def _reach(course: Course, lists: tuple[tuple[Rule, ...], ...], known: Known) -> Reach:
    """`lists`: for each world the rules that may still speak."""
    worlds = tuple({**known, **world} for world in course.worlds)
    lists = tuple(may_speak(rules, facts) for rules, facts in zip(lists, worlds, strict=True))
    statuses = [_agreed(rules, facts) for rules, facts in zip(lists, worlds, strict=True)]
    if None not in statuses:
        status = course.combine(frozenset(status for status in statuses if status))
        return Reach(CLASS_OF[status], frozenset({status}), frozenset())
    waited_for = {fact for rules in lists for rule in rules for fact in rule.reads}
    fact = min(waited_for - worlds[0].keys(), key=course.order.__getitem__)
    branches = [_branch(course, lists, {**known, fact: value}, fact) for value in course.values[fact]]
    return _joined(course, fact, branches)


def _branch(course: Course, lists: tuple[tuple[Rule, ...], ...], known: Known, learned: FactId) -> Reach:
    if any(holds(clash, known) for clash in course.clashes.get(learned, ())):
        return NOWHERE
    return _reach(course, lists, known)


def may_speak(rules: tuple[Rule, ...], facts: Known) -> tuple[Rule, ...]:
    """The rules that are true or may become so, down to the first that is sure to speak."""
    found = []
    for rule in rules:
        possible = rule.when.given(facts)
        if possible & TRUE:
            found.append(rule)
        if possible == TRUE:
            break
    return tuple(found)


def _agreed(rules: tuple[Rule, ...], facts: Known) -> Status | None:
    """The status that is certain by now, if one is. Without a rule in force nothing can be said."""
    if not rules:
        return Status.UNCERTAIN
    one_status = all(rule.status is rules[0].status for rule in rules)
    return rules[0].status if one_status and holds(rules[-1].when, facts) else None


def _joined(course: Course, fact: FactId, branches: list[Reach]) -> Reach:
    statuses = frozenset[Status]().union(*(branch.statuses for branch in branches))
    moving = frozenset[FactId]().union(*(branch.moving for branch in branches))
    shape: Shape | None = branches[0].shape
    for branch in branches[1:]:
        shape = None if shape is None else joined(shape, branch.shape)
    if shape is not None:
        return Reach(shape, statuses, moving)
    return Reach((course.order[fact], tuple(branch.shape for branch in branches)), statuses, moving | {fact})


def joined(one: Shape, other: Shape) -> Shape | None:
    """Both as one tree, each filling in the ways the other does not admit; None where they disagree."""
    if one is Class.NOWHERE or one == other:
        return other
    if other is Class.NOWHERE:
        return one
    if isinstance(one, Class) and isinstance(other, Class):
        return None
    first = min(shape[0] for shape in (one, other) if not isinstance(shape, Class))
    branches = [joined(*pair) for pair in zip(*_branches(first, one, other), strict=True)]
    return None if None in branches else (first, tuple(branch for branch in branches if branch is not None))


def _branches(first: int, one: Shape, other: Shape) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """Both split by the same fact; a tree without it is the same for all its values."""
    split = [shape[1] if not isinstance(shape, Class) and shape[0] == first else None for shape in (one, other)]
    count = len(split[0] or split[1] or ())
    return split[0] or (one,) * count, split[1] or (other,) * count
