"""Which question is chosen, in what order, and the numbers that say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.ask import next_question, why_next
from rules.conditions import AllOf, AnyOf
from rules.evaluate import evaluate_all
from rules.facts import FactId, Facts
from rules.load import load_rulebook
from rules.model import ServiceId, Status
from rules.papers import can_narrow
from rules.questions import plan as planning
from rules.questions.choose import choose_fact, plan_for
from rules.questions.crowd import Crowd
from rules.questions.even import even_population
from rules.questions.plan import Plan
from rules.questions.verdicts import Verdicts, programs_of
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, someone
from tests.builders.strangers import strangers
from tests.builders.tiny_books import a_book, a_fact, a_population, a_rule, is_true

BOOK = load_rulebook()
SERVICES = tuple(BOOK.services)
YES, NO = Status.ELIGIBLE, Status.NOT_ELIGIBLE
law = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some_services = st.lists(st.sampled_from(SERVICES), min_size=1, max_size=5, unique=True)


def first(book: Rulebook, facts: Facts | None = None) -> str | None:
    question = next_question(book, tuple(book.services), facts or Facts(), on=TODAY)
    return question.fact if question else None


# What is never asked


@law
@given(strangers(BOOK, silent=12), some_services)
def test_only_what_can_change_an_open_verdict_or_screens_for_danger_is_asked(
    person: Facts, services: list[ServiceId]
) -> None:
    question = next_question(BOOK, services, person, on=TODAY)
    waiting = {fact for made in evaluate_all(BOOK, services, person, on=TODAY) for fact in made.missing}
    doors = {fact for service in services for fact in BOOK.services[service].door_of}
    if question is None:
        assert not waiting
        return
    assert question.fact in waiting | doors
    assert person.is_unknown(question.fact) or (question.fact == "situation" and can_narrow(BOOK, person))
    if question.fact in waiting:
        assert BOOK.facts[question.fact].stage == min(BOOK.facts[fact].stage for fact in waiting)


@law
@given(strangers(BOOK, silent=12), some_services)
def test_the_verdicts_planned_for_are_those_that_are_given(person: Facts, services: list[ServiceId]) -> None:
    left = plan_for(BOOK, services, TODAY).verdicts.open(range(len(services)), person)
    for place, made in enumerate(evaluate_all(BOOK, services, person, on=TODAY)):
        assert set(made.missing) == (left[place].moving if place in left else set())


@settings(law, max_examples=30)
@given(strangers(BOOK, silent=10), some_services)
def test_services_in_another_order_or_named_twice_ask_the_same(person: Facts, services: list[ServiceId]) -> None:
    expected = next_question(BOOK, services, person, on=TODAY)
    assert next_question(BOOK, services[::-1], person, on=TODAY) == expected
    assert next_question(BOOK, [*services, services[0]], person, on=TODAY) == expected


def test_a_question_that_settles_nothing_of_what_is_open_is_left_out() -> None:
    book = a_book(
        [a_rule("s0.both", YES, AllOf((is_true("one"), is_true("two")))), a_rule("s0.else", NO)],
    )
    assert first(book, someone(one=False)) is None
    assert first(book, someone(one=True)) == "two"
    assert first(book, someone(one=None)) is None


# The order


def test_a_likely_bar_is_asked_about_first() -> None:
    rules = [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)]
    assert first(a_book(rules, population=a_population(one=[1, 9], two=[9, 1]))) == "two"
    assert first(a_book(rules, population=a_population(one=[9, 1], two=[1, 9]))) == "one"


def test_of_questions_of_like_value_the_least_sensitive_comes_first_then_the_order_of_the_book() -> None:
    rules = [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)]
    assert first(a_book(rules)) == "one"
    sensitive = [a_fact("one", sensitivity=2), a_fact("two", sensitivity=1)]
    free = replace(a_population(), sensitivity_weight=0.0)
    assert first(a_book(rules, facts=sensitive, population=free)) == "two"


@pytest.mark.parametrize(("weight", "asked"), [(0.0, "one"), (0.5, "one"), (4.0, "two")])
def test_how_much_sensitivity_weighs_is_written_in_the_book(weight: float, asked: str) -> None:
    rules = [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)]
    facts = [a_fact("one", sensitivity=2), a_fact("two", sensitivity=1)]
    population = replace(a_population(one=[3, 1], two=[2, 2]), sensitivity_weight=weight)
    assert first(a_book(rules, facts=facts, population=population)) == asked


def test_an_earlier_stage_comes_first_whatever_it_costs() -> None:
    rules = [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)]
    facts = [a_fact("one", stage=5), a_fact("two", stage=4, sensitivity=3)]
    book = a_book(rules, facts=facts, population=a_population(one=[99, 1], two=[1, 99]))
    assert first(book) == "two"
    plan = plan_for(book, tuple(book.services), TODAY)
    free = Plan(plan.verdicts, plan.crowd, staged=False)
    assert free.worth(Facts()).cost < plan.worth(Facts()).cost
    assert free.best(plan.verdicts.open([0], Facts()), Facts())[0][0] == "one"


def test_danger_that_something_points_to_comes_before_the_paper() -> None:
    plan = plan_for(BOOK, SERVICES, TODAY)
    both = frozenset({FactId("exploitation_signs"), FactId("fears_return")})
    assert choose_fact(plan, Facts(), both) == "fears_return"
    assert choose_fact(plan, someone(fears_return=None), both) == "exploitation_signs"
    assert choose_fact(plan, someone(fears_return=None, exploitation_signs=False), both) == "situation"
    assert choose_fact(plan, Facts(), frozenset({FactId("age")})) == "situation"


def test_a_door_of_safety_waits_for_what_comes_before_it() -> None:
    services = [ServiceId("unhcr_asylum_registration"), ServiceId("ofppt_training")]
    plan = plan_for(BOOK, services, TODAY)
    assert choose_fact(plan, someone(situation="short_stay")) == "education"
    assert choose_fact(plan, someone(situation="short_stay", education="none")) == "fears_return"


# Why


def test_the_reasons_are_the_verdicts_it_moves_and_what_is_left_with_it_and_with_the_next_best() -> None:
    book = a_book(
        [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)],
        [a_rule("s1.one", YES, is_true("one")), a_rule("s1.else", NO)],
        population=a_population(one=[1, 3]),
    )
    why = why_next(book, tuple(book.services), Facts(), on=TODAY)
    assert why is not None
    assert (why.fact, why.services, why.runner_up, why.exact) == ("one", ("s0", "s1"), "two", True)
    assert why.expected_left == pytest.approx(1.75)
    assert why.expected_cost == pytest.approx(1.75 * 1.5)
    assert why.runner_up_left == pytest.approx(2)


def test_verdicts_that_wait_for_different_facts_are_counted_together() -> None:
    book = a_book(
        [a_rule("s0.one", YES, is_true("one")), a_rule("s0.else", NO)],
        [a_rule("s1.two", YES, is_true("two")), a_rule("s1.else", NO)],
    )
    why = why_next(book, tuple(book.services), someone(situation="irregular"), on=TODAY)
    assert why is not None
    assert (why.fact, why.services, why.expected_left) == ("one", ("s0",), 2)
    assert (why.runner_up, why.runner_up_left) == ("two", 2)


def test_a_question_of_safety_moves_no_verdict_and_is_counted() -> None:
    services = [ServiceId("unhcr_asylum_registration")]
    why = why_next(BOOK, services, someone(situation="short_stay"), on=TODAY)
    assert why is not None
    assert (why.fact, why.services, why.expected_left, why.expected_cost) == ("fears_return", (), 1.0, 2.5)


def test_nothing_to_ask_has_no_reasons() -> None:
    assert why_next(BOOK, SERVICES, Facts(dict.fromkeys(BOOK.facts)), on=TODAY) is None


@pytest.mark.parametrize("services", [SERVICES, SERVICES[:4]])
def test_where_the_paper_is_known_every_order_is_tried(services: Sequence[ServiceId]) -> None:
    plan = plan_for(BOOK, services, TODAY)
    for row in ("card_work", "short_stay", "refugee_bra_card_only"):
        assert plan.worth(someone(situation=row)).exact


def test_beyond_the_space_one_question_is_looked_ahead_and_said_not_to_be_exact() -> None:
    rules = [a_rule("s0.bar", NO, AnyOf((is_true("one"), is_true("two")))), a_rule("s0.else", YES)]
    book = a_book(rules)
    plan = plan_for(book, tuple(book.services), TODAY)
    for space, exact in ((8, False), (9, True)):
        worth = Plan(plan.verdicts, plan.crowd, space=space).worth(Facts())
        assert worth.exact is exact
    assert Plan(plan.verdicts, plan.crowd, space=8).worth(Facts()).cost == pytest.approx(1.5 + 0.5 * 1.5)


def test_what_was_planned_is_forgotten_when_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = programs_of(BOOK, SERVICES[:4], TODAY)
    plan = Plan(Verdicts(BOOK, programs), Crowd(BOOK, even_population(BOOK), programs))
    expected = plan.worth(someone(situation="card_work"))
    kept = len(plan._worth)
    assert kept > 5
    monkeypatch.setattr(planning, "MEMORY", 5)
    assert plan.worth(someone(situation="card_work", age=20)).cost < expected.cost
    assert len(plan._worth) < kept
    assert plan.worth(someone(situation="card_work")) == expected


def test_people_who_cannot_tell_their_card_are_planned_for() -> None:
    plan = plan_for(BOOK, SERVICES[:4], TODAY)
    unsure = someone(situation="paper_card", first_card_from_regularisation=None)
    assert 0 < plan.worth(unsure).questions < plan.worth(Facts()).questions + 2
    assert plan.worth(someone(situation=None)).questions > 0
