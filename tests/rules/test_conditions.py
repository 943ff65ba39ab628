"""Three-valued logic, and what may still become of it while facts are open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.conditions import (
    ALWAYS,
    ANY,
    FALSE,
    NEVER,
    TRUE,
    UNKNOWN,
    AllOf,
    AnyOf,
    Condition,
    InRow,
    Not,
    Overlay,
    Test,
    Unanswered,
    Unless,
    holds,
)
from rules.facts import FactId, FactValue
from tests.rules.reference import truth

FACTS = [FactId(name) for name in ("one", "two", "three")]
SITUATION = FactId("situation")

tests = st.builds(Test, st.sampled_from(FACTS), st.just("equals"), st.booleans())
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda parts: st.one_of(
        st.builds(AllOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
        st.builds(Unless, parts),
        st.builds(Unanswered, parts),
    ),
    max_leaves=8,
)
people = st.fixed_dictionaries({fact: st.sampled_from([True, False, None]) for fact in FACTS})


@given(conditions, people)
def test_with_every_fact_answered_or_declined_there_is_one_outcome(
    condition: Condition, person: dict[FactId, FactValue | None]
) -> None:
    assert condition.given(person) in {FALSE, UNKNOWN, TRUE}


@given(conditions, people, st.sets(st.sampled_from(FACTS)))
def test_what_is_possible_while_facts_are_open_covers_what_comes_true(
    condition: Condition, person: dict[FactId, FactValue | None], hidden: set[FactId]
) -> None:
    seen = {fact: value for fact, value in person.items() if fact not in hidden}
    assert condition.given(seen) & condition.given(person)


@given(conditions, people)
def test_only_the_facts_it_reads_matter(condition: Condition, person: dict[FactId, FactValue | None]) -> None:
    read = {fact: value for fact, value in person.items() if fact in condition.reads()}
    assert condition.given(read) == condition.given(person)


@given(tests, tests, people)
def test_de_morgan(one: Test, other: Test, person: dict[FactId, FactValue | None]) -> None:
    assert Not(AllOf((one, other))).given(person) == AnyOf((Not(one), Not(other))).given(person)
    assert Not(AnyOf((one, other))).given(person) == AllOf((Not(one), Not(other))).given(person)


@given(conditions, conditions, conditions, people)
def test_and_and_or_are_commutative_associative_and_idempotent(
    one: Condition, two: Condition, three: Condition, person: dict[FactId, FactValue | None]
) -> None:
    for join in (AllOf, AnyOf):
        assert join((one, two)).given(person) == join((two, one)).given(person)
        assert join((one, join((two, three)))).given(person) == join((join((one, two)), three)).given(person)
        assert join((one, one)).given(person) == one.given(person)


@given(conditions, people)
def test_double_negation_and_units(condition: Condition, person: dict[FactId, FactValue | None]) -> None:
    assert Not(Not(condition)).given(person) == condition.given(person)
    assert AllOf((condition, ALWAYS)).given(person) == condition.given(person)
    assert AnyOf((condition, NEVER)).given(person) == condition.given(person)
    assert AllOf((condition, NEVER)).given(person) == FALSE
    assert AnyOf((condition, ALWAYS)).given(person) == TRUE


@given(tests)
def test_a_declined_fact_is_unknown_and_an_open_one_may_be_anything(test: Test) -> None:
    assert test.given({test.fact: None}) == UNKNOWN
    assert test.given({}) == ANY
    assert not holds(test, {})
    assert Not(test).given({test.fact: None}) == UNKNOWN
    assert Unless(test).given({test.fact: None}) == TRUE
    assert Unanswered(test).given({test.fact: None}) == TRUE


def test_true_is_not_the_number_one() -> None:
    assert Test(FACTS[0], "equals", operand=True).given({FACTS[0]: 1}) == FALSE


def test_operators_on_numbers() -> None:
    age = FactId("age")
    verdicts = {
        operator: [Test(age, operator, 18).given({age: value}) == TRUE for value in (17, 18, 19)]
        for operator in ("below", "at_most", "at_least", "above")
    }
    assert verdicts == {
        "below": [True, False, False],
        "at_most": [True, True, False],
        "at_least": [False, True, True],
        "above": [False, False, True],
    }


def test_the_first_overlay_that_applies_gives_the_row() -> None:
    first = Overlay("first", Test(FACTS[0], "equals", operand=True), "alone")
    second = Overlay("second", Test(FACTS[1], "equals", operand=True), "stateless")
    alone = InRow(frozenset({"alone"}), (first, second))
    person = {SITUATION: "irregular", FACTS[0]: True, FACTS[1]: True}
    assert alone.given(person) == TRUE
    assert alone.given({**person, FACTS[0]: False}) == FALSE
    assert alone.given({FACTS[0]: True}) == TRUE
    assert alone.given({FACTS[0]: False, FACTS[1]: False}) == ANY
    assert InRow(frozenset({"irregular"})).given({SITUATION: None}) == UNKNOWN
    assert alone.reads() == {SITUATION, FACTS[0], FACTS[1]}


numbers = st.integers(0, 4)
AGE = FactId("age")
named = st.frozensets(numbers, min_size=1)
number_tests = st.one_of(
    st.builds(Test, st.just(AGE), st.sampled_from(["equals", "at_least", "above", "at_most", "below"]), numbers),
    st.builds(Test, st.just(AGE), st.sampled_from(["one_of", "none_of"]), named),
)
ROWS = st.sampled_from(["card", "receipt", "child"])
overlays = st.builds(Overlay, st.just("overlay.some"), number_tests | tests, ROWS)
in_rows = st.builds(InRow, st.frozensets(ROWS), st.lists(overlays, max_size=2).map(tuple))
everyone = st.fixed_dictionaries(
    {
        **dict.fromkeys(FACTS, st.sampled_from([True, False, None])),
        AGE: st.none() | numbers,
        SITUATION: st.none() | ROWS,
    }
)
KNOWN = {FALSE: False, UNKNOWN: None, TRUE: True}


@given(st.one_of(number_tests, in_rows, st.builds(Not, in_rows), st.builds(Unless, in_rows), conditions), everyone)
def test_it_comes_out_as_when_read_the_slow_way(condition: Condition, person: dict[FactId, FactValue | None]) -> None:
    assert KNOWN[condition.given(person)] == truth(condition, person)


@given(in_rows, everyone, st.sets(st.sampled_from([AGE, SITUATION, *FACTS])))
def test_a_row_is_possible_while_facts_are_open(
    condition: InRow, person: dict[FactId, FactValue | None], hidden: set[FactId]
) -> None:
    seen = {fact: value for fact, value in person.items() if fact not in hidden}
    assert condition.given(seen) & condition.given(person)


def test_true_and_one_are_not_equal() -> None:
    assert Test(FACTS[0], "equals", operand=True).of(1) == FALSE
    assert Test(AGE, "equals", 1).of(value=True) == FALSE


def test_a_test_stands_under_a_not_or_beside_it() -> None:
    one, two = Test(FACTS[0], "equals", operand=True), Test(FACTS[1], "equals", operand=True)
    assert AllOf((one, Not(two))).tests() == ((one, False), (two, True))
    assert Not(AnyOf((one, Not(two)))).tests() == ((one, True), (two, False))
    assert Unless(one).tests() == Unanswered(one).tests() == ((one, False),)


def test_a_row_reads_the_situation_and_what_its_overlays_read() -> None:
    overlaid = InRow(frozenset({"card"}), (Overlay("overlay.child", Test(AGE, "below", 18), "child"),))
    assert overlaid.reads() == {SITUATION, AGE}
    assert overlaid.tests() == (
        (Test(AGE, "below", 18), False),
        (Test(SITUATION, "one_of", frozenset({"card"})), False),
    )
