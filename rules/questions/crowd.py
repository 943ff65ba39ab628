"""How likely each answer is, given what a person has told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rules.compiled.program import Program
from rules.conditions import holds
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.papers import FIRST_CARD, NOT_SAID, REGULARISED, can_narrow
from rules.population import Holders, Population
from rules.questions.wording import question_for
from rules.rulebook import Rulebook

type Odds = tuple[tuple[FactValue | None, float], ...]
"""Answers, one for all that the services cannot tell apart, with their probabilities; None declines."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """A population, seen by some services."""

    rulebook: Rulebook
    population: Population
    programs: tuple[Program, ...]
    _by_row: dict[tuple[FactId, str], Mapping[FactValue, float]] = field(default_factory=dict)
    _manners: dict[tuple[FactId, str], int] = field(default_factory=dict)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def odds(self, fact: FactId, facts: Facts) -> Odds:
        answers: defaultdict[FactValue, float] = defaultdict(float)
        for holders, people in self._who(facts).items():
            for value, part in self._of(fact, holders, facts).items():
                answers[value] += people * part
        declined = self.population.declines[self.rulebook.facts[fact].sensitivity]
        total = sum(answers.values())
        told = tuple((value, people / total * (1 - declined)) for value, people in answers.items() if people)
        return (*told, (None, declined if told else 1.0)) if declined or not told else told

    def kinds(self, fact: FactId) -> int:
        """How many different answers may come."""
        if fact == SITUATION:
            return len(self.population.holders)
        return len(self._said.get(fact, ()))

    def manner(self, fact: FactId, row: str) -> int:
        """The same number where people of two rows answer alike."""
        if (fact, row) not in self._manners:
            alike = (fact, *sorted(self._in_row(fact, row).items(), key=str))
            self._manners[fact, row] = self._numbers.setdefault(alike, len(self._numbers))
        return self._manners[fact, row]

    def clashing(self, facts: Sequence[FactId], told: Facts) -> tuple[tuple[FactId, FactValue | None], ...]:
        """What was told that may contradict an answer about these facts."""
        others = frozenset[FactId]().union(*(self._clashing[fact] for fact in facts))
        return tuple([(fact, told[fact]) for fact in sorted(others) if fact in told]) if others else ()

    def paper(self, facts: Facts) -> str | None:
        """What is known of the paper, once no more of it can be told. People who cannot say more are taken together."""
        said = facts.get(SITUATION)
        if said is None:
            return NOT_SAID if SITUATION in facts else None
        return None if can_narrow(self.rulebook, facts) else str(said)

    def _who(self, facts: Facts) -> Mapping[Holders, float]:
        """Those whom what was told leaves, and how many of them there are."""
        paper, said = self.paper(facts), facts.get(SITUATION)
        if paper is not None:
            return {Holders(paper, (paper,), 1.0): 1.0}
        known = [(fact, value) for fact, value in facts.items() if fact != SITUATION and value is not None]
        holders = [each for each in self.population.holders if said is None or said in each.says]
        found = {each: each.people * self._likely(each, known) for each in holders}
        return {each: people for each, people in found.items() if people} or dict.fromkeys(found, 1.0)

    def _likely(self, holders: Holders, known: Sequence[tuple[FactId, FactValue]]) -> float:
        """How many of them say all this; what nobody of the population says tells nothing."""
        likely = 1.0
        for fact, value in known:
            if fact == FIRST_CARD:
                likely *= value == holders.row.startswith(REGULARISED)
            elif self._is_clash(fact, {fact: value, SITUATION: holders.row}):
                return 0.0
            elif (alike := self._alike(fact, value)) in self._said.get(fact, ()):
                likely *= self._in_row(fact, holders.row).get(alike, 0.0)
        return likely

    def _of(self, fact: FactId, holders: Holders, facts: Facts) -> Mapping[FactValue, float]:
        if fact == SITUATION:
            offered = {option.value for option in question_for(self.rulebook, fact, facts).options}
            return dict.fromkeys([said for said in holders.says if said in offered][:1], 1.0)
        if fact == FIRST_CARD:
            return {holders.row.startswith(REGULARISED): 1.0}
        answers = self._in_row(fact, holders.row)
        if self._clashing[fact].isdisjoint(facts):
            return answers
        return {value: part for value, part in answers.items() if not self._is_clash(fact, {**facts, fact: value})}

    def _in_row(self, fact: FactId, row: str) -> Mapping[FactValue, float]:
        """The parts of those of a row, one answer for all that are alike; who would contradict it is not there."""
        if (fact, row) not in self._by_row:
            people = self._together(fact, row) if self._rows(row) else self._possible(fact, row)
            total = sum(people.values()) or 1
            self._by_row[fact, row] = {value: count / total for value, count in people.items() if count}
        return self._by_row[fact, row]

    def _possible(self, fact: FactId, row: str) -> Mapping[FactValue, float]:
        several = self.population.shares[fact]
        place = next(place for place, each in enumerate(several) if not each.rows or row in each.rows)
        people = self._grouped[fact][place].items()
        return {value: count for value, count in people if not self._is_clash(fact, {fact: value, SITUATION: row})}

    def _together(self, fact: FactId, kind: str) -> Mapping[FactValue, float]:
        """Those of a kind of paper who cannot tell which."""
        people: defaultdict[FactValue, float] = defaultdict(float)
        for holders in self.population.holders:
            if kind in holders.says:
                for value, part in self._in_row(fact, holders.row).items():
                    people[value] += holders.people * part
        return people

    def _rows(self, row: str) -> tuple[str, ...]:
        return self.rulebook.situations[row].rows

    def _is_clash(self, fact: FactId, known: Mapping[FactId, FactValue | None]) -> bool:
        return any(holds(clash, known) for clash in self.rulebook.clashes[fact])

    def _alike(self, fact: FactId, value: FactValue) -> FactValue:
        return self._first.get((fact, value), value)

    @cached_property
    def _first(self) -> Mapping[tuple[FactId, FactValue], FactValue]:
        """Each answer, and the first of those that no service tells from it."""
        found: dict[tuple[FactId, FactValue], FactValue] = {}
        seen: dict[tuple[object, ...], FactValue] = {}
        kinds = [dict(program.kinds) for program in self.programs]
        for fact, several in self.population.shares.items():
            told_apart = [each[fact] for each in kinds if fact in each]
            for value in dict.fromkeys(value for shares in several for value in shares.people):
                kind = (fact, *(each[value] for each in told_apart))
                found[fact, value] = seen.setdefault(kind, value)
        return found

    @cached_property
    def _grouped(self) -> Mapping[FactId, tuple[Mapping[FactValue, float], ...]]:
        """The shares, with the people of answers that are alike taken together."""
        found: dict[FactId, tuple[Mapping[FactValue, float], ...]] = {}
        for fact, several in self.population.shares.items():
            grouped = tuple(defaultdict[FactValue, float](float) for _ in several)
            for people, shares in zip(grouped, several, strict=True):
                for value, count in shares.people.items():
                    people[self._alike(fact, value)] += count
            found[fact] = grouped
        return found

    @cached_property
    def _said(self) -> Mapping[FactId, frozenset[FactValue]]:
        """The answers that somebody of the population gives."""
        return {
            fact: frozenset(value for people in several for value, count in people.items() if count)
            for fact, several in self._grouped.items()
        }

    @cached_property
    def _clashing(self) -> Mapping[FactId, frozenset[FactId]]:
        """The facts, beside the paper, whose answers may contradict one to this."""
        return {
            fact: frozenset[FactId]().union(*(clash.reads() for clash in clashes)) - {fact, SITUATION}
            for fact, clashes in self.rulebook.clashes.items()
        }
