"""What must hold of every service's rules: each claim is a function that finds where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.conditions import TRUE
from rules.evaluate import evaluate
from rules.facts import SITUATION, Facts
from rules.model import Confidence, Decision, Status
from rules.proof.findings import Finding, Person, file_of, in_words
from rules.proof.space import Space, space_of
from rules.proof.table import Table
from rules.proof.tables import tables_of
from rules.rulebook import Promise, Rule, Rulebook, ServiceRules

YES = frozenset({Status.ELIGIBLE, Status.CONDITIONAL})


@dataclass(frozen=True, eq=False)
class Case:
    """One service on one day."""

    rulebook: Rulebook
    service: ServiceRules
    on: date

    @cached_property
    def space(self) -> Space:
        return space_of(self.rulebook, self.service, self.on)

    @cached_property
    def met(self) -> dict[int, int]:
        """Each set of rules that are true together, and somebody of whom they are."""
        found: dict[int, int] = {}
        for number, mask in self.space.people():
            found.setdefault(mask, number)
        return found

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(tables_of(self.space))

    def whom(self, number: int) -> str:
        return in_words(self.space.person(number))

    def decide(self, told: Person) -> Decision:
        """Everything not told counts as declined."""
        facts = Facts({**dict.fromkeys(self.rulebook.facts), **told})
        return evaluate(self.rulebook, self.service.service, facts, on=self.on)

    def wrong(self, claim: str, rule: str, problem: str, *, remedy: str, person: str = "") -> Finding:
        return Finding(claim, file_of(self.service.service), rule, problem, remedy, person)


type Claim = Callable[[Case], Iterator[Finding]]


def somebody_always_answers(case: Case) -> Iterator[Finding]:
    if 0 in case.met:
        service, person = case.service.service, case.whom(case.met[0])
        problem, remedy = "no rule speaks", "add a rule for them, or widen one"
        yield case.wrong("exactly one verdict", service, problem, remedy=remedy, person=person)


def every_rule_is_reachable(case: Case) -> Iterator[Finding]:
    for place, rule in enumerate(case.space.rules):
        if not any(mask >> place & 1 for mask in case.met):
            remedy = "correct its conditions, or remove it"
            yield case.wrong("no rule unreachable", rule.id, "it is true of nobody", remedy=remedy)


def no_rule_is_shadowed(case: Case) -> Iterator[Finding]:
    """Never first although true of somebody; or, at one rank, behind another that says the same."""
    speaking = {mask & -mask for mask in case.met}
    for place, rule in enumerate(case.space.rules):
        behind = next((mask for mask in case.met if mask >> place & 1), 0)
        if behind and 1 << place not in speaking:
            problem = f"{case.space.first(behind).id} always speaks before it"
            remedy = "move it up in precedence, narrow the other, or remove it"
            yield case.wrong("no rule shadowed", rule.id, problem, remedy=remedy, person=case.whom(case.met[behind]))
    for first, second, number in _at_one_rank(case):
        if first.status is second.status:
            problem = f"{first.id} is true too, and which of them speaks is not declared"
            remedy = "name one of them first in precedence"
            yield case.wrong("no rule shadowed", second.id, problem, remedy=remedy, person=case.whom(number))


def no_conflict_without_precedence(case: Case) -> Iterator[Finding]:
    for first, second, number in _at_one_rank(case):
        if first.status is not second.status:
            problem = f"it says {second.status} and {first.id} says {first.status}, and neither comes first"
            remedy = "name one of them first in precedence"
            yield case.wrong("no undeclared precedence", second.id, problem, remedy=remedy, person=case.whom(number))


def _at_one_rank(case: Case) -> Iterator[tuple[Rule, Rule, int]]:
    """Two rules of the highest rank that is true, and somebody of whom both are."""
    seen: set[tuple[str, str]] = set()
    for mask, number in case.met.items():
        true = [rule for place, rule in enumerate(case.space.rules) if mask >> place & 1]
        for other in true[1:]:
            if other.rank == true[0].rank and (true[0].id, other.id) not in seen:
                seen.add((true[0].id, other.id))
                yield true[0], other, number


def every_verdict_is_cited(case: Case) -> Iterator[Finding]:
    said = [(each.id, each.citations) for each in case.service.rules]
    said += [(each.id, each.citations) for each in case.service.remarks]
    for name, citations in said:
        if not citations:
            yield case.wrong("every verdict cited", name, "it names no source", remedy="cite one of sources.yaml")


def no_yes_rests_on_low_confidence_alone(case: Case) -> Iterator[Finding]:
    for rule in case.service.rules:
        confidences = {citation.confidence for citation in rule.citations}
        if rule.status in YES and confidences == {Confidence.LOW}:
            problem = f"{rule.status} rests on sources of low confidence alone"
            remedy = "say uncertain and who confirms, or cite a better source"
            yield case.wrong("no yes on low confidence", rule.id, problem, remedy=remedy)


def promises_are_kept(case: Case) -> Iterator[Finding]:
    for promise in case.rulebook.promises:
        if case.service.service in promise.services:
            yield from _broken(case, promise)


def _broken(case: Case, promise: Promise) -> Iterator[Finding]:
    """The first person to whom it is not kept."""
    lines = (line.when for line in (*case.service.warnings, *(w for rule in case.service.rules for w in rule.warnings)))
    also = (promise.when, case.service.never_propose, *lines)
    space = space_of(case.rulebook, case.service, case.on, also)
    met = 0
    for number, mask in space.people():
        told = space.person(number)
        if not mask or promise.when.given({**dict.fromkeys(promise.when.reads()), **told}) != TRUE:
            continue
        met += 1
        if problem := _unkept(case, promise, told):
            person, remedy = in_words(told), f"correct the rules, or {promise.id} in promises.yaml"
            yield case.wrong("safety always wins", promise.id, problem, remedy=remedy, person=person)
            return
    if not met:
        yield case.wrong("safety always wins", promise.id, "it concerns nobody", remedy="correct its condition")


def _unkept(case: Case, promise: Promise, told: Person) -> str:
    decision = case.decide(told)
    if promise.status and decision.status is not promise.status:
        return f"{promise.status} is promised, {decision.status} is said"
    if promise.same_as:
        like = case.decide({**told, SITUATION: promise.same_as}).status
        if decision.status is not like:
            return f"{like} is promised as for {promise.same_as}, {decision.status} is said"
    if promise.proposable is not None and decision.proposable is not promise.proposable:
        return "it may not be proposed, and is" if decision.proposable else "it may be proposed, and is not"
    if promise.warns and promise.warns not in decision.warnings:
        return f"{promise.warns} is not said"
    return ""


CLAIMS: tuple[Claim, ...] = (
    somebody_always_answers,
    every_rule_is_reachable,
    no_rule_is_shadowed,
    no_conflict_without_precedence,
    every_verdict_is_cited,
    no_yes_rests_on_low_confidence_alone,
    promises_are_kept,
)
