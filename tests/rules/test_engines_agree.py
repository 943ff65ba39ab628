"""The rule book translated for two other engines says the same as ours, so that their speed may be compared."""

from __future__ import annotations

from rules.evaluate import evaluate_all
from rules.rulebook import Rulebook
from tests.bench.engines.fisca_system import FiscaSystem
from tests.bench.engines.people import complete_people
from tests.bench.engines.zen_tables import ZenTables, as_context
from tests.builders.facts import TODAY

PEOPLE = 300


def test_zen_tables_say_the_same(rulebook: Rulebook) -> None:
    services = tuple(rulebook.services)
    tables = ZenTables(rulebook, services, TODAY)
    for person in complete_people(rulebook, PEOPLE):
        theirs = tables.decide(as_context(person))
        for ours in evaluate_all(rulebook, services, person, on=TODAY):
            said = theirs[ours.service]
            assert (said["status"], said["rule"], said["reason"]) == (
                ours.status,
                ours.because[0].rule,
                ours.because[0].say,
            )
            assert said["citations"] == [citation.fact for citation in ours.because[0].citations]


def test_the_fisca_system_says_the_same(rulebook: Rulebook) -> None:
    services = tuple(rulebook.services)
    people = complete_people(rulebook, PEOPLE)
    system = FiscaSystem(rulebook, services, TODAY)
    speaking = system.decide_all(system.columns(people))
    for number, person in enumerate(people):
        for ours in evaluate_all(rulebook, services, person, on=TODAY):
            rule = system.rules[ours.service][speaking[ours.service][number]]
            assert (rule.status, rule.id) == (ours.status, ours.because[0].rule)
