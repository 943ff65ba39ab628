"""What a person is told, held against what a case says they must be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.evaluate import evaluate
from rules.model import Decision, Status
from rules.rulebook import Rulebook
from tests.rules.cases.case import Case

type Places = Mapping[str, str]
"""`file:line` of each rule by its id."""


def differences(case: Case, rulebook: Rulebook, places: Places) -> list[str]:
    """In words, none where the case holds."""
    if case.service not in rulebook.services:
        raise case.wrong(f"unknown service {case.service!r}", "name a service of the rule book")
    decision = evaluate(rulebook, case.service, case.facts(rulebook), on=case.on)
    because = spoken(decision, rulebook, places)
    return [f"{case.name}: expected {wrong} {because}" for wrong in _wrong(case, decision)]


def spoken(decision: Decision, rulebook: Rulebook, places: Places) -> str:
    """Because rule X (file:line): its sentence."""
    reason = decision.because[0]
    where = places.get(reason.rule)
    missing = f" Missing: {', '.join(decision.missing)}." if decision.missing else ""
    said = rulebook.texts[reason.say]
    return f"because rule {reason.rule}{f' ({where})' if where else ''}: {said}{missing}"


def decided_by(decision: Decision, rulebook: Rulebook) -> str | None:
    """The rule whose own sentence was said; none where it is not in force, or where an answer is missing."""
    reason = decision.because[0]
    rules = {rule.id: rule for rule in rulebook.services[decision.service].rules}
    rule = rules.get(reason.rule)
    return reason.rule if rule is not None and reason.say == rule.reason else None


def _wrong(case: Case, decision: Decision) -> Iterator[str]:
    spec = case.spec
    if decision.status is not spec.expect:
        yield f"{spec.expect}, got {decision.status}"
        return
    if decision.lean is not spec.lean and spec.expect is Status.UNCERTAIN:
        yield f"lean {spec.lean or 'to neither side'}, got {decision.lean or 'neither side'}"
    if spec.rule and spec.rule != decision.because[0].rule:
        yield f"rule {spec.rule} to decide, another did,"
    if spec.missing is not None and set(spec.missing) != set(decision.missing):
        yield f"{sorted(spec.missing)} to be missing, got {sorted(decision.missing)}"
    if spec.if_met and spec.if_met is not decision.if_met:
        yield f"{spec.if_met} if they turn out well, got {decision.if_met}"
    yield from _words(case, decision)
    confirmer = decision.confirm_with.organisation if decision.confirm_with else None
    if spec.confirm_with and spec.confirm_with != confirmer:
        yield f"{spec.confirm_with} to confirm it, got {confirmer or 'nobody'}"
    if spec.proposable is not None and spec.proposable is not decision.proposable:
        yield "it never to be proposed, but it is," if decision.proposable else "it to be proposed, but it is not,"


def _words(case: Case, decision: Decision) -> Iterator[str]:
    spec, said = case.spec, everything_said(decision)
    conditions = ", ".join(decision.conditions) or "none"
    for wrong, sentences in {
        f"the condition %s to be said, got {conditions}": set(spec.conditions) - set(decision.conditions),
        "the condition %s to be settled, but it is still said,": set(spec.no_conditions) & set(decision.conditions),
        "%s to be said, it is not,": set(spec.says) - said,
        "%s never to be said, but it is,": set(spec.never_says) & said,
    }.items():
        yield from (wrong % sentence for sentence in sorted(sentences))


def everything_said(decision: Decision) -> frozenset[str]:
    """Every sentence of the answer by its id."""
    papers = (text for document in decision.documents for text in (document.say, document.note) if text)
    reasons = (reason.say for reason in decision.because)
    return frozenset((*reasons, *decision.conditions, *decision.next_steps, *decision.warnings, *papers))
