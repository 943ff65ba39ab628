"""What the pages about the rules show: values of the running rule book, worded in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import batched, groupby

from app.channels.shapes import Json, Voice, citation_json, decision_json, document_json
from app.channels.web_rules_when import clause, is_about_answers_given, paper_name
from app.dialogue.messages import Latin
from rules.conditions import NEVER
from rules.overview import Crossing, in_order, overview_of
from rules.overview_data import is_overdue
from rules.rulebook import Rule, Rulebook, ServiceRules
from rules.told import Line

SITUATION_PATH = "/about/rules/situations/{situation}"
SERVICE_PATH = "/about/rules/services/{service}"
WIDEST = 8
"""Services on one sheet of paper."""


def table_shown(rulebook: Rulebook, on: date, voice: Voice) -> Json:
    """The overview: heads, and the cells row by row."""
    crossings = overview_of(rulebook, on)
    return {
        "situations": situations_shown(rulebook, voice),
        "services": services_shown(rulebook, voice),
        "rows": [
            {**head, "cells": [_cell(crossings[head["id"], service]) for service in rulebook.services]}
            for head in situations_shown(rulebook, voice)
        ],
    }


def sheets_shown(rulebook: Rulebook, on: date, voice: Voice) -> Json:
    """The same table in parts that are narrow enough to print."""
    table = table_shown(rulebook, on, voice)
    return {
        "sheets": [
            {
                "services": list(part),
                "rows": [{**row, "cells": row["cells"][at : at + len(part)]} for row in table["rows"]],
            }
            for at, part in _parts(table["services"])
        ]
    }


def _parts(heads: list[Json]) -> Iterator[tuple[int, tuple[Json, ...]]]:
    at = 0
    for part in batched(heads, WIDEST):
        yield at, part
        at += len(part)


def situations_shown(rulebook: Rulebook, voice: Voice) -> list[Json]:
    return [
        {"id": row, "name": paper_name(row, voice), "href": SITUATION_PATH.format(situation=row)}
        for row in rulebook.rows
    ]


def services_shown(rulebook: Rulebook, voice: Voice) -> list[Json]:
    return [
        {"id": each.service, "name": voice.say(each.name), "href": SERVICE_PATH.format(service=each.service)}
        for each in rulebook.services.values()
    ]


def _cell(crossing: Crossing) -> Json:
    settled = crossing.settled
    return {
        "service": crossing.service,
        "status": str(settled.status),
        "lean": str(settled.lean) if settled.lean else None,
        "depends": crossing.depends,
    }


def situation_shown(situation: str, rulebook: Rulebook, on: date, voice: Voice) -> Json:
    """One paper before every service."""
    crossings = overview_of(rulebook, on)
    heads = services_shown(rulebook, voice)
    return {
        "id": situation,
        "name": paper_name(situation, voice),
        "long_name": voice.say(rulebook.situations[situation].name),
        "verdicts": [{**head, **_verdict(crossings[situation, head["id"]], rulebook, voice)} for head in heads],
    }


def _verdict(crossing: Crossing, rulebook: Rulebook, voice: Voice) -> Json:
    unasked = crossing.unasked
    questions = [rulebook.facts[fact].question.say for fact in unasked.missing]
    return {
        **decision_json(crossing.settled, voice),
        "situation": crossing.situation,
        "depends": crossing.depends,
        "unasked": str(unasked.status),
        "questions": [{"fact": fact, **voice.item(say)} for fact, say in zip(unasked.missing, questions, strict=True)],
        "if_met": str(unasked.if_met) if unasked.if_met else None,
    }


def service_shown(service: ServiceRules, rulebook: Rulebook, on: date, voice: Voice) -> Json:
    """One service: its decision list, what else it says, and its answer for each paper."""
    crossings = overview_of(rulebook, on)
    ranks = groupby(in_order(service), key=lambda rule: rule.rank)
    return {
        "id": service.service,
        "name": voice.say(service.name),
        "ranks": [[_rule(rule, service, rulebook, on, voice) for rule in rules] for _, rules in ranks],
        "remarks": [
            {
                **voice.item(remark.say),
                "rule": remark.id,
                "when": clause(remark.when, rulebook, voice),
                "citations": [citation_json(citation, voice) for citation in remark.citations],
            }
            for remark in service.remarks
        ],
        "warnings": _lines(service.warnings, rulebook, voice),
        "papers": [
            {**document_json(paper.document, voice), "when": clause(paper.when, rulebook, voice)}
            for paper in service.papers
        ],
        "overlays": [
            {"id": each.id, "when": clause(each.when, rulebook, voice), "paper": paper_name(each.row, voice)}
            for each in service.overlays
        ],
        "never": clause(service.never_propose, rulebook, voice) if service.never_propose != NEVER else None,
        "verdicts": [
            {**head, **_verdict(crossings[head["id"], service.service], rulebook, voice)}
            for head in situations_shown(rulebook, voice)
        ],
    }


def _rule(rule: Rule, service: ServiceRules, rulebook: Rulebook, on: date, voice: Voice) -> Json:
    confirmer = rule.confirm_with or service.confirm_with
    return {
        "rule": rule.id,
        "status": str(rule.status),
        "lean": str(rule.lean) if rule.lean else None,
        "bar": rule.bar,
        "reason": voice.item(rule.reason),
        "when": clause(rule.when, rulebook, voice),
        "citations": [citation_json(citation, voice) for citation in rule.citations],
        "conditions": _lines(rule.conditions, rulebook, voice),
        "next_steps": _lines(rule.next_steps, rulebook, voice),
        "warnings": _lines(rule.warnings, rulebook, voice),
        "confirm_with": voice.say(confirmer.say),
        "is_in_force": rule.is_in_force(on),
        "in_force": _period(rule, voice),
        "verified": voice.say("card.verified_on", date=rule.verified_on),
        "review": _review(rule, on, voice),
        "overdue": is_overdue(rule, on),
        "named": voice.say("about.rules.rule", rule=Latin(rule.id)),
    }


def _period(rule: Rule, voice: Voice) -> str:
    if rule.in_force_to is None:
        return voice.say("about.rules.in_force", start=rule.in_force_from)
    return voice.say("about.rules.in_force_until", start=rule.in_force_from, end=rule.in_force_to)


def _review(rule: Rule, on: date, voice: Voice) -> str:
    if rule.review_by is None:
        return ""
    return voice.say("about.rules.overdue" if is_overdue(rule, on) else "about.rules.review_by", date=rule.review_by)


def _lines(lines: Iterable[Line], rulebook: Rulebook, voice: Voice) -> list[Json]:
    """Where a line is not said of everybody the rule speaks of, of whom it is."""
    return [
        {
            **voice.item(line.say),
            "when": clause(line.when, rulebook, voice) if is_about_answers_given(line.when) else None,
        }
        for line in lines
    ]
