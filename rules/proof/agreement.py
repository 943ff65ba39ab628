"""The engine against the truth table: it says of everybody what their answers, and those still open, lead to."""

from __future__ import annotations

from collections.abc import Iterator

from rules.evaluate import evaluate
from rules.facts import Facts
from rules.model import Decision, Status
from rules.proof.claims import Case
from rules.proof.findings import Finding, Person, in_words
from rules.proof.table import Seat, Table

REMEDY = "the engine is wrong, not the rule: see rules/evaluate.py and rules/compiled/reach.py"


def engine_follows_the_rules(case: Case, part: int = 0, parts: int = 1) -> Iterator[Finding]:
    """Who has answered or declined everything gets the status of the rule that speaks, once and with its sources."""
    for number, mask in case.space.people():
        if number % parts != part or not mask:
            continue
        told = case.space.person(number)
        rule, decision = case.space.first(mask), case.decide(told)
        if (decision.status, decision.because[0].rule, decision.missing) != (rule.status, rule.id, ()):
            yield _wrong(case, "exactly one verdict", f"{rule.id} speaks, the engine says {decision.status}", told)
            return
        yield from _uncited(case, decision, told)


def engine_waits_for_what_matters(case: Case, part: int = 0, parts: int = 1) -> Iterator[Finding]:
    """Who left facts unknown is undetermined where these can move the verdict, and `missing` names exactly those."""
    for table in case.tables:
        for seat in table.seats(part, parts):
            if not seat.open and table.told is None:
                continue  # Everything is answered or declined: engine_follows_the_rules meets them.
            decision = evaluate(case.rulebook, case.service.service, Facts(seat.told), on=case.on)
            expected = _expected(table, seat)
            if (decision.status, frozenset(decision.missing), decision.if_met) != expected:
                problem = f"the facts lead to {_said(*expected)}, the engine says "
                problem += _said(decision.status, frozenset(decision.missing), decision.if_met)
                yield _wrong(case, "undetermined exactly", problem, seat.told)
                return
            yield from _uncited(case, decision, seat.told)


def _expected(table: Table, seat: Seat) -> tuple[Status | None, frozenset[str], Status | None]:
    if table.settled(seat.cell):
        return table.expected(seat), frozenset(), None
    return Status.UNDETERMINED, table.moved(seat.cell) & seat.open, table.best(seat.cell)


def _said(status: Status | None, missing: frozenset[str], if_met: Status | None) -> str:
    return f"{status} ({', '.join(sorted(missing))}; at best {if_met})" if missing else str(status)


def _uncited(case: Case, decision: Decision, told: Person) -> Iterator[Finding]:
    if not all(reason.citations for reason in decision.because) or not decision.because:
        yield _wrong(case, "every verdict cited", "a reason names no source", told)


def _wrong(case: Case, claim: str, problem: str, told: Person) -> Finding:
    return case.wrong(claim, case.service.service, problem, remedy=REMEDY, person=in_words(told))
