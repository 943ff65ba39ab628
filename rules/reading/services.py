"""services/*.yaml and documents.yaml as values: one decision list per service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rules.answers import FEARS_RETURN
from rules.conditions import NEVER, TRUE, AllOf, AnyOf, Condition, InRow, Test, Unless
from rules.errors import RulebookError, suggestion
from rules.facts import SITUATION, FactId
from rules.model import Document, RuleId, ServiceId, TextId
from rules.papers import FIRST_CARD
from rules.reading.decision_lists import rules_of
from rules.reading.facts import overlays_of
from rules.reading.grammar import Grammar
from rules.reading.misfits import parsed
from rules.reading.references import Place, References
from rules.reading.schema import DocumentSpec, ServiceSpec, SituationsFile
from rules.reading.values import telling_values
from rules.review import Months
from rules.rulebook import Contradiction, FactDefinition, Remark, ServiceRules, Situation
from rules.told import Paper

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
    months: Months
    refer: References

    def grammar(self, service: str = "") -> Grammar:
        rows = frozenset(situation.id for situation in self.situations.values() if not situation.rows)
        plain = Grammar(self.facts, rows, self.groups)
        return Grammar(self.facts, rows, self.groups, overlays_of(self.spec.overlays, plain, service, self.refer))


def service_of(raw: Any, file: str, ground: Ground) -> ServiceRules:
    spec = parsed(ServiceSpec, raw, file)
    place = Place(file, spec.service, ground.refer)
    grammar = ground.grammar(spec.service)
    rules = rules_of(spec, file, grammar, ground.refer, ground.months)
    papers = tuple(paper_of(each, grammar, ground) for each in ground.papers if each.service == spec.service)
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
            volunteered = (each.fact for each in ground.facts.values() if each.volunteered)
            reason = f"{fact} is not a fact left to be volunteered"
            raise place.wrong(reason, remedy=suggestion(fact, volunteered), named=fact)
    return found


def paper_of(spec: DocumentSpec, grammar: Grammar, ground: Ground) -> Paper:
    place = Place(DOCUMENTS, spec.id, ground.refer)
    place.cite(spec.cite)
    rows = grammar.rows if spec.situations == "all" else frozenset(spec.situations)
    if unknown := rows - grammar.rows:
        name = min(unknown)
        raise place.wrong(f"unknown situation {name!r}", remedy=suggestion(name, grammar.rows), named=name)
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
            reason = f"missing cell: no rule speaks for {row}"
            raise RulebookError(file, service.service, reason, remedy="add a rule for this row, or widen one")
