"""Everybody a service can tell apart, and which of its rules are true of each.

Why it is enough to look at one person of each kind: a rule sees a fact only through its tests (age at least 15,
education one of these), and so do overlays, contradictions and the conditions under which a question is not asked.
Two values of a fact that give every such test the same outcome are therefore interchangeable: whoever has the one
gets, rule by rule, what whoever has the other gets. One value of each kind stands for all of them, and the product
of these kinds, declined among them, is everybody. tests/rules/test_merging.py tries it on people drawn at random.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from math import prod
from operator import itemgetter

from rules.conditions import TRUE, Condition, InRow
from rules.facts import SITUATION, FactId, FactValue
from rules.proof.findings import Person
from rules.reading.values import Kinds, kinds_of
from rules.rulebook import Rule, Rulebook, ServiceRules


@dataclass(frozen=True, eq=False)
class Space:
    """`axes` in the order of the walk: a fact comes after those that decide whether it is asked."""

    rulebook: Rulebook
    service: ServiceRules
    rules: tuple[Rule, ...]
    axes: tuple[Kinds, ...]

    @property
    def facts(self) -> tuple[FactId, ...]:
        return tuple(axis.fact for axis in self.axes)

    @property
    def size(self) -> int:
        """Everybody who has answered or declined everything, those who contradict themselves included."""
        return prod(len(axis.values) for axis in self.axes)

    @property
    def size_with_unknown(self) -> int:
        """With each fact also left unknown."""
        return prod(len(axis.values) + 1 for axis in self.axes)

    @cached_property
    def strides(self) -> Mapping[FactId, int]:
        """How far apart two people are numbered who differ in this fact by one value."""
        found, stride = dict[FactId, int](), 1
        for axis in reversed(self.axes):
            found[axis.fact] = stride
            stride *= len(axis.values)
        return found

    @cached_property
    def true_of(self) -> tuple[int, ...]:
        """For each person, in the order of the product, the set of rules that are true: bit n for rule n."""
        masks = [0] * self.size
        for place, rule in enumerate(self.rules):
            for number in self._holding(rule.when, self.facts):
                masks[number] |= 1 << place
        return tuple(masks)

    @cached_property
    def impossible(self) -> frozenset[int]:
        """Those whose answers contradict each other."""
        return self.contradicting(self.facts)

    def contradicting(self, facts: tuple[FactId, ...]) -> frozenset[int]:
        """Those whose answers to `facts` alone contradict each other."""
        clashes = (clash.when for clash in self.rulebook.contradictions)
        return frozenset(number for when in clashes for number in self._holding(when, facts))

    def person(self, number: int) -> Person:
        told: dict[FactId, FactValue | None] = {}
        for axis in reversed(self.axes):
            number, value = divmod(number, len(axis.values))
            told[axis.fact] = axis.values[value]
        return told

    def people(self) -> Iterator[tuple[int, int]]:
        """The number of each possible person, and the rules true of them."""
        for number, mask in enumerate(self.true_of):
            if number not in self.impossible:
                yield number, mask

    def first(self, mask: int) -> Rule:
        """The rule that speaks, of those in the set."""
        return self.rules[(mask & -mask).bit_length() - 1]

    def _holding(self, when: Condition, facts: tuple[FactId, ...]) -> Iterator[int]:
        """Who it is true of, from their answers to `facts`; others count as declined."""
        read = [place for place, fact in enumerate(self.facts) if fact in when.reads() and fact in facts]
        declined = dict.fromkeys(when.reads())
        values = [axis.values for axis in self.axes]
        if not read:
            if when.given(declined) == TRUE:
                yield from range(self.size)
            return
        pick = itemgetter(*read) if len(read) > 1 else lambda person: (person[read[0]],)
        names = [self.facts[place] for place in read]
        known = {
            seen: when.given({**declined, **dict(zip(names, seen, strict=True))}) == TRUE
            for seen in product(*(values[place] for place in read))
        }
        for number, person in enumerate(product(*values)):
            if known[pick(person)]:
                yield number


def space_of(rulebook: Rulebook, service: ServiceRules, on: date, also: Iterable[Condition] = ()) -> Space:
    """`also`: further conditions whose outcome matters to what is to be proved."""
    rules = tuple(rule for rule in service.rules if rule.is_in_force(on))
    asked = (when for fact, when in rulebook.unasked_when.items() if _concerns(service, fact, when))
    read = [*(rule.when for rule in service.rules), InRow(frozenset(), service.overlays), *asked, *also]
    clashes = [clash.when for clash in rulebook.contradictions]
    kinds = kinds_of(read, clashes, rulebook.facts, rulebook.rows)
    return Space(rulebook, service, rules, tuple(kinds[fact] for fact in _in_order(rulebook, kinds.keys())))


def _concerns(service: ServiceRules, fact: FactId, when: Condition) -> bool:
    return fact in service.deciding and when.reads() <= service.reads


def _in_order(rulebook: Rulebook, facts: Collection[FactId]) -> tuple[FactId, ...]:
    placed: dict[FactId, None] = {}
    for fact in sorted(facts, key=lambda fact: (fact != SITUATION, rulebook.order[fact])):
        when = rulebook.unasked_when.get(fact)
        before = when.reads() & set(facts) if when else frozenset[FactId]()
        placed.update(dict.fromkeys((*sorted(before), fact)))
    return tuple(placed)
