"""The decision list of one service as values, in the order its `precedence` declares."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from rules.errors import RulebookError, suggestion
from rules.model import RuleId, Status
from rules.reading.grammar import Grammar
from rules.reading.misfits import parsed
from rules.reading.references import Place, References, distinct
from rules.reading.schema import RuleSpec, ServiceSpec
from rules.review import Months, review_day
from rules.rulebook import Rule

BARS, OTHERS = "bars", "others"


def rules_of(service: ServiceSpec, file: str, grammar: Grammar, refer: References, months: Months) -> tuple[Rule, ...]:
    specs = tuple(parsed(RuleSpec, raw, file) for raw in service.rules)
    rules = tuple(_rule(spec, Place(file, spec.id, refer), service, grammar, months) for spec in specs)
    distinct(((file, rule.id) for rule in rules), "rule")
    ranks = _ranks(service, rules, file)
    ordered = tuple(sorted((replace(rule, rank=ranks[rule.id]) for rule in rules), key=lambda rule: rule.rank))
    _bars_first(ordered, file)
    return ordered


def _rule(spec: RuleSpec, place: Place, service: ServiceSpec, grammar: Grammar, months: Months) -> Rule:
    _check_rule(spec, service, place)
    period = spec.in_force or service.in_force
    verified_on, citations = spec.verified_on or service.verified_on, place.cite(spec.cite)
    review_by = spec.review_by or service.review_by or review_day(months, verified_on, citations)
    if review_by < verified_on:
        raise place.wrong("bad dates: due before it was verified", remedy="correct review_by", named=review_by)
    return Rule(
        id=RuleId(spec.id),
        when=place.condition(grammar, spec.when),
        status=spec.status,
        reason=place.text(spec.reason),
        citations=citations,
        in_force_from=period.start,
        in_force_to=period.to,
        verified_on=verified_on,
        bar=spec.bar,
        lean=spec.lean,
        conditions=place.lines(grammar, spec.conditions),
        next_steps=place.lines(grammar, spec.next_steps),
        warnings=place.lines(grammar, spec.warnings),
        confirm_with=place.confirmer(spec.confirm_with) if spec.confirm_with else None,
        review_by=review_by,
    )


def _check_rule(spec: RuleSpec, service: ServiceSpec, place: Place) -> None:
    period = spec.in_force or service.in_force
    if not spec.id.startswith(f"{service.service}."):
        remedy = f"write {service.service}.{spec.id.rpartition('.')[2]}"
        raise place.wrong(f"its id begins with {service.service}.", remedy=remedy, named=spec.id)
    if period.to is not None and period.to < period.start:
        raise place.wrong("bad dates: it ends before it begins", remedy="correct from or to", named=period.to)
    verified_on = spec.verified_on or service.verified_on
    if verified_on < period.start:
        remedy = "correct verified_on, or from"
        raise place.wrong("bad dates: verified before it begins", remedy=remedy, named=verified_on)
    if spec.status is Status.UNDETERMINED:
        remedy = "write uncertain where the sources leave it open"
        raise place.wrong("undetermined is found, not written", remedy=remedy, named=spec.status)
    if spec.bar and spec.status is not Status.NOT_ELIGIBLE:
        raise place.wrong("a bar is a no", remedy="write status: not_eligible, or remove bar", named="bar")
    if spec.lean and spec.status is not Status.UNCERTAIN:
        raise place.wrong("only what is uncertain leans", remedy="remove lean", named="lean")
    if spec.status is Status.NOT_ELIGIBLE and not spec.next_steps:
        raise place.wrong("a no needs a way to yes or the best open alternative", remedy="add next_steps")


def _ranks(service: ServiceSpec, rules: tuple[Rule, ...], file: str) -> dict[RuleId, int]:
    """The place of each rule in the declared precedence. Without a declaration all stand at one rank."""
    if not service.precedence:
        return {rule.id: 0 for rule in rules}
    tiers = [[tier] if isinstance(tier, str) else tier for tier in service.precedence]
    named = [name for tier in tiers for name in tier]
    _check_names(named, rules, file)
    tiers = [*([] if BARS in named else [[BARS]]), *tiers, *([] if OTHERS in named else [[OTHERS]])]
    place = {name: rank for rank, tier in enumerate(tiers) for name in tier}
    return {rule.id: place.get(rule.id, place[BARS] if rule.bar else place[OTHERS]) for rule in rules}


def _check_names(named: list[str], rules: tuple[Rule, ...], file: str) -> None:
    known = {*(str(rule.id) for rule in rules), BARS, OTHERS}
    for name, times in Counter(named).items():
        if name not in known:
            remedy = suggestion(name, known)
            raise RulebookError(file, "precedence", f"unknown rule {name!r}", remedy=remedy, named=name)
        if times > 1:
            raise RulebookError(file, "precedence", f"{name} stands twice", remedy="name it once", named=name)


def _bars_first(rules: tuple[Rule, ...], file: str) -> None:
    """A known bar wins: nothing but a yes that names its own basis may stand before it."""
    uncertain = min((rule.rank for rule in rules if rule.status is Status.UNCERTAIN), default=len(rules))
    for rule in rules:
        if rule.bar and rule.rank > uncertain:
            remedy = "move it up in precedence"
            raise RulebookError(file, rule.id, "a bar stands before every uncertain rule", remedy=remedy)
