"""Why not another answer, and which conditions only the counter can check."""

from __future__ import annotations

from itertools import product

import pytest

from rules.compiled.reach import BEST_FIRST
from rules.evaluate import evaluate
from rules.facts import Facts, FactValue
from rules.load import load_rulebook
from rules.model import ServiceId, Status
from rules.ways.why_not import MOST, WhyNot, why_not
from tests.builders.facts import TODAY, Decide, someone, telling_only

BOOK = load_rulebook()


def reasons(service: str, **told: FactValue | None) -> tuple[WhyNot, ...]:
    return why_not(BOOK, ServiceId(service), telling_only(BOOK, **told), on=TODAY)


def said(service: str, **told: FactValue | None) -> list[str]:
    return [each.say.removeprefix("why_not.") for each in reasons(service, **told)]


@pytest.mark.parametrize(
    ("service", "told", "sentences"),
    [
        ("ofppt_training", {"situation": "card_expired"}, ["card_expired"]),
        ("ofppt_training", {"situation": "card_work", "age": 12}, ["under_15"]),
        ("ofppt_training", {"situation": "card_work", "age": 40}, ["over_30"]),
        ("ofppt_training", {"situation": "card_work", "education": "none"}, ["no_schooling"]),
        ("ofppt_training", {"situation": "card_work", "education_proof": False}, ["no_certificate"]),
        ("ofppt_training", {"situation": "card_visitor"}, ["visitor"]),
        ("auto_entrepreneur", {"situation": "card_work", "age": 17}, ["under_18"]),
        ("auto_entrepreneur", {"situation": "minor_with_family", "age": 17}, ["under_18"]),
        ("auto_entrepreneur", {"situation": "card_work", "pays_professional_tax": True}, ["professional_tax"]),
        ("auto_entrepreneur", {"situation": "card_work", "declared_employee": True}, ["declared_job"]),
        (
            "auto_entrepreneur",
            {"situation": "card_work", "activity_kind": "excluded_profession"},
            ["excluded_profession"],
        ),
        ("auto_entrepreneur", {"situation": "receipt_renewal"}, ["receipt"]),
        ("cte_visa_taechir", {"situation": "asylum_seeker_certificate"}, ["not_recognised"]),
        ("cte_visa_taechir", {"situation": "asylum_seeker_unregistered"}, ["not_registered"]),
        ("cte_visa_taechir", {"situation": "refugee_bra_card_only"}, ["no_residence_card"]),
        ("cte_visa_taechir", {"situation": "unaccompanied_minor", "age": 16}, ["child_alone"]),
        ("anapec_job_search", {"situation": "card_family"}, ["family"]),
        ("anapec_job_search", {"situation": None}, ["paper_not_known"]),
        ("second_chance_school", {"situation": "irregular", "age": 25}, ["over_18"]),
        ("primary_health_care", {"situation": "short_stay"}, ["short_stay"]),
    ],
)
def test_the_fact_that_stands_in_the_way_is_named(
    service: str, told: dict[str, FactValue | None], sentences: list[str]
) -> None:
    assert said(service, **told) == sentences


def test_facts_that_stand_in_the_way_together_are_all_named() -> None:
    assert said("auto_entrepreneur", situation="card_expired", pays_professional_tax=True) == [
        "card_expired",
        "professional_tax",
    ]


def test_a_fact_that_alone_stands_in_the_way_is_not_mixed_with_others() -> None:
    """With the tax alone in the way, nothing is said of the card."""
    assert said("auto_entrepreneur", situation="card_visitor", age=30, pays_professional_tax=True) == [
        "professional_tax"
    ]


@pytest.mark.parametrize("fact", ["spouse_of_moroccan", "spouse_of_resident", "born_in_morocco"])
def test_nobody_hears_of_a_family_or_a_birth_they_do_not_have(fact: str) -> None:
    assert said("attestation_activite_exemption", situation="card_work", **{fact: False}) == []


def test_where_papers_never_matter_no_paper_stands_in_the_way() -> None:
    for row in BOOK.rows:
        for service in ("legal_aid", "unhcr_asylum_registration", "trafficking_protection", "amuddu_scholarship"):
            assert said(service, situation=row) == []


def test_an_answer_that_waits_is_not_explained_by_what_was_not_asked() -> None:
    assert why_not(BOOK, ServiceId("ofppt_training"), someone(situation="card_work"), on=TODAY) == ()


def test_a_kind_of_paper_is_explained_by_its_own_reason() -> None:
    assert said("ofppt_training", situation="paper_card") == []


def test_what_is_told_is_short_and_better_than_the_answer_and_in_the_book() -> None:
    beside: tuple[dict[str, FactValue], ...] = ({}, {"age": 14}, {"age": 40, "education": "none"})
    for row, service, told in product(BOOK.rows, BOOK.services, beside):
        person = Facts({**telling_only(BOOK, situation=row), **someone(**told)})
        decision = evaluate(BOOK, service, person, on=TODAY)
        found = why_not(BOOK, service, person, on=TODAY)
        assert found == why_not(BOOK, service, person, on=TODAY)
        assert len({each.say for each in found}) == len(found) <= MOST
        for each in found:
            assert BEST_FIRST.index(each.status) < BEST_FIRST.index(decision.status)
            assert each.say in BOOK.texts
            assert person[each.fact] is not None


def test_every_no_of_a_paper_says_what_stands_in_the_way() -> None:
    doors = [service for service in BOOK.services if BOOK.services[service].door_of]
    for row, service in product(BOOK.rows, BOOK.services):
        person = telling_only(BOOK, situation=row)
        refused = evaluate(BOOK, service, person, on=TODAY).status is Status.NOT_ELIGIBLE
        if refused and service not in doors and not BOOK.services[service].is_closed and service != "bra_refugee_card":
            assert why_not(BOOK, service, person, on=TODAY), (service, row)


def test_only_the_counter_can_check_what_no_answer_settles(settle: Decide) -> None:
    decision = settle("ofppt_training", situation="card_work")
    assert decision.not_checked == ("condition.ofppt_training.selection",)
    assert "condition.age_15" in decision.conditions


def test_what_is_checked_there_is_among_the_conditions(settle: Decide) -> None:
    for row, service in product(BOOK.rows, BOOK.services):
        decision = settle(service, situation=row)
        assert set(decision.not_checked) <= set(decision.conditions)


def test_cases_of_which_one_must_be_true_stay_together(settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation="card_work")
    assert {"condition.exempt_one_of", "condition.case_other", "condition.case_owner"} <= set(decision.conditions)
    assert decision.not_checked == ()


@pytest.mark.parametrize("service", ["unhcr_asylum_registration", "trafficking_protection"])
def test_what_only_the_person_knows_is_not_left_to_the_counter(settle: Decide, service: str) -> None:
    decision = settle(service, situation="irregular")
    assert decision.conditions
    assert decision.not_checked == ()


def test_conditions_of_several_rows_are_told_apart_as_well(settle: Decide) -> None:
    decision = settle("second_chance_school", situation="paper_card")
    assert decision.not_checked == ("condition.second_chance.out_of_school",)
