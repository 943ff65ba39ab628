"""No way to ask costs less than ours: held against every strategy there is, in books small enough to try them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

from rules.ask import next_question, why_next
from rules.evaluate import evaluate_all
from rules.facts import SITUATION, FactId, Facts
from rules.questions.choose import plan_for
from rules.questions.plan import Plan
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY
from tests.builders.tiny_books import VALUES, Somebody, tiny_books

law = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def everybody(book: Rulebook) -> list[Somebody]:
    assert book.population is not None
    total = sum(holders.people for holders in book.population.holders)
    found = []
    for holders in book.population.holders:
        for answers in product(*(list(_answers(book, name, holders.row)) for name in VALUES)):
            people = holders.people / total
            told = {SITUATION: holders.row}
            for name, (answer, part) in zip(VALUES, answers, strict=True):
                told[FactId(name)] = answer
                people *= part
            if people:
                found.append(Somebody(told, people))
    return found


def _answers(book: Rulebook, name: str, row: str) -> Iterator[tuple[object, float]]:
    assert book.population is not None
    shares = next(each for each in book.population.shares[FactId(name)] if not each.rows or row in each.rows)
    declined = book.population.declines[book.facts[FactId(name)].sensitivity]
    for value, people in shares.people.items():
        yield value, people / sum(shares.people.values()) * (1 - declined)
    yield None, declined


def least(book: Rulebook, people: Sequence[Somebody], facts: Facts, *, staged: bool) -> float:
    """The cost of the best strategy for these people, every question that can move a verdict tried at every turn.

    A question that moves nothing may still tell something of the paper; nobody is asked one for that.
    """
    decisions = evaluate_all(book, tuple(book.services), facts, on=TODAY)
    missing = {fact for decision in decisions for fact in decision.missing}
    if not missing:
        return 0.0
    stage = min(book.facts[fact].stage for fact in missing)
    asked = [fact for fact in missing if book.facts[fact].stage == stage or not staged]
    return min(cost(book, people, facts, fact, staged=staged) for fact in asked)


def cost(book: Rulebook, people: Sequence[Somebody], facts: Facts, fact: FactId, *, staged: bool) -> float:
    assert book.population is not None
    found = book.population.cost(book.facts[fact].sensitivity)
    count = sum(each.people for each in people)
    heard = defaultdict(list)
    for each in people:
        heard[as_heard(book, fact, each.answers[fact])].append(each)
    for same in heard.values():
        part = sum(each.people for each in same) / count
        found += part * least(book, same, facts.learning(**{fact: same[0].answers[fact]}), staged=staged)
    return found


def as_heard(book: Rulebook, fact: FactId, answer: object) -> object:
    """Answers that no rule tells apart are one: what only they would tell of the paper is not listened to."""
    if answer is None or fact == SITUATION:
        return answer
    rules = [rule for service in book.services.values() for rule in service.rules]
    return tuple(test.of(answer) for rule in rules for test, _ in rule.when.tests() if test.fact == fact)


@law
@given(tiny_books())
def test_the_plan_costs_what_the_best_strategy_in_this_order_costs(book: Rulebook) -> None:
    worth = plan_for(book, tuple(book.services), TODAY).worth(Facts())
    assert worth.cost == pytest.approx(least(book, everybody(book), Facts(), staged=True))
    assert worth.exact


@settings(law, max_examples=25)
@given(tiny_books())
def test_without_an_order_the_plan_costs_what_the_best_of_all_orders_costs(book: Rulebook) -> None:
    plan = plan_for(book, tuple(book.services), TODAY)
    free = Plan(plan.verdicts, plan.crowd, staged=False, space=None)
    assert free.worth(Facts()).cost == pytest.approx(least(book, everybody(book), Facts(), staged=False))


@law
@given(tiny_books())
def test_each_question_asked_is_the_first_of_a_best_strategy(book: Rulebook) -> None:
    services, people, facts = tuple(book.services), everybody(book), Facts()
    while question := next_question(book, services, facts, on=TODAY):
        expected = least(book, people, facts, staged=True)
        assert cost(book, people, facts, question.fact, staged=True) == pytest.approx(expected)
        chosen = why_next(book, services, facts, on=TODAY)
        assert chosen is not None
        assert chosen.expected_cost == pytest.approx(expected)
        answer = people[-1].answers[question.fact]
        people = [each for each in people if each.answers[question.fact] == answer]
        facts = facts.learning(**{question.fact: answer})


@law
@given(tiny_books())
def test_looking_one_question_ahead_asks_nothing_useless_and_ends(book: Rulebook) -> None:
    plan = plan_for(book, tuple(book.services), TODAY)
    short = Plan(plan.verdicts, plan.crowd, space=0)
    for somebody in everybody(book)[::5]:
        facts = Facts()
        while left := plan.verdicts.open(range(len(book.services)), facts):
            fact, _ = short.best(left, facts)[0]
            assert any(fact in reach.moving for reach in left.values())
            assert facts.is_unknown(fact)
            facts = facts.learning(**{fact: somebody.answers[fact]})
        assert next_question(book, tuple(book.services), facts, on=TODAY) is None


@law
@given(tiny_books())
def test_the_number_of_questions_expected_is_the_number_asked_on_average(book: Rulebook) -> None:
    services = tuple(book.services)
    asked = 0.0
    for somebody in everybody(book):
        facts = Facts()
        while question := next_question(book, services, facts, on=TODAY):
            asked += somebody.people
            facts = facts.learning(**{question.fact: somebody.answers[question.fact]})
    assert plan_for(book, services, TODAY).worth(Facts()).questions == pytest.approx(asked)
