"""facts.yaml, situations.yaml and contradictions.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.conditions import Condition, Overlay
from rules.errors import RulebookError, suggestion
from rules.facts import SITUATION, FactId
from rules.model import Option, TextId
from rules.reading.grammar import Grammar
from rules.reading.misfits import parsed
from rules.reading.references import Place, References, distinct
from rules.reading.schema import (
    ContradictionSpec,
    FactsFile,
    FactSpec,
    OptionSpec,
    OverlaySpec,
    SituationsFile,
    WordingSpec,
)
from rules.rulebook import Contradiction, FactDefinition, FactType, Situation, Wording

FACTS, SITUATIONS, CONTRADICTIONS = "facts.yaml", "situations.yaml", "contradictions.yaml"


def situations_of(spec: SituationsFile, refer: References) -> Mapping[str, Situation]:
    distinct(((SITUATIONS, each.situation) for each in spec.situations), "situation")
    rows = {each.situation for each in spec.situations if not each.rows}
    found = {}
    for each in spec.situations:
        place = Place(SITUATIONS, each.situation, refer)
        if unknown := set(each.rows) - rows:
            name = min(unknown)
            raise place.wrong(f"unknown situation {name!r}", remedy=suggestion(name, rows), named=name)
        if each.name.id != f"situation.{each.situation}":
            remedy = f"write id: situation.{each.situation}"
            raise place.wrong(f"its name is called situation.{each.situation}", remedy=remedy, named=each.name.id)
        found[each.situation] = Situation(
            id=each.situation,
            name=TextId(each.name.id),
            without_papers=each.without_papers,
            protected=each.protected,
            screened=each.screened,
            overlay=each.overlay,
            rows=tuple(each.rows),
        )
    return found


def groups_of(spec: SituationsFile) -> Mapping[str, frozenset[str]]:
    """Groups name rows, and groups that stand before them."""
    rows = {each.situation for each in spec.situations if not each.rows}
    found: dict[str, frozenset[str]] = {}
    for group, members in spec.groups.items():
        if group in rows:
            reason = "a group cannot be called like a situation"
            raise RulebookError(SITUATIONS, group, reason, remedy="give the group another name", named=group)
        for member in members:
            if member not in rows and member not in found:
                reason = f"unknown situation or group {member!r}"
                remedy = suggestion(member, rows | found.keys(), "a group stands after those it names")
                raise RulebookError(SITUATIONS, group, reason, remedy=remedy, named=member)
        found[group] = frozenset[str]().union(*(found.get(member, frozenset({member})) for member in members))
    return found


def facts_of(
    spec: FactsFile, situations: Mapping[str, Situation], refer: References
) -> Mapping[FactId, FactDefinition]:
    distinct(((FACTS, fact.fact) for fact in spec.facts), "fact")
    if SITUATION not in {fact.fact for fact in spec.facts}:
        raise RulebookError(FACTS, SITUATION, "missing fact", remedy="every rule book asks for the situation")
    by_stage = sorted(spec.facts, key=lambda fact: fact.stage)
    return {FactId(fact.fact): _fact(fact, spec, situations, refer) for fact in by_stage}


def _fact(fact: FactSpec, spec: FactsFile, situations: Mapping[str, Situation], refer: References) -> FactDefinition:
    place = Place(FACTS, fact.fact, refer)
    values = frozenset(situations) if fact.fact == SITUATION else frozenset(fact.values)
    if fact.type is FactType.CHOICE and not values:
        raise place.wrong("a choice needs values", remedy="write values: [one, another]", named=fact.fact)
    if fact.type is FactType.INTEGER and (fact.minimum is None or fact.maximum is None):
        raise place.wrong("a number needs a minimum and a maximum", remedy="add both", named=fact.fact)
    if fact.type is FactType.TEXT and not fact.pattern:
        raise place.wrong("a text needs a pattern", remedy="add pattern: and a regular expression")
    return FactDefinition(
        fact=FactId(fact.fact),
        type=fact.type,
        question=_wording(fact, fact, spec, place, values),
        stage=fact.stage,
        sensitivity=fact.sensitivity,
        values=values,
        minimum=fact.minimum,
        maximum=fact.maximum,
        pattern=fact.pattern,
        volunteered=fact.volunteered,
        for_places=fact.for_places,
        variants={value: _wording(each, fact, spec, place, values) for value, each in fact.variants.items()},
    )


def unasked_of(spec: FactsFile, grammar: Grammar, refer: References) -> Mapping[FactId, Condition]:
    return {
        FactId(fact.fact): Place(FACTS, fact.fact, refer).condition(grammar, fact.unasked_when)
        for fact in spec.facts
        if fact.unasked_when is not None
    }


def _wording(wording: WordingSpec, fact: FactSpec, spec: FactsFile, place: Place, values: frozenset[str]) -> Wording:
    options = [_option(option, place, values) for option in wording.options if isinstance(option, OptionSpec)]
    if fact.type is FactType.BOOLEAN:
        options = [Option(value=True, say=TextId(spec.yes.id)), Option(value=False, say=TextId(spec.no.id))]
    if options:
        options.append(Option(value=None, say=TextId(spec.decline.id)))
    return Wording(place.text(wording.question), place.text(wording.why), tuple(options))


def _option(option: OptionSpec, place: Place, values: frozenset[str]) -> Option:
    if values and option.value not in values:
        raise place.wrong(
            f"unknown value {option.value!r}", remedy=suggestion(option.value, values), named=option.value
        )
    return Option(option.value, place.text(option.id))


def overlays_of(specs: list[OverlaySpec], grammar: Grammar, service: str, refer: References) -> tuple[Overlay, ...]:
    """The overlays that apply to this service, in their order of precedence."""
    found = []
    for spec in specs:
        place = Place(SITUATIONS, spec.overlay, refer)
        if spec.row not in grammar.rows:
            remedy = suggestion(spec.row, grammar.rows)
            raise place.wrong(f"unknown situation {spec.row!r}", remedy=remedy, named=spec.row)
        when = place.condition(grammar, spec.when)
        if spec.services == "all" or service in spec.services:
            found.append(Overlay(spec.overlay, when, spec.row))
    return tuple(found)


def contradictions_of(raw: Any, grammar: Grammar, refer: References) -> tuple[Contradiction, ...]:
    entries = raw.get("contradictions") if isinstance(raw, dict) else None
    if not isinstance(entries, list):
        reason = "contradictions: a list is needed"
        raise RulebookError(CONTRADICTIONS, "", reason, remedy="begin the file with contradictions: and a list")
    found = []
    for entry in entries:
        spec = parsed(ContradictionSpec, entry, CONTRADICTIONS)
        place = Place(CONTRADICTIONS, spec.id, refer)
        place.cite(spec.cite)
        when = place.condition(grammar, spec.when)
        if unknown := set(spec.facts) - set(when.reads()):
            reason = f"names {min(unknown)}, which its condition does not read"
            raise place.wrong(reason, remedy="name the facts that clash, and only those", named=min(unknown))
        found.append(Contradiction(spec.id, TextId(spec.id), tuple(FactId(fact) for fact in spec.facts), when))
    return tuple(found)
