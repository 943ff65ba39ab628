"""Which statuses the open facts can still lead to, and which of those facts make the difference.

Every way the open facts may turn out is one path through a decision tree. The facts are asked in one fixed order
and branches that agree are joined, so a fact is left in the tree exactly when it can move the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.compiled.decision_list import DecisionList, State
from rules.conditions import Condition, Known, holds
from rules.facts import FactId, FactValue
from rules.model import Status


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
type Way = tuple[object, ...]
"""All that the rest of the tree depends on."""


@dataclass(frozen=True)
class Reach:
    shape: Shape
    statuses: frozenset[Status]
    moving: frozenset[FactId]

    @property
    def settled(self) -> bool:
        return not self.moving

    @property
    def best(self) -> Status:
        return next(status for status in BEST_FIRST if status in self.statuses)


NOWHERE = Reach(Class.NOWHERE, frozenset(), frozenset())
SURE = {status: Reach(kind, frozenset({status}), frozenset()) for status, kind in CLASS_OF.items()}


@dataclass(frozen=True, eq=False)
class Course:
    """What the tree is drawn for, and the parts of it that were drawn already.

    `clashes` are the contradictions that a fact takes part in.
    """

    rules: DecisionList
    values: Mapping[FactId, tuple[FactValue | None, ...]]
    order: Mapping[FactId, int]
    clashes: Mapping[FactId, tuple[Condition, ...]]
    _drawn: dict[Way, Reach] = field(default_factory=dict)
    _minded: dict[tuple[FactId, ...], tuple[FactId, ...]] = field(default_factory=dict)

    def reach(self, states: tuple[State, ...], known: Known) -> Reach:
        """`states`: what is left of the list, seen from each row the person may be in."""
        statuses = {state.status for state in states}
        if None not in statuses:
            return SURE[_common(statuses)]
        way = (*states, *(known.get(fact, Class.OPEN) for state in states for fact in self._minds(state.waits)))
        if way not in self._drawn:
            fact = min({fact for state in states for fact in state.waits}, key=self.order.__getitem__)
            branches = [self._branch(states, {**known, fact: value}, fact) for value in self.values[fact]]
            self._drawn[way] = self._joined(fact, branches)
        return self._drawn[way]

    def _branch(self, states: tuple[State, ...], known: Known, learned: FactId) -> Reach:
        if any(holds(clash, known) for clash in self.clashes.get(learned, ())):
            return NOWHERE
        return self.reach(tuple(self.rules.after(state, known) for state in states), known)

    def _joined(self, fact: FactId, branches: list[Reach]) -> Reach:
        statuses = frozenset[Status]().union(*(branch.statuses for branch in branches))
        moving = frozenset[FactId]().union(*(branch.moving for branch in branches))
        shapes = tuple(branch.shape for branch in branches)
        if all(shape == shapes[0] for shape in shapes):
            return Reach(shapes[0], statuses, moving)
        # The ways nobody goes stay in the tree: filled in here, they would disagree with other rows further up.
        common: Shape | None = shapes[0]
        for shape in shapes[1:]:
            common = None if common is None else joined(common, shape)
        return Reach((self.order[fact], shapes), statuses, moving | {fact} if common is None else moving)

    def _minds(self, waits: tuple[FactId, ...]) -> tuple[FactId, ...]:
        """The facts whose answers may clash with one that is still to come."""
        if waits not in self._minded:
            clashes = {clash for fact in waits for clash in self.clashes.get(fact, ())}
            self._minded[waits] = tuple(frozenset[FactId]().union(*(clash.reads() for clash in clashes)))
        return self._minded[waits]


def _common(statuses: set[Status | None]) -> Status:
    """What can be said to someone who may be in any of several rows."""
    (status, *others) = statuses
    return Status.UNCERTAIN if others or status is None else status


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
