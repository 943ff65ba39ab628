"""The plan of questions that costs a person least until every verdict is settled, and what it costs.

Dynamic programming over what is left open. People for whom the same is left open, in the same way, are one position;
verdicts that wait for different facts are planned apart, because given the paper the answers to one say nothing about
the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, prod

from rules.compiled.reach import Reach, Shape
from rules.facts import FactId, Facts, FactValue
from rules.papers import decline
from rules.questions.crowd import Crowd
from rules.questions.verdicts import Verdicts
from rules.rulebook import Rulebook

SPACE = 4_096
"""Positions up to which every order of the questions is tried. Beyond it one question is looked ahead."""
MEMORY = 50_000
"""Positions kept for one set of services."""
SAME = 9
"""Costs that agree to so many digits are the same."""
SAME_COST = 10**-SAME


@dataclass(frozen=True, slots=True)
class Worth:
    """What is still to be expected: the cost, and the number of questions."""

    cost: float
    questions: float
    exact: bool = True

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.cost + other.cost, self.questions + other.questions, self.exact and other.exact)

    def times(self, part: float) -> Worth:
        return Worth(self.cost * part, self.questions * part, self.exact)


NOTHING = Worth(0.0, 0.0)
GUESSED = Worth(0.0, 0.0, exact=False)
TOO_DEAR = Worth(inf, inf)
type Open = Mapping[int, Reach]
type Position = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """`staged`: the paper before the family before the rest, whatever it costs. `space` None tries everything."""

    verdicts: Verdicts
    crowd: Crowd
    staged: bool = True
    space: int | None = SPACE
    _worth: dict[Position, Worth] = field(default_factory=dict)
    _shapes: dict[Shape, int] = field(default_factory=dict)
    _named: dict[int, tuple[Reach, int]] = field(default_factory=dict)

    def worth(self, facts: Facts, places: Sequence[int] | None = None) -> Worth:
        if places is None:
            self._make_room()
            places = range(len(self.verdicts.programs))
        left = self.verdicts.open(places, facts)
        return sum((self._of(part, facts) for part in self.apart(left, facts)), NOTHING)

    def best(self, left: Open, facts: Facts) -> list[tuple[FactId, Worth]]:
        """What may be asked now, the best first. Among questions of like value the least sensitive comes first."""
        self._make_room()
        found: list[tuple[FactId, Worth]] = []
        groups = self.apart(left, facts)
        for part in groups:
            rest = sum((self._of(each, facts) for each in groups if each is not part), NOTHING)
            found += [(fact, rest + self._asking(fact, part, facts)) for fact in self.candidates(part)]
        return sorted(found, key=lambda each: self._rank(*each))

    def candidates(self, left: Open) -> tuple[FactId, ...]:
        """Only what can still move an open verdict is ever asked."""
        moving = frozenset[FactId]().union(*(reach.moving for reach in left.values()))
        if self.staged and moving:
            first = min(self._book.facts[fact].stage for fact in moving)
            moving = frozenset(fact for fact in moving if self._book.facts[fact].stage == first)
        return tuple(sorted(moving, key=self._book.order.__getitem__))

    def apart(self, left: Open, facts: Facts) -> list[Open]:
        """Groups of verdicts that wait for no fact in common. Who has not told the paper is one."""
        if not left or self.crowd.paper(facts) is None:
            return [left] if left else []
        groups: list[tuple[frozenset[FactId], dict[int, Reach]]] = []
        for place, reach in left.items():
            about, group = self._linked(reach.moving), {place: reach}
            for other in [each for each in groups if not about.isdisjoint(each[0])]:
                groups.remove(other)
                about, group = about | other[0], {**other[1], **group}
            groups.append((about, group))
        return [group for _, group in groups]

    def told(self, facts: Facts, fact: FactId, answer: FactValue | None) -> Facts:
        if answer is None:
            return decline(self._book, facts, fact)
        return Facts({**facts.values_by_fact, fact: answer})

    def price(self, fact: FactId) -> Worth:
        return Worth(self.crowd.population.cost(self._book.facts[fact].sensitivity), 1.0)

    def _of(self, left: Open, facts: Facts) -> Worth:
        position = self.position(left, facts)
        if position not in self._worth:
            best, rank = NOTHING, (inf, 0, 0)
            for fact in self.candidates(left):
                worth = self._asking(fact, left, facts, at_most=rank[0])
                if worth.cost < inf and self._rank(fact, worth) < rank:
                    best, rank = worth, self._rank(fact, worth)
            self._worth[position] = best
        return self._worth[position]

    def _asking(self, fact: FactId, left: Open, facts: Facts, at_most: float = inf) -> Worth:
        """Given up as TOO_DEAR once it costs more than `at_most`."""
        then = self._all_of_it if self._is_large(left) else self.worth
        places = self._still_concerned(left, facts)
        worth = self.price(fact)
        for answer, part in self.crowd.odds(fact, facts):
            worth += then(self.told(facts, fact, answer), places).times(part)
            if worth.cost > at_most + SAME_COST:
                return TOO_DEAR
        return worth

    def _still_concerned(self, left: Open, facts: Facts) -> Sequence[int]:
        """A settled verdict stays settled, except where the kind of paper is known and then cannot be narrowed."""
        return tuple(left) if self.crowd.paper(facts) is not None else range(len(self.verdicts.programs))

    def _all_of_it(self, facts: Facts, places: Sequence[int]) -> Worth:
        """Beyond the look-ahead: the cost of all that still matters, which is more than will be asked."""
        left = self.verdicts.open(places, facts)
        moving = frozenset[FactId]().union(*(reach.moving for reach in left.values()))
        return sum((self.price(fact) for fact in moving), GUESSED)

    def _is_large(self, left: Open) -> bool:
        if self.space is None or not self.candidates(left)[1:]:
            return False
        moving = frozenset[FactId]().union(*(reach.moving for reach in left.values()))
        return prod(self.crowd.kinds(fact) + 1 for fact in moving) > self.space

    def position(self, left: Open, facts: Facts) -> Position:
        paper = self.crowd.paper(facts)
        if paper is None:
            return (frozenset(facts.items()), *left)
        moving = sorted(frozenset[FactId]().union(*(reach.moving for reach in left.values())))
        shapes = tuple([(place, self._shape(reach)) for place, reach in left.items()])
        return (shapes, tuple([self.crowd.manner(fact, paper) for fact in moving]), self.crowd.clashing(moving, facts))

    def _shape(self, reach: Reach) -> int:
        """A number for what is left of a verdict; the same shape, the same number."""
        if id(reach) not in self._named:
            self._named[id(reach)] = (reach, self._shapes.setdefault(reach.shape, len(self._shapes)))
        return self._named[id(reach)][1]

    def _linked(self, moving: frozenset[FactId]) -> frozenset[FactId]:
        """With the facts whose answer makes one of these no longer asked."""
        spared = (when.reads() for fact, when in self._book.unasked_when.items() if fact in moving)
        return moving.union(*spared)

    def _rank(self, fact: FactId, worth: Worth) -> tuple[float, int, int]:
        return round(worth.cost, SAME), self._book.facts[fact].sensitivity, self._book.order[fact]

    def _make_room(self) -> None:
        if len(self._worth) > MEMORY:
            for kept in (self._worth, self._shapes, self._named):
                kept.clear()
            self.verdicts.forget()

    @cached_property
    def _book(self) -> Rulebook:
        return self.verdicts.rulebook
