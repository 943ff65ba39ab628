"""services/*.yaml and documents.yaml as values: one decision list per service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.answers import FEARS_RETURN
from rules.build_facts import overlays_of
from rules.conditions import NEVER, TRUE, AllOf, AnyOf, Condition, InRow, Test, Unless
from rules.errors import RulebookError
from rules.facts import SITUATION, FactId
from rules.grammar import Grammar
from rules.model import Document, RuleId, ServiceId, Status, TextId
from rules.papers import FIRST_CARD
from rules.references import Place, References, distinct, parsed
from rules.rulebook import Contradiction, FactDefinition, Paper, Remark, Rule, ServiceRules, Situation
from rules.schema import DocumentSpec, RuleSpec, ServiceSpec, SituationsFile
from rules.values import telling_values

DOCUMENTS = "documents.yaml"
EDUCATION, SPOUSE = FactId("education"), FactId("spouse_of_moroccan")


@dataclass(frozen=True)
class Ground:
    """What every service is built on."""

    facts: Mapping[FactId, FactDefinition]
    situations: Mapping[str, Situation]
    groups: Mapping[str, frozenset[str]]
    spec: SituationsFile
    unasked_when: Mapping[FactId, Condition]
    contradictions: tuple[Contradiction, ...]
    papers: tuple[DocumentSpec, ...]
    refer: References

    def grammar(self, service: str = "") -> Grammar:
        rows = frozenset(situation.id for situation in self.situations.values() if not situation.rows)
        plain = Grammar(self.facts, rows, self.groups)
        return Grammar(self.facts, rows, self.groups, overlays_of(self.spec.overlays, plain, service, self.refer))


def service_of(raw: Any, file: str, ground: Ground) -> ServiceRules:
    spec = parsed(ServiceSpec, raw, file)
    place = Place(file, spec.service, ground.refer)
    grammar = ground.grammar(spec.service)
    rules = tuple(_rule(each, file, spec, grammar, ground.refer) for each in spec.rules)
    _bars_first(rules, file)
    papers = tuple(_paper(each, grammar, ground) for each in ground.papers if each.service == spec.service)
    remarks = tuple(
        Remark(
            RuleId(each.id),
            place.text(each.text),
            place.cite(each.cite),
            place.condition(grammar, each.when),
            frozenset(each.statuses),
        )
        for each in spec.remarks
    )
    deciding = [rule.when for rule in rules]
    warnings = place.lines(grammar, spec.warnings)
    never_propose = NEVER if spec.never_propose is None else place.condition(grammar, spec.never_propose)
    return ServiceRules(
        service=ServiceId(spec.service),
        name=place.text(f"service.{spec.service}"),
        confirm_with=place.confirmer(spec.confirm_with),
        rules=rules,
        remarks=remarks,
        warnings=warnings,
        papers=papers,
        never_propose=never_propose,
        overlays=grammar.overlays,
        asks=_facts(spec.asks, place, ground),
        door_of=_facts(spec.door_of, place, ground),
        deciding=_read_by(deciding),
        reads=_read_by(
            [
                *deciding,
                *(remark.when for remark in remarks),
                *(paper.when for paper in papers),
                *(line.when for rule in rules for line in (*rule.conditions, *rule.next_steps, *rule.warnings)),
                *(line.when for line in warnings),
                never_propose,
            ]
        )
        | {SITUATION, FIRST_CARD, FactId("alone_minor")},
        values=telling_values(
            [*deciding, InRow(frozenset(), grammar.overlays)],
            [clash.when for clash in ground.contradictions],
            ground.facts,
            tuple(sorted(grammar.rows)),
        ),
    )


def _read_by(conditions: Iterable[Condition]) -> frozenset[FactId]:
    return frozenset[FactId]().union(*(condition.reads() for condition in conditions))


def _facts(names: Iterable[str], place: Place, ground: Ground) -> frozenset[FactId]:
    found = frozenset(FactId(name) for name in names)
    for fact in sorted(found):
        if fact not in ground.facts or not ground.facts[fact].volunteered:
            raise place.wrong(f"{fact} is not a fact left to be volunteered")
    return found


def _rule(raw: dict[str, Any], file: str, service: ServiceSpec, grammar: Grammar, refer: References) -> Rule:
    spec = parsed(RuleSpec, raw, file, str(raw.get("id", "")))
    place = Place(file, spec.id, refer)
    _check_rule(spec, service, place)
    period = spec.in_force or service.in_force
    return Rule(
        id=RuleId(spec.id),
        when=place.condition(grammar, spec.when),
        status=spec.status,
        reason=place.text(spec.reason),
        citations=place.cite(spec.cite),
        in_force_from=period.start,
        in_force_to=period.to,
        verified_on=spec.verified_on or service.verified_on,
        bar=spec.bar,
        lean=spec.lean,
        conditions=place.lines(grammar, spec.conditions),
        next_steps=place.lines(grammar, spec.next_steps),
        warnings=place.lines(grammar, spec.warnings),
        confirm_with=place.confirmer(spec.confirm_with) if spec.confirm_with else None,
    )


def _check_rule(spec: RuleSpec, service: ServiceSpec, place: Place) -> None:
    period = spec.in_force or service.in_force
    if not spec.id.startswith(f"{service.service}."):
        raise place.wrong(f"its id begins with {service.service}.")
    if period.to is not None and period.to < period.start:
        raise place.wrong("bad dates: it ends before it begins")
    if (spec.verified_on or service.verified_on) < period.start:
        raise place.wrong("bad dates: verified before it begins")
    if spec.status is Status.UNDETERMINED:
        raise place.wrong("undetermined is found, not written")
    if spec.bar and spec.status is not Status.NOT_ELIGIBLE:
        raise place.wrong("a bar is a no")
    if spec.lean and spec.status is not Status.UNCERTAIN:
        raise place.wrong("only what is uncertain leans")
    if spec.status is Status.NOT_ELIGIBLE and not spec.next_steps:
        raise place.wrong("a no needs a way to yes or the best open alternative")


def _bars_first(rules: tuple[Rule, ...], file: str) -> None:
    """A known bar wins: nothing but a yes that names its own basis may stand before it."""
    uncertain = False
    for rule in rules:
        if rule.bar and uncertain:
            raise RulebookError(file, rule.id, "a bar stands before every uncertain rule")
        uncertain = uncertain or rule.status is Status.UNCERTAIN
    distinct(((file, rule.id) for rule in rules), "rule")


def _paper(spec: DocumentSpec, grammar: Grammar, ground: Ground) -> Paper:
    place = Place(DOCUMENTS, spec.id, ground.refer)
    place.cite(spec.cite)
    rows = grammar.rows if spec.situations == "all" else frozenset(spec.situations)
    if unknown := rows - grammar.rows:
        raise place.wrong(f"unknown situation {min(unknown)!r}")
    parts: list[Condition] = [InRow(rows, grammar.overlays)]
    if spec.spouse_of_moroccan:
        parts = [AnyOf((*parts, Test(SPOUSE, "equals", operand=True)))]
    if spec.education:
        levels = place.condition(grammar, {EDUCATION: {"none_of": spec.education}})
        parts.append(Unless(levels))
    if spec.embassy:
        protected = frozenset(situation.id for situation in ground.situations.values() if situation.protected)
        endangered = (Test(FEARS_RETURN, "equals", operand=True), InRow(protected), InRow(protected, grammar.overlays))
        parts.append(Unless(AnyOf(endangered)))
    document = Document(say=TextId(spec.id), need=spec.need, note=place.text(spec.note) if spec.note else None)
    return Paper(document, AllOf(tuple(parts)))


def check_cells(service: ServiceRules, rows: Iterable[str], file: str) -> None:
    """Every situation has a rule that speaks when all else is declined."""
    for row in rows:
        facts = {**dict.fromkeys(service.reads), SITUATION: row}
        if not any(rule.when.given(facts) == TRUE for rule in service.rules):
            raise RulebookError(file, service.service, f"missing cell: no rule speaks for {row}")
