"""A decision list, compiled: each answer leads to the rules that may still speak, found once and kept.

The facts are fed in one at a time, in the order of questions, so the situation comes first: one step leaves the
rules of one row, however long the list is, and every further step leaves fewer. Steps are worked out when somebody
first takes them; ways that leave the same rules and tell them the same meet in one state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.conditions import TRUE, Known, holds
from rules.facts import FactId, FactValue
from rules.model import Status
from rules.rulebook import Rule


@dataclass(eq=False, slots=True)
class State:
    """What is left of a decision list once some facts are known."""

    rules: tuple[Rule, ...]
    learned: Known
    """The facts known so far, as far as these rules read them."""
    status: Status | None
    """The status that is certain by now, if one is. Without a rule in force nothing can be said."""
    waits: tuple[FactId, ...]
    """The facts that could still tell which rule speaks, in the order of questions; none when it is sure."""
    steps: dict[FactId, dict[FactValue | None, State]] = field(default_factory=dict)


class DecisionList:
    def __init__(self, rules: tuple[Rule, ...], order: Mapping[FactId, int]) -> None:
        self._order = order
        self._states: dict[tuple[object, ...], State] = {}
        self.start = self._left(rules, {})

    def __len__(self) -> int:
        """How many states were ever needed."""
        return len(self._states)

    def after(self, state: State, known: Known) -> State:
        """What is left once all of this is known."""
        while True:
            for fact in state.waits:
                if fact in known:
                    break
            else:
                return state
            steps = state.steps.get(fact)
            if steps is None or known[fact] not in steps:
                self._learn(state, fact, known[fact])
            state = state.steps[fact][known[fact]]

    def _learn(self, state: State, fact: FactId, value: FactValue | None) -> None:
        state.steps.setdefault(fact, {})[value] = self._left(state.rules, {**state.learned, fact: value})

    def _left(self, rules: tuple[Rule, ...], known: Known) -> State:
        rules = may_speak(rules, known)
        read = frozenset[FactId]().union(*(rule.reads for rule in rules))
        learned = {fact: value for fact, value in known.items() if fact in read}
        name = (*(rule.id for rule in rules), frozenset(learned.items()))
        if name not in self._states:
            self._states[name] = State(rules, learned, _agreed(rules, learned), self._waits(rules, learned, read))
        return self._states[name]

    def _waits(self, rules: tuple[Rule, ...], learned: Known, read: Iterable[FactId]) -> tuple[FactId, ...]:
        if not rules or holds(rules[0].when, learned):
            return ()
        return tuple(sorted(set(read) - learned.keys(), key=self._order.__getitem__))


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
    if not rules:
        return Status.UNCERTAIN
    one_status = all(rule.status is rules[0].status for rule in rules)
    return rules[0].status if one_status and holds(rules[-1].when, facts) else None
