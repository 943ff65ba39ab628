"""The rules that nearly spoke: true but later in precedence, one answer away, or waiting for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.compiled.decision_list import may_speak
from rules.conditions import Known, holds
from rules.facts import SITUATION, FactId, Facts
from rules.model import Decision, ServiceId, Status
from rules.papers import NOT_SAID, rows_of
from rules.rulebook import Rule, Rulebook


@dataclass(frozen=True)
class Wanted:
    """Who asks, for what, on which day."""

    rulebook: Rulebook
    service: ServiceId
    facts: Facts
    on: date

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rulebook.services[self.service].rules if rule.is_in_force(self.on))


def near(wanted: Wanted, decision: Decision, places: Mapping[str, str]) -> Iterator[str]:
    if rows_of(wanted.rulebook, wanted.facts):
        return
    known = _known(wanted, decision)
    if decision.status is Status.UNDETERMINED:
        yield from (_named(rule, places) for rule in may_speak(wanted.rules, known))
        return
    spoke = decision.because[0].rule
    later = [rule for rule in wanted.rules if rule.id != spoke and holds(rule.when, known)]
    yield from (f"{_named(rule, places)}: true too, but later in precedence" for rule in later)
    stopped = {rule: facts for rule, facts in _stopped(wanted, known).items() if rule.id != spoke and rule not in later}
    for rule, facts in stopped.items():
        if facts != [SITUATION]:
            yield f"{_named(rule, places)}: with another {' or '.join(facts)}"
    elsewhere = [rule.id for rule, facts in stopped.items() if facts == [SITUATION]]
    if elsewhere:
        yield f"with another situation: {', '.join(elsewhere)}"


def _known(wanted: Wanted, decision: Decision) -> Known:
    """What was said, with everything that the verdict does not wait for declined."""
    declined = wanted.rulebook.services[wanted.service].reads - set(decision.missing)
    known = {**dict.fromkeys(declined), **wanted.facts}
    return known if SITUATION in decision.missing else {**known, SITUATION: known.get(SITUATION) or NOT_SAID}


def _stopped(wanted: Wanted, known: Known) -> Mapping[Rule, list[FactId]]:
    """The rules that might speak if one answer were another, with the answers of which that is true."""
    deciding = wanted.rulebook.services[wanted.service].deciding
    found: dict[Rule, list[FactId]] = {}
    for fact in (fact for fact in wanted.facts if wanted.facts[fact] is not None and fact in deciding):
        for rule in may_speak(wanted.rules, {name: value for name, value in known.items() if name != fact}):
            found.setdefault(rule, []).append(fact)
    return found


def _named(rule: Rule, places: Mapping[str, str]) -> str:
    return f"{rule.id} ({places.get(rule.id, 'not in this book')}), {rule.status}"
