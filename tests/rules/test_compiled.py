"""The compiled rules say what the rules say when they are read the slow and obvious way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.compiled.program import CompiledService, compiled
from rules.compiled.reach import CLASS_OF
from rules.evaluate import BEST_FIRST, evaluate
from rules.explain import decision_of, papers
from rules.facts import SITUATION, FactId, Facts
from rules.load import load_rulebook
from rules.model import ServiceId, Status
from rules.papers import can_narrow, rows_of
from tests.builders.facts import TODAY, someone
from tests.builders.strangers import settled_strangers, strangers
from tests.rules.reference import Way, as_understood, first_true, open_values, ways

BOOK = load_rulebook()
SERVICES = tuple(BOOK.services)
MANY = 300
services = st.sampled_from(SERVICES)
law = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@law
@given(settled_strangers(BOOK), st.sampled_from([TODAY, date(2019, 1, 1), date(2024, 1, 1)]))
def test_someone_who_answered_everything_hears_the_first_rule_that_is_true(person: Facts, on: date) -> None:
    for service in SERVICES:
        rules, known = BOOK.services[service], as_understood(BOOK, service, person)
        facts = {**dict.fromkeys(BOOK.facts), **known}
        speaking, said = first_true(rules, facts, on), evaluate(BOOK, service, person, on=on)
        if speaking is None:
            assert said.status is Status.UNCERTAIN
            continue
        expected = decision_of(rules, speaking, facts)
        assert (said.status, said.because, said.conditions) == (expected.status, expected.because, expected.conditions)
        assert (said.documents, said.next_steps) == (expected.documents, expected.next_steps)
        assert (said.lean, said.confirm_with, said.proposable) == (
            expected.lean,
            expected.confirm_with,
            expected.proposable,
        )
        assert set(expected.warnings) <= set(said.warnings)


@law
@given(strangers(BOOK, silent=8), services)
def test_a_verdict_is_given_exactly_when_no_answer_could_change_its_class(person: Facts, service: ServiceId) -> None:
    assume(not rows_of(BOOK, person))
    found = _every_way(person, service)
    said = evaluate(BOOK, service, person, on=TODAY)
    classes = {CLASS_OF[way.status] for way in found}
    assert (said.status is Status.UNDETERMINED) == (len(classes) > 1)
    if said.status is Status.UNDETERMINED:
        assert said.if_met == min((way.status for way in found), key=BEST_FIRST.index)
    elif found:
        assert CLASS_OF[said.status] in classes


@law
@given(strangers(BOOK, silent=8), services)
def test_the_missing_facts_settle_it_whatever_else_is_true(person: Facts, service: ServiceId) -> None:
    assume(not rows_of(BOOK, person))
    missing = evaluate(BOOK, service, person, on=TODAY).missing
    by_answers: dict[tuple[object, ...], set[str]] = {}
    for way in _every_way(person, service):
        told = tuple(way.found.get(fact) for fact in missing)
        by_answers.setdefault(told, set()).add(CLASS_OF[way.status])
    assert all(len(classes) == 1 for classes in by_answers.values())


def _every_way(person: Facts, service: ServiceId) -> list[Way]:
    known = as_understood(BOOK, service, person)
    assume(prod(len(values) for values in open_values(BOOK, service, known).values()) <= MANY)
    return list(ways(BOOK, service, known, TODAY))


@law
@given(strangers(BOOK, silent=3), st.sampled_from(["paper_card", "paper_receipt", "paper_unhcr"]), services)
def test_a_kind_of_paper_is_narrowed_or_all_its_rows_agree(person: Facts, kind: str, service: ServiceId) -> None:
    person = person.learning(**{SITUATION: kind})
    assume(not can_narrow(BOOK, person))
    said = evaluate(BOOK, service, person, on=TODAY)
    rows = rows_of(BOOK, person)
    each = {evaluate(BOOK, service, person.learning(**{SITUATION: row}), on=TODAY).status for row in rows}
    if Status.UNDETERMINED not in each and said.status is not Status.UNDETERMINED:
        assert said.status == (each.pop() if len(each) == 1 else Status.UNCERTAIN)


@pytest.mark.parametrize(("age", "same"), [(20, 25), (31, 44), (8, 9)])
def test_people_whom_a_service_cannot_tell_apart_are_one_cell(age: int, same: int) -> None:
    for name, service in compiled(BOOK).items():
        program = service.on(TODAY)
        one, other = (program.cell(someone(situation="card_work", age=each)) for each in (age, same))
        assert one == other, name


@pytest.mark.parametrize("named", [15, 31])
def test_an_age_that_a_rule_names_begins_another_cell(named: int) -> None:
    program = compiled(BOOK)[ServiceId("ofppt_training")].on(TODAY)
    before, since = (program.cell(someone(situation="card_work", age=age)) for age in (named - 1, named))
    assert before != since


def test_an_answer_nobody_foresaw_is_read_as_it_is(decide) -> None:
    assert decide("ofppt_training", situation="card_residence_10y", age=300).status == (
        decide("ofppt_training", situation="card_residence_10y", age=40).status
    )


def test_open_declined_and_answered_are_three_cells() -> None:
    program = compiled(BOOK)[ServiceId("ofppt_training")].on(TODAY)
    told = (someone(), someone(age=None), someone(age=20))
    assert len({program.cell(person) for person in told}) == 3


def test_one_step_leaves_the_rules_of_one_row() -> None:
    program = compiled(BOOK)[ServiceId("auto_entrepreneur")].on(TODAY)
    told = {SITUATION: "card_student", **dict.fromkeys(BOOK.facts.keys() - {SITUATION})}
    assert [rule.id for rule in program.list.after(program.list.start, told).rules] == ["auto_entrepreneur.student"]


def test_ways_that_leave_the_same_rules_meet_in_one_state() -> None:
    program = compiled(BOOK)[ServiceId("auto_entrepreneur")].on(TODAY)
    start = program.list.start
    one, other = (program.list.after(start, {SITUATION: "card_visitor", "age": age}) for age in (20, 40))
    assert one is other


def test_days_with_the_same_rules_in_force_share_one_program() -> None:
    service = compiled(BOOK)[ServiceId("auto_entrepreneur")]
    began = min(rule.in_force_from for rule in BOOK.services[ServiceId("auto_entrepreneur")].rules)
    assert service.on(began) is service.on(TODAY)
    assert service.on(began - timedelta(days=1)) is not service.on(TODAY)


def test_the_day_after_a_rule_ended_has_a_program_of_its_own() -> None:
    rules = BOOK.services[ServiceId("legal_aid")]
    ended = replace(rules, rules=(replace(rules.rules[0], in_force_to=TODAY), *rules.rules[1:]))
    service = CompiledService(BOOK, ended)
    assert rules.rules[0].id in {rule.id for rule in service.on(TODAY).rules}
    assert rules.rules[0].id not in {rule.id for rule in service.on(TODAY + timedelta(days=1)).rules}


def test_people_who_are_told_the_same_share_one_decision() -> None:
    told = [
        evaluate(BOOK, ServiceId("legal_aid"), someone(situation="irregular", age=age), on=TODAY) for age in (8, 50)
    ]
    assert told[0] is told[1]


def test_what_is_kept_grows_only_with_what_was_new() -> None:
    program = CompiledService(BOOK, BOOK.services[ServiceId("primary_health_care")]).on(TODAY)
    everyone = [program.closed(program.as_read(program.cell(someone())), row) for row in BOOK.rows]
    sizes = set()
    for _ in range(2):
        for facts in everyone:
            program.decision(program.list.start, facts)
            program.papers(facts)
        sizes.add((len(program.list), len(program.telling)))
    ((states, decisions),) = sizes
    assert 1 < decisions < len(BOOK.rows) < states


def test_papers_are_those_of_the_rules_whatever_was_asked_before() -> None:
    program = compiled(BOOK)[ServiceId("ofppt_training")].on(TODAY)
    for row in BOOK.rows:
        for answers in ({}, {"education": "bac"}, {"fears_return": True}):
            facts = program.closed({FactId(fact): value for fact, value in answers.items()}, row)
            assert program.papers(facts) == papers(program.service, facts)


def test_what_was_decided_for_a_cell_is_kept() -> None:
    one, other = (evaluate(BOOK, ServiceId("ofppt_training"), someone(age=age), on=TODAY) for age in (20, 25))
    assert one.status is Status.UNDETERMINED
    assert one is other
