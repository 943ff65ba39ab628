"""Kleene's logic all the way: unknown is a value, declined is unknown that is not asked again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.admit import contradictions
from rules.compiled.reach import BEST_FIRST, CLASS_OF, Class
from rules.conditions import ANY, FALSE, TRUE, UNKNOWN, AllOf, AnyOf, Condition, Not, Test, Unanswered, Unless, negated
from rules.evaluate import evaluate
from rules.facts import FactId, Facts, FactValue
from rules.load import load_rulebook
from rules.model import Decision, ServiceId, Status
from rules.proof.space import Space, space_of
from tests.builders.facts import TODAY

BOOK = load_rulebook()
SPACES: dict[ServiceId, Space] = {name: space_of(BOOK, service, TODAY) for name, service in BOOK.services.items()}
LEFT_TO_BE_TOLD = frozenset(fact for fact, definition in BOOK.facts.items() if definition.volunteered)
"""They count as declined until they are told: telling one is a correction."""

law = settings(max_examples=120, deadline=None)


@st.composite
def people(draw: st.DrawFn) -> tuple[ServiceId, Facts]:
    """Somebody before a service, who fits together; what is left to be told was told or declined."""
    space = SPACES[draw(st.sampled_from(sorted(SPACES)))]
    told: dict[FactId, FactValue | None] = {}
    for axis in space.axes:
        if axis.fact in LEFT_TO_BE_TOLD or draw(st.booleans()):
            told[axis.fact] = draw(st.sampled_from(axis.values))
    person = Facts(told)
    assume(not contradictions(BOOK, person))
    return space.service.service, person


def ways(service: ServiceId, person: Facts, fact: FactId) -> list[Facts]:
    """The person with this fact answered in each way that fits the rest."""
    axis = next(axis for axis in SPACES[service].axes if axis.fact == fact)
    learned = (person.learning(**{fact: value}) for value in axis.values)
    return [each for each in learned if not contradictions(BOOK, each)]


def classes(service: ServiceId, persons: list[Facts]) -> set[Class | None]:
    decided = (evaluate(BOOK, service, each, on=TODAY) for each in persons)
    return {CLASS_OF.get(decision.status) for decision in decided}


def decide(service: ServiceId, person: Facts) -> Decision:
    return evaluate(BOOK, service, person, on=TODAY)


@law
@given(people())
def test_a_settled_verdict_stays_in_its_class_whatever_is_learned(case: tuple[ServiceId, Facts]) -> None:
    service, person = case
    before = decide(service, person).status
    assume(before is not Status.UNDETERMINED)
    for fact in SPACES[service].facts:
        if person.is_unknown(fact) and fact not in BOOK.unasked_when:
            assert classes(service, ways(service, person, fact)) <= {CLASS_OF[before]}, fact


@law
@given(people())
def test_a_fact_that_leaves_the_verdict_the_same_is_not_waited_for(case: tuple[ServiceId, Facts]) -> None:
    service, person = case
    unknown = [fact for fact in SPACES[service].facts if person.is_unknown(fact)]
    assume(len(unknown) == 1)
    found = classes(service, ways(service, person, unknown[0]))
    decision = decide(service, person)
    if len(found) == 1:
        assert decision.missing == ()
    elif unknown[0] not in BOOK.unasked_when:
        assert decision.missing == (unknown[0],)


@law
@given(people())
def test_learning_never_opens_what_was_out_of_reach(case: tuple[ServiceId, Facts]) -> None:
    service, person = case
    before = decide(service, person)
    assume(before.if_met is not None)
    for fact in before.missing:
        for learned in ways(service, person, fact):
            after = decide(service, learned)
            best = after.if_met or after.status
            assert BEST_FIRST.index(best) >= BEST_FIRST.index(before.if_met or best), fact
            assert fact not in after.missing


@law
@given(people())
def test_declining_all_that_is_missing_settles_it_as_a_condition_in_words(case: tuple[ServiceId, Facts]) -> None:
    service, person = case
    for _ in SPACES[service].axes:
        missing = decide(service, person).missing
        person = person.learning(**dict.fromkeys(missing))
    decision = decide(service, person)
    assert decision.status is not Status.UNDETERMINED
    if decision.status is Status.CONDITIONAL:
        assert decision.conditions


@law
@given(people(), st.data())
def test_the_order_of_telling_does_not_matter(case: tuple[ServiceId, Facts], data: st.DataObject) -> None:
    service, person = case
    told = Facts()
    for fact in data.draw(st.permutations(list(person))):
        told = told.learning(**{fact: person[fact]})
        decide(service, told)
    assert decide(service, told) == decide(service, person)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rules_within_a_rank_does_not_matter(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # shuffling rules, not cards
    shuffled = {}
    for name, service in BOOK.services.items():
        rules = list(service.rules)
        random.shuffle(rules)
        shuffled[name] = replace(service, rules=tuple(sorted(rules, key=lambda rule: rule.rank)))
    other = replace(BOOK, services=shuffled)
    for name, space in SPACES.items():
        numbers = range(0, space.size, 1 + space.size // 400)
        for number in numbers:
            person = Facts(dict(space.person(number)))
            if not contradictions(BOOK, person):
                assert evaluate(other, name, person, on=TODAY) == evaluate(BOOK, name, person, on=TODAY)


A, B, C = (Test(FactId(name), "equals", operand=True) for name in ("a", "b", "c"))
values = st.sampled_from([True, False, None])
facts = st.fixed_dictionaries({}, optional={FactId(name): values for name in ("a", "b", "c")})
conditions = st.recursive(
    st.sampled_from([A, B, C]),
    lambda inner: st.one_of(
        inner.map(Not),
        inner.map(Unless),
        inner.map(Unanswered),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=6,
)


@law
@given(conditions, facts)
def test_with_everything_known_there_is_one_outcome(condition: Condition, told: dict[FactId, bool | None]) -> None:
    complete = {**dict.fromkeys(condition.reads()), **told}
    assert condition.given(complete) in {FALSE, UNKNOWN, TRUE}


@law
@given(conditions, facts, facts)
def test_learning_only_narrows_what_a_condition_may_be(
    condition: Condition, told: dict[FactId, bool | None], more: dict[FactId, bool | None]
) -> None:
    before, after = condition.given(told), condition.given({**more, **told})
    assert after & ~before == 0
    assert before & ~ANY == 0


@law
@given(conditions, conditions, facts)
def test_de_morgan_and_double_negation_hold(one: Condition, other: Condition, told: dict[FactId, bool | None]) -> None:
    complete = {**dict.fromkeys([*one.reads(), *other.reads()]), **told}
    both, either = AllOf((one, other)), AnyOf((one, other))
    assert Not(both).given(complete) == AnyOf((Not(one), Not(other))).given(complete)
    assert Not(either).given(complete) == AllOf((Not(one), Not(other))).given(complete)
    assert Not(Not(one)).given(complete) == one.given(complete)
    assert negated(negated(one.given(told))) == one.given(told)
    assert AllOf((other, one)).given(complete) == both.given(complete)


@law
@given(conditions, facts)
def test_declined_holds_neither_way_and_unless_takes_it_as_not_holding(
    condition: Condition, told: dict[FactId, bool | None]
) -> None:
    complete = {**dict.fromkeys(condition.reads()), **told}
    outcome = condition.given(complete)
    assert (Unanswered(condition).given(complete) == TRUE) == (outcome == UNKNOWN)
    assert (Unless(condition).given(complete) == TRUE) == (outcome != TRUE)
