"""What is said once it is sure which rule speaks, compiled: sentences and papers that cannot be meant fall out.

The facts on which a sentence or a paper still depends are fed in, one at a time, as in the decision list itself. Where
nothing depends on the person any more stands the decision, made when somebody first got there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from rules.compiled.decision_list import State
from rules.conditions import ALWAYS, NEVER, TRUE, Condition, Known
from rules.explain import decision_of, in_common
from rules.facts import FactId, FactValue
from rules.model import Decision
from rules.rulebook import Remark, Rule, ServiceRules
from rules.told import Line, Paper

type Said = Line | Remark | Paper


@dataclass(eq=False, slots=True)
class _Draft:
    """A rule that speaks and its service, without what cannot be said; some of it depends on a fact."""

    service: ServiceRules
    rule: Rule
    known: Known
    waits: FactId
    steps: dict[FactValue | None, _Draft | Decision] = field(default_factory=dict)


class Telling:
    def __init__(self, service: ServiceRules) -> None:
        self._service = service
        self._drafts: dict[State, _Draft | Decision] = {}
        self._decisions: dict[Decision, Decision] = {}

    def __len__(self) -> int:
        """How many different decisions were ever needed."""
        return len(self._decisions)

    def decision(self, state: State, facts: Known) -> Decision:
        """`facts` are complete, and the first rule of this state is sure to speak."""
        found = self._drafts.get(state)
        if found is None:
            found = self._drafts[state] = self._left(self._service, state.rules[0], state.learned)
        while isinstance(found, _Draft):
            value = facts[found.waits]
            if value not in found.steps:
                found.steps[value] = self._left(found.service, found.rule, {**found.known, found.waits: value})
            found = found.steps[value]
        return found

    def _left(self, service: ServiceRules, rule: Rule, known: Known) -> _Draft | Decision:
        service, rule = _narrowed(service, known), _narrowed(rule, known)
        read = frozenset[FactId]().union(*(condition.reads() for condition in (*_open(service), *_open(rule))))
        if read:
            return _Draft(service, rule, known, min(read - known.keys()))
        decision = decision_of(service, rule, known)
        decision = in_common(service, (decision,), decision.status, for_all=(decision,))
        return self._decisions.setdefault(decision, decision)


def _narrowed[W: (Rule, ServiceRules)](written: W, known: Known) -> W:
    changed: dict[str, Any] = {name: _still_said(lines, known) for name, lines in _lines(written).items()}
    if isinstance(written, ServiceRules):
        changed["never_propose"] = _narrower(written.never_propose, known)
    return replace(written, **changed)


def _still_said(lines: tuple[Said, ...], known: Known) -> tuple[Said, ...]:
    narrowed = (replace(line, when=_narrower(line.when, known)) for line in lines)
    return tuple(line for line in narrowed if line.when is not NEVER)


def _narrower(condition: Condition, known: Known) -> Condition:
    possible = condition.given(known)
    if possible == TRUE:
        return ALWAYS
    return condition if possible & TRUE else NEVER


def _open(written: Rule | ServiceRules) -> Iterator[Condition]:
    """The conditions of all that may be said. What holds, or cannot, reads nothing."""
    yield from (line.when for lines in _lines(written).values() for line in lines)
    if isinstance(written, ServiceRules):
        yield written.never_propose


def _lines(written: Rule | ServiceRules) -> dict[str, tuple[Said, ...]]:
    values = {each.name: getattr(written, each.name) for each in fields(written)}
    return {name: value for name, value in values.items() if isinstance(value, tuple) and _are_said(value)}


def _are_said(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, Line | Remark | Paper) for value in values)
