"""Why no better answer: rules with a better status that did not speak, and the fact of the person that stopped each.

A fact stopped a rule when the rule might speak without it. Only facts with a reviewed sentence are told: nobody hears
that they are not married, or of which nationality they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rules.compiled.decision_list import may_speak
from rules.compiled.reach import BEST_FIRST
from rules.conditions import Known, holds
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId, Facts
from rules.model import Decision, RuleId, ServiceId, Status, TextId
from rules.papers import NOT_SAID, rows_of
from rules.rulebook import Rule, Rulebook
from rules.ways_model import Hurdle

MOST = 3
"""Sentences told."""
TOGETHER = 2
"""Facts that may stop a rule together."""


@dataclass(frozen=True)
class WhyNot:
    """The rule that would have spoken with a better status, and what stopped it."""

    rule: RuleId
    status: Status
    fact: FactId
    say: TextId


def why_not(rulebook: Rulebook, service: ServiceId, facts: Facts, *, on: date) -> tuple[WhyNot, ...]:
    """The nearest first: what one fact stops, then what two stop together."""
    decision = evaluate(rulebook, service, facts, on=on)
    if service in rulebook.ways.silent or decision.status not in BEST_FIRST or rows_of(rulebook, facts):
        return ()
    known = _known(rulebook, service, facts)
    rules = tuple(rule for rule in rulebook.services[service].rules if rule.is_in_force(on))
    hurdles = {each.fact: each for each in reversed(rulebook.ways.hurdles) if _applies(each, service, known)}
    found: dict[TextId, WhyNot] = {}
    for stopping in _fewest_first(rulebook, hurdles):
        better = _freed(rules, known, stopping, decision)
        if better is None:
            continue
        for fact in stopping:
            say = hurdles[fact].say
            found.setdefault(say, WhyNot(better.id, better.status, fact, say))
        if len(stopping) == 1 or len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _known(rulebook: Rulebook, service: ServiceId, facts: Facts) -> Known:
    known = {**dict.fromkeys(rulebook.services[service].reads), **facts}
    return {**known, SITUATION: known.get(SITUATION) or NOT_SAID}


def _applies(hurdle: Hurdle, service: ServiceId, known: Known) -> bool:
    return holds(hurdle.when, known) and (not hurdle.services or service in hurdle.services)


def _fewest_first(rulebook: Rulebook, hurdles: dict[FactId, Hurdle]) -> Iterator[tuple[FactId, ...]]:
    facts = [fact for fact in rulebook.facts if fact in hurdles]
    for size in range(1, TOGETHER + 1):
        yield from combinations(facts, size)


def _freed(rules: tuple[Rule, ...], known: Known, stopping: tuple[FactId, ...], decision: Decision) -> Rule | None:
    """The best rule that might speak without these facts, where it is better than what was said."""
    without = {fact: value for fact, value in known.items() if fact not in stopping}
    said = BEST_FIRST.index(decision.status)
    better = [rule for rule in may_speak(rules, without) if BEST_FIRST.index(rule.status) < said]
    return min(better, key=lambda rule: BEST_FIRST.index(rule.status), default=None)
