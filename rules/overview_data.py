"""The whole rule table for programs: ids only, no words. What `/about/rules.json` answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rules.conditions import AllOf, AnyOf, Condition, InRow, Not, Test, Unanswered, Unless
from rules.model import Citation
from rules.overview import in_order, overview_of
from rules.receipt import verdict_of
from rules.rulebook import Remark, Rule, Rulebook, ServiceRules
from rules.told import Line, Paper

SCHEMA = "boussole-rules/1"
NAMES = {AllOf: "all", AnyOf: "any", Not: "not", Unless: "unless", Unanswered: "unanswered"}

type Json = dict[str, Any]


def overview_data(rulebook: Rulebook, on: date) -> Json:
    cells = overview_of(rulebook, on).values()
    return {
        "schema": SCHEMA,
        "rulebook": {"version": rulebook.version, "hash": rulebook.hash},
        "as_of": on.isoformat(),
        "situations": list(rulebook.rows),
        "services": [_service(service, on) for service in rulebook.services.values()],
        "cells": [
            {
                "situation": cell.situation,
                "settled": verdict_of(cell.settled).to_dict(),
                "unasked": verdict_of(cell.unasked).to_dict(),
            }
            for cell in cells
        ],
        "sources": {fact: _source(citation) for fact, citation in rulebook.citations.items()},
    }


def _service(service: ServiceRules, on: date) -> Json:
    overlays = [{"id": each.id, "when": condition_data(each.when), "row": each.row} for each in service.overlays]
    return {
        "service": service.service,
        "name": service.name,
        "confirm_with": service.confirm_with.organisation,
        "overlays": overlays,
        "rules": [_rule(rule, on) for rule in in_order(service)],
        "remarks": [_remark(remark) for remark in service.remarks],
        "warnings": _lines(service.warnings),
        "papers": [_paper(paper) for paper in service.papers],
        "never_propose": condition_data(service.never_propose),
    }


def _rule(rule: Rule, on: date) -> Json:
    return {
        "rule": rule.id,
        "rank": rule.rank,
        "bar": rule.bar,
        "when": condition_data(rule.when),
        "status": str(rule.status),
        "lean": str(rule.lean) if rule.lean else None,
        "reason": rule.reason,
        "cite": _cite(rule.citations),
        "conditions": _lines(rule.conditions),
        "next_steps": _lines(rule.next_steps),
        "warnings": _lines(rule.warnings),
        "confirm_with": rule.confirm_with.organisation if rule.confirm_with else None,
        "in_force": {
            "from": rule.in_force_from.isoformat(),
            "to": rule.in_force_to.isoformat() if rule.in_force_to else None,
        },
        "verified_on": rule.verified_on.isoformat(),
        "review_by": rule.review_by.isoformat() if rule.review_by else None,
        "overdue": is_overdue(rule, on),
    }


def is_overdue(rule: Rule, on: date) -> bool:
    return rule.review_by is not None and on > rule.review_by


def _remark(remark: Remark) -> Json:
    return {
        "rule": remark.id,
        "when": condition_data(remark.when),
        "statuses": sorted(map(str, remark.statuses)),
        "reason": remark.say,
        "cite": _cite(remark.citations),
    }


def _paper(paper: Paper) -> Json:
    document = paper.document
    told = {"text": document.say, "need": document.need, "note": document.note}
    return {**told, "when": condition_data(paper.when)}


def _lines(lines: Iterable[Line]) -> list[Json]:
    return [{"text": line.say, "when": condition_data(line.when), "answerable": line.answerable} for line in lines]


def _cite(citations: Iterable[Citation]) -> list[str]:
    return [citation.fact for citation in citations]


def _source(citation: Citation) -> Json:
    return {
        "title": citation.title,
        "url": citation.url,
        "date": citation.date,
        "confidence": str(citation.confidence),
    }


def condition_data(condition: Condition) -> Json:
    """In the words of the rule book: `all`, `any`, `not`, `unless`, `unanswered`, `row`, or a fact with its test."""
    match condition:
        case Test(fact, operator, operand):
            return {"fact": fact, operator: sorted(operand, key=str) if isinstance(operand, frozenset) else operand}
        case InRow(rows):
            return {"row": sorted(rows)}
        case AllOf(parts) | AnyOf(parts):
            return {NAMES[type(condition)]: [condition_data(part) for part in parts]}
        case Not(part) | Unless(part) | Unanswered(part):
            return {NAMES[type(condition)]: condition_data(part)}
    raise TypeError(condition)
