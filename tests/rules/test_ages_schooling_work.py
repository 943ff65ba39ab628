"""Ages, schooling and work: one test for each ruling that the rule book's README lists."""

from __future__ import annotations

import pytest

from rules.model import Lean, Status
from rules.rulebook import Rulebook
from tests.builders.facts import Decide

ELIGIBLE, CONDITIONAL, NO, UNCERTAIN = Status.ELIGIBLE, Status.CONDITIONAL, Status.NOT_ELIGIBLE, Status.UNCERTAIN


@pytest.mark.parametrize(("age", "status"), [(14, NO), (15, CONDITIONAL), (30, CONDITIONAL), (31, UNCERTAIN)])
def test_ofppt_ages(age: int, status: Status, settle: Decide) -> None:
    assert settle("ofppt_training", situation="regularised_card_valid", age=age).status is status


def test_ofppt_without_schooling_is_no_with_other_ways(settle: Decide) -> None:
    decision = settle("ofppt_training", situation="regularised_card_valid", education="none")
    assert decision.status is NO
    assert set(decision.next_steps) == {"step.entraide_training", "step.language_classes", "step.second_chance"}


def test_ofppt_without_a_certificate_is_uncertain(settle: Decide) -> None:
    decision = settle("ofppt_training", situation="card_work", education="bac", education_proof=False)
    assert decision.status is UNCERTAIN
    assert "F-051" in [citation.fact for citation in decision.because[0].citations]


@pytest.mark.parametrize(
    ("education", "remark"),
    [
        ("primary_6", "levels_after_primary"),
        ("college_3", "levels_after_college"),
        ("bac_year", "levels_after_lycee"),
        ("bac", "levels_after_bac"),
        ("higher", "levels_after_bac"),
    ],
)
def test_ofppt_says_which_levels_the_schooling_opens(education: str, remark: str, settle: Decide) -> None:
    decision = settle("ofppt_training", situation="card_work", education=education)
    assert [reason.rule for reason in decision.because[1:]] == [f"ofppt_training.{remark}"]
    assert decision.because[1].citations[0].fact == "F-053"


@pytest.mark.parametrize(("age", "status"), [(14, NO), (15, CONDITIONAL), (30, CONDITIONAL), (31, UNCERTAIN)])
def test_craft_training_ages(age: int, status: Status, settle: Decide) -> None:
    assert settle("artisanat_training", situation="refugee_unhcr_certificate_only", age=age).status is status


@pytest.mark.parametrize(("age", "status"), [(12, NO), (13, CONDITIONAL), (18, CONDITIONAL), (19, NO)])
def test_second_chance_school_ages(age: int, status: Status, settle: Decide) -> None:
    assert settle("second_chance_school", situation="irregular", age=age).status is status


def test_second_chance_school_for_an_adult_names_the_children_of_the_family(settle: Decide) -> None:
    assert "step.child_in_family_13_18" in settle("second_chance_school", age=34).next_steps


@pytest.mark.parametrize(
    ("told", "status", "lean"),
    [
        ({"age": 17}, NO, None),
        ({"activity_kind": "excluded_profession"}, NO, None),
        ({"pays_professional_tax": True}, NO, None),
        ({"declared_employee": True}, UNCERTAIN, Lean.NO),
    ],
)
def test_auto_entrepreneur_bars(
    told: dict[str, bool | int | str], status: Status, lean: Lean | None, settle: Decide
) -> None:
    decision = settle("auto_entrepreneur", situation="card_residence_10y", **told)
    assert (decision.status, decision.lean) == (status, lean)


def test_auto_entrepreneur_always_warns_about_the_renewal_of_the_card(settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        decision = settle("auto_entrepreneur", situation=row)
        if decision.status is not NO:
            assert "warning.auto_entrepreneur_and_renewal" in decision.warnings


def test_cooperative_for_a_minor_is_uncertain(settle: Decide) -> None:
    assert settle("cooperative_odco", situation="card_family", age=16).status is UNCERTAIN


def test_amappe_is_uncertain_for_everybody_but_refugees(settle: Decide, rulebook: Rulebook) -> None:
    refugees = {row for row in rulebook.rows if settle("amappe_support", situation=row).status is ELIGIBLE}
    assert refugees == {
        "refugee_with_residence_card",
        "refugee_bra_card_only",
        "refugee_unhcr_certificate_only",
        "syrian_hearing_receipt",
    }
    assert all(settle("amappe_support", situation=row).status is UNCERTAIN for row in set(rulebook.rows) - refugees)


def test_assisted_contracts_lean_no_where_they_are_uncertain(settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        decision = settle("anapec_assisted_contract", situation=row)
        assert decision.status is NO or decision.lean is Lean.NO


def test_scholarships_of_the_closed_project_are_never_open(decide: Decide, rulebook: Rulebook) -> None:
    assert {decide("amuddu_scholarship", situation=row).status for row in rulebook.rows} == {NO}
    assert decide("amuddu_scholarship").status is NO


@pytest.mark.parametrize("situation", ["card_expired", "regularised_card_expired"])
def test_an_expired_card_closes_what_needs_a_regular_stay_and_nothing_else(situation: str, settle: Decide) -> None:
    for service in ("ofppt_training", "anapec_job_search", "cte_visa_taechir", "attestation_activite_exemption"):
        decision = settle(service, situation=situation)
        assert decision.status is NO
        assert "step.renew_with_legal_help" in decision.next_steps
    for service in ("entraide_social_assistance", "child_schooling", "primary_health_care", "legal_aid"):
        assert settle(service, situation=situation).status in {ELIGIBLE, CONDITIONAL}


def test_the_exemption_of_a_regularised_card_is_uncertain_leaning_yes(settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation="regularised_card_valid")
    assert (decision.status, decision.lean) == (UNCERTAIN, Lean.YES)


def test_grounds_of_exemption_and_of_auto_entrepreneurs_are_asked_for_these_services_only(rulebook: Rulebook) -> None:
    of_attestation = {"born_in_morocco", "company_owner_or_manager", "seconded", "years_resident", "spouse_of_resident"}
    for service, rules in rulebook.services.items():
        if service != "attestation_activite_exemption":
            assert not of_attestation & rules.deciding
        if service != "auto_entrepreneur":
            assert "pays_professional_tax" not in rules.deciding
