"""Of the values of a fact, one of each kind that the rules can tell apart is tried."""

from __future__ import annotations

from rules.conditions import AllOf, AnyOf, InRow, Not, Overlay, Test, Unanswered, Unless
from rules.facts import FactId
from rules.reading.values import ELSEWHERE, telling_values
from rules.rulebook import Rulebook

AGE, CITY, PROOF, TRADE = FactId("age"), FactId("city"), FactId("education_proof"), FactId("activity_kind")
ADULT = Test(AGE, "at_least", 18)
ROWS = ("card_work", "card_visitor", "irregular")


def values(rulebook: Rulebook, *conditions: object) -> dict[FactId, set[object]]:
    found = telling_values(conditions, (), rulebook.facts, ROWS)  # type: ignore[arg-type]  # any condition will do
    return {fact: set(each) for fact, each in found.items()}


def test_numbers_are_tried_around_their_threshold_and_declining_is_like_failing(rulebook: Rulebook) -> None:
    assert values(rulebook, ADULT) == {AGE: {None, 18}}


def test_under_a_not_declining_is_a_kind_of_its_own(rulebook: Rulebook) -> None:
    assert values(rulebook, Not(ADULT)) == {AGE: {None, 0, 18}}
    assert values(rulebook, AnyOf((ADULT, Unless(Not(ADULT))))) == {AGE: {None, 0, 18}}
    assert values(rulebook, Unless(ADULT)) == {AGE: {None, 18}}


def test_a_threshold_at_the_edge_stays_within_the_range(rulebook: Rulebook) -> None:
    assert values(rulebook, Test(AGE, "at_most", 0)) == {AGE: {None, 0}}


def test_a_choice_no_rule_names_stands_for_all_others(rulebook: Rulebook) -> None:
    craft = Test(TRADE, "equals", "craft")
    service = Test(TRADE, "one_of", frozenset({"services", "trade"}))
    assert values(rulebook, AllOf((craft, service))) == {TRADE: {None, "craft", "services"}}


def test_a_city_no_rule_names_is_tried_too(rulebook: Rulebook) -> None:
    not_fes = Test(CITY, "none_of", frozenset({"city_fes"}))
    assert values(rulebook, not_fes, Unanswered(Test(PROOF, "equals", operand=True))) == {
        CITY: {None, ELSEWHERE},
        PROOF: {None, True},
    }


def test_rows_that_no_rule_tells_apart_are_tried_once(rulebook: Rulebook) -> None:
    cards = InRow(frozenset({"card_work", "card_visitor"}), (Overlay("adult", ADULT, "irregular"),))
    assert values(rulebook, cards) == {FactId("situation"): {"card_work", "irregular"}, AGE: {None, 18}}
