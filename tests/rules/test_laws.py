"""Laws of the engine, for whoever comes and whatever they tell."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.admit import contradictions
from rules.ask import next_question
from rules.compiled.reach import CLASS_OF, Class
from rules.evaluate import evaluate, evaluate_all
from rules.facts import FactId, Facts, FactValue
from rules.load import load_rulebook
from rules.model import Decision, ServiceId, Status
from rules.papers import decline
from rules.rulebook import FactDefinition, FactType
from tests.builders.facts import TODAY

BOOK = load_rulebook()
SERVICES = tuple(BOOK.services)
ANSWERED_LATER = frozenset({"fears_return", "exploitation_signs", "alone_minor", "stateless"})
"""Facts that count as declined until they are told: telling them is meant to change the answer."""


def values_of(definition: FactDefinition) -> st.SearchStrategy[FactValue | None]:
    told: st.SearchStrategy[FactValue]
    if definition.type is FactType.BOOLEAN:
        told = st.booleans()
    elif definition.type is FactType.INTEGER:
        told = st.integers(8, 45)
    elif definition.type is FactType.CHOICE:
        told = st.sampled_from(sorted(definition.values))
    else:
        told = st.just("city_rabat")
    return st.none() | told


@st.composite
def people(draw: st.DrawFn) -> Facts:
    facts = draw(st.sets(st.sampled_from(list(BOOK.facts)), max_size=6)) | draw(st.sets(st.just(FactId("situation"))))
    person = Facts({fact: draw(values_of(BOOK.facts[fact])) for fact in sorted(facts)})
    clashes = contradictions(BOOK, person)
    return person.forgetting(*(fact for clash in clashes for fact in clash.facts))


@st.composite
def something_new(draw: st.DrawFn, person: Facts) -> tuple[FactId, FactValue | None]:
    unknown = [fact for fact in BOOK.facts if person.is_unknown(fact) and fact not in ANSWERED_LATER]
    fact = draw(st.sampled_from(unknown))
    return fact, draw(values_of(BOOK.facts[fact]))


law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law
@given(st.data(), people())
def test_learning_a_fact_never_turns_a_settled_verdict_around(data: st.DataObject, person: Facts) -> None:
    fact, value = data.draw(something_new(person))
    if person.get(FactId("alone_minor")) and fact == "situation":
        return  # A child alone is not asked for papers; telling one is a change of row.
    learned = person.learning(**{fact: value})
    if contradictions(BOOK, learned):
        return
    for service in SERVICES:
        before, after = (evaluate(BOOK, service, facts, on=TODAY) for facts in (person, learned))
        if before.status is not Status.UNDETERMINED and after.status is not Status.UNDETERMINED:
            classes = {CLASS_OF[before.status], CLASS_OF[after.status]}
            assert classes != {Class.YES, Class.NO}, (service, fact, value)


@law
@given(people())
def test_every_verdict_is_cited_and_complete(person: Facts) -> None:
    for decision in evaluate_all(BOOK, SERVICES, person, on=TODAY):
        assert decision.because
        assert all(reason.citations for reason in decision.because)
        _is_complete(decision)


def _is_complete(decision: Decision) -> None:
    if decision.status is Status.UNCERTAIN:
        assert decision.confirm_with is not None
    if decision.status is Status.NOT_ELIGIBLE:
        assert decision.next_steps
        assert not decision.documents
    if decision.status is Status.CONDITIONAL:
        assert decision.conditions
    assert (decision.status is Status.UNDETERMINED) == bool(decision.missing)
    assert (decision.if_met is not None) == bool(decision.missing)


@law
@given(people())
def test_every_sentence_of_a_decision_is_in_the_book(person: Facts) -> None:
    for decision in evaluate_all(BOOK, SERVICES, person, on=TODAY):
        said = [*decision.conditions, *decision.next_steps, *decision.warnings]
        said += [reason.say for reason in decision.because] + [paper.say for paper in decision.documents]
        said += [paper.note for paper in decision.documents if paper.note]
        assert set(said) <= BOOK.texts.keys()


@law
@given(people())
def test_missing_facts_may_be_asked(person: Facts) -> None:
    for decision in evaluate_all(BOOK, SERVICES, person, on=TODAY):
        for fact in decision.missing:
            assert person.is_unknown(fact) or (fact == "situation" and str(person[fact]).startswith("paper_"))


@law
@given(st.data(), people(), st.sets(st.sampled_from(SERVICES), min_size=1))
def test_asking_ends_whatever_is_answered(data: st.DataObject, person: Facts, services: set[ServiceId]) -> None:
    order = tuple(service for service in SERVICES if service in services)
    for _ in range(len(BOOK.facts) + 2):
        question = next_question(BOOK, order, person, on=TODAY)
        if question is None:
            break
        answer = data.draw(
            values_of(BOOK.facts[question.fact])
            if not question.options
            else st.sampled_from([option.value for option in question.options])
        )
        person = decline(BOOK, person, question.fact) if answer is None else person.learning(**{question.fact: answer})
    assert next_question(BOOK, order, person, on=TODAY) is None


def test_facts_a_service_does_not_read_change_nothing() -> None:
    person = Facts({FactId("situation"): "card_work", FactId("age"): 20})
    elsewhere = person.learning(city="city_fes", education="bac")
    assert evaluate(BOOK, ServiceId("legal_aid"), person, on=TODAY) == evaluate(
        BOOK, ServiceId("legal_aid"), elsewhere, on=TODAY
    )


@pytest.mark.parametrize("service", SERVICES)
def test_answers_that_clash_still_get_a_decision(service: ServiceId) -> None:
    clashing = Facts({FactId("alone_minor"): True, FactId("age"): 40})
    assert evaluate(BOOK, service, clashing, on=TODAY).because
