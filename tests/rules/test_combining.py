"""How facts combine: one test for each ruling that the rule book's README lists."""

from __future__ import annotations

import pytest

from rules.model import Status
from rules.rulebook import Rulebook
from tests.builders.facts import Cells, Decide

ELIGIBLE, CONDITIONAL, NO, UNCERTAIN = Status.ELIGIBLE, Status.CONDITIONAL, Status.NOT_ELIGIBLE, Status.UNCERTAIN
CONVENTION_CARDS = (
    "card_work",
    "card_activity",
    "card_family",
    "card_residence_10y",
    "family_of_moroccan",
    "regularised_card_valid",
)
SPOUSE_CARDS = (*CONVENTION_CARDS, "card_student", "card_visitor", "convention_national_with_card")
UNDER_18_LESS_FAVOURABLE = (
    "anapec_job_search",
    "anapec_self_employment",
    "anapec_assisted_contract",
    "cte_visa_taechir",
    "agr_support",
    "cooperative_odco",
)
CHILD_ALONE = (
    "trafficking_protection",
    "child_schooling",
    "second_chance_school",
    "primary_health_care",
    "entraide_social_assistance",
    "legal_aid",
)
BEST_FIRST = (ELIGIBLE, CONDITIONAL, UNCERTAIN, NO)


def others(rulebook: Rulebook, *services: str) -> list[str]:
    return [service for service in rulebook.services if service not in services]


# Statuses


def test_a_declined_situation_is_the_row_status_unknown(settle: Decide, cells: Cells, rulebook: Rulebook) -> None:
    for service in rulebook.services:
        assert settle(service, situation=None).status == cells["status_unknown", service]


def test_a_known_bar_wins_whatever_else_is_unknown(decide: Decide) -> None:
    assert decide("auto_entrepreneur", age=17).status is NO
    assert decide("auto_entrepreneur", pays_professional_tax=True).status is NO
    assert decide("auto_entrepreneur", age=17, declared_employee=True, situation="card_student").status is NO
    assert decide("ofppt_training", age=14).missing == ()


def test_undetermined_says_what_is_missing_and_how_it_may_end(decide: Decide) -> None:
    decision = decide("auto_entrepreneur", situation="card_activity", age=30, activity_kind="craft")
    assert decision.status is Status.UNDETERMINED
    assert decision.missing == ("declared_employee", "pays_professional_tax")
    assert decision.if_met is CONDITIONAL


def test_not_needed_from_what_you_told_us_keeps_the_door_open(settle: Decide) -> None:
    registration = settle("unhcr_asylum_registration", situation="irregular", fears_return=False)
    protection = settle("trafficking_protection", situation="irregular", exploitation_signs=False)
    assert (registration.status, protection.status) == (NO, NO)
    assert registration.because[0].say == "reason.unhcr.not_needed"
    assert registration.next_steps[0] == "step.unhcr.if_it_changes"
    assert protection.next_steps == ("step.trafficking.if_it_changes",)


# Combining


@pytest.mark.parametrize("nationality", ["DZ", "TN", "SN"])
@pytest.mark.parametrize("situation", CONVENTION_CARDS)
def test_convention_nationals_with_a_card_take_their_row_for_two_services_only(
    situation: str, nationality: str, settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    two = ("attestation_activite_exemption", "cte_visa_taechir")
    for service in two:
        expected = cells["convention_national_with_card", service]
        assert settle(service, situation=situation, nationality=nationality).status == expected
    for service in others(rulebook, *two):
        assert settle(service, situation=situation, nationality=nationality).status == cells[situation, service]


def test_convention_nationals_without_such_a_card_keep_their_row(settle: Decide, cells: Cells) -> None:
    for situation in ("irregular", "card_student", "card_visitor", "card_expired", "receipt_renewal"):
        decision = settle("cte_visa_taechir", situation=situation, nationality="SN")
        assert decision.status == cells[situation, "cte_visa_taechir"]


def test_signs_of_exploitation_open_protection_and_legal_aid_and_nothing_else(
    settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    opened = ("trafficking_protection", "legal_aid")
    for row in rulebook.rows:
        for service in opened:
            assert settle(service, situation=row, exploitation_signs=True).status is ELIGIBLE
        for service in others(rulebook, *opened):
            assert settle(service, situation=row, exploitation_signs=True).status == cells[row, service]


def test_fear_of_return_opens_unhcr_whatever_the_paper(settle: Decide, cells: Cells, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        assert settle("unhcr_asylum_registration", situation=row, fears_return=True).status is ELIGIBLE
        for service in others(rulebook, "unhcr_asylum_registration"):
            assert settle(service, situation=row, fears_return=True).status == cells[row, service]


def test_no_fear_of_return_closes_unhcr_only_where_it_was_conditional(
    settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    for row in rulebook.rows:
        cell = cells[row, "unhcr_asylum_registration"]
        expected = NO if cell == CONDITIONAL else cell
        assert settle("unhcr_asylum_registration", situation=row, fears_return=False).status == expected


def test_a_child_alone_takes_protection_school_health_and_legal_help_from_the_childs_row(
    settle: Decide, cells: Cells
) -> None:
    for row in ("irregular", "short_stay", "card_family", "asylum_seeker_certificate"):
        for service in CHILD_ALONE:
            decision = settle(service, situation=row, alone_minor=True)
            assert decision.status == cells["unaccompanied_minor", service]
        training = settle("entraide_training", situation=row, alone_minor=True)
        assert training.status == cells["unaccompanied_minor", "entraide_training"]


def test_a_child_alone_keeps_the_base_row_for_other_services(settle: Decide, cells: Cells, rulebook: Rulebook) -> None:
    for row in ("irregular", "card_family", "refugee_with_residence_card"):
        for service in others(rulebook, *CHILD_ALONE, "entraide_training"):
            assert settle(service, situation=row, alone_minor=True).status == cells[row, service]


def test_a_child_alone_whose_paper_is_not_known_is_in_the_childs_row_and_not_asked_for_it(
    settle: Decide, decide: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    for service in rulebook.services:
        assert settle(service, situation=None, alone_minor=True).status == cells["unaccompanied_minor", service]
        assert "situation" not in decide(service, alone_minor=True).missing


def test_stateless_follows_the_base_row_except_where_its_own_row_names_a_basis(
    settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    named = ("attestation_activite_exemption", "unhcr_asylum_registration", "bra_refugee_card", "assisted_return_iom")
    for row in ("irregular", "card_work", "receipt_renewal", "short_stay"):
        for service in named:
            assert settle(service, situation=row, stateless=True).status == cells["stateless", service]
        for service in others(rulebook, *named):
            assert settle(service, situation=row, stateless=True).status == cells[row, service]


@pytest.mark.parametrize("situation", SPOUSE_CARDS)
def test_the_spouse_of_a_moroccan_with_a_valid_card_is_exempt(situation: str, settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation=situation, spouse_of_moroccan=True)
    assert decision.status is ELIGIBLE
    assert "document.attestation_activite_exemption.1" in [paper.say for paper in decision.documents]


@pytest.mark.parametrize("situation", ["irregular", "card_expired", "regularised_card_expired", "asylum_rejected"])
def test_the_spouse_of_a_moroccan_without_papers_goes_to_legal_aid_first(situation: str, settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation=situation, spouse_of_moroccan=True)
    assert decision.status is NO
    assert decision.next_steps == ("step.legal_help_first", "step.spouse_right_to_card")


@pytest.mark.parametrize("situation", ["receipt_first_application", "receipt_renewal"])
def test_the_spouse_of_a_moroccan_with_a_receipt_stays_uncertain(situation: str, settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation=situation, spouse_of_moroccan=True)
    assert decision.status is UNCERTAIN


@pytest.mark.parametrize(
    ("ground", "value"),
    [
        ("spouse_of_resident", True),
        ("years_resident", 10),
        ("born_in_morocco", True),
        ("company_owner_or_manager", True),
        ("seconded", True),
    ],
)
def test_another_ground_of_exemption_is_conditional_and_named(ground: str, value: bool | int, settle: Decide) -> None:
    decision = settle("attestation_activite_exemption", situation="regularised_card_valid", **{ground: value})
    generic = settle("attestation_activite_exemption", situation="card_work")
    assert decision.status is CONDITIONAL
    assert decision.because[0].say != generic.because[0].say
    assert decision.because[0].citations[0].fact == "F-136"


def test_a_ground_answered_no_is_no_longer_listed(settle: Decide) -> None:
    before = settle("attestation_activite_exemption", situation="card_work")
    after = settle("attestation_activite_exemption", situation="card_work", born_in_morocco=False, years_resident=3)
    assert set(before.conditions) - set(after.conditions) == {"condition.case_born", "condition.case_ten_years"}


# Effects, exactly


def test_safety_facts_left_unasked_count_as_declined_for_their_own_doors(decide: Decide) -> None:
    for row in ("irregular", "card_work", "short_stay", "minor_with_family"):
        assert decide("unhcr_asylum_registration", situation=row).status is CONDITIONAL
        assert decide("trafficking_protection", situation=row).status is CONDITIONAL


def test_first_card_from_regularisation_only_narrows_a_card(settle: Decide, cells: Cells, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        for service in rulebook.services:
            for campaign in (True, False):
                decision = settle(service, situation=row, first_card_from_regularisation=campaign)
                assert decision.status == cells[row, service]


def test_a_card_from_the_campaign_is_one_of_the_regularised_rows(decide: Decide) -> None:
    told = {"situation": "paper_card", "first_card_from_regularisation": True, "age": 30}
    assert decide("anapec_job_search", **told).missing == ("situation",)
    assert decide("amuddu_scholarship", **told).status is NO
    without = {**told, "first_card_from_regularisation": False}
    assert decide("anapec_job_search", **without).if_met is ELIGIBLE


@pytest.mark.parametrize("kind", ["paper_card", "paper_receipt", "paper_unhcr"])
def test_a_kind_of_paper_that_cannot_be_narrowed_gives_the_common_status_or_uncertain(
    kind: str, settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    for service in rulebook.services:
        statuses = {cells[row, service] for row in rulebook.situations[kind].rows}
        expected = statuses.pop() if len(statuses) == 1 else UNCERTAIN
        assert settle(service, situation=kind).status == expected


@pytest.mark.parametrize("campaign", [True, False])
def test_a_card_of_which_only_the_campaign_was_told_gives_the_common_status_of_the_rows_left(
    campaign: bool, settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    left = [row for row in rulebook.situations["paper_card"].rows if row.startswith("regularised_card") == campaign]
    for service in rulebook.services:
        statuses = {cells[row, service] for row in left}
        expected = statuses.pop() if len(statuses) == 1 else UNCERTAIN
        decision = settle(service, situation="paper_card", first_card_from_regularisation=campaign)
        assert decision.status == expected, service


KINDS = ("paper_card", "paper_receipt", "paper_unhcr")


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_reasons_of_a_decision_read_alike(kind: str, settle: Decide, decide: Decide, rulebook: Rulebook) -> None:
    for service in rulebook.services:
        for decision in (settle(service, situation=kind), decide(service, situation=kind)):
            said = [rulebook.texts[reason.say] for reason in decision.because]
            assert len(said) == len(set(said)), service


def test_reasons_that_read_alike_keep_the_sources_of_all(settle: Decide) -> None:
    together = settle("entraide_training", situation="paper_card").because[0].citations
    for row in ("card_work", "regularised_card_valid"):
        assert set(settle("entraide_training", situation=row).because[0].citations) <= set(together)
    assert len(together) == len(set(together))


@pytest.mark.parametrize("kind", ["paper_card", "paper_receipt"])
def test_the_way_of_refugees_is_not_told_to_who_may_be_none(kind: str, settle: Decide, rulebook: Rulebook) -> None:
    for service in rulebook.services:
        assert "step.unhcr_card_path" not in settle(service, situation=kind).next_steps, service


@pytest.mark.parametrize("kind", ["paper_card", "paper_receipt", "paper_unhcr"])
def test_a_kind_of_paper_is_narrowed_only_where_it_matters(kind: str, decide: Decide) -> None:
    for service in ("child_schooling", "primary_health_care", "legal_aid", "amuddu_scholarship"):
        assert decide(service, situation=kind).missing == ()
    assert decide("amappe_support", situation=kind).missing == ("situation",)


def test_kinds_of_paper_stand_for_the_rows_of_the_ruling(rulebook: Rulebook) -> None:
    assert set(rulebook.situations["paper_receipt"].rows) == {
        "receipt_first_application",
        "receipt_renewal",
        "syrian_hearing_receipt",
    }
    assert set(rulebook.situations["paper_unhcr"].rows) == {
        "refugee_unhcr_certificate_only",
        "asylum_seeker_certificate",
        "asylum_rejected",
    }
    valid = {*SPOUSE_CARDS, "refugee_with_residence_card"} - {"convention_national_with_card"}
    assert set(rulebook.situations["paper_card"].rows) == {*valid, "card_expired", "regularised_card_expired"}


@pytest.mark.parametrize("service", UNDER_18_LESS_FAVOURABLE)
def test_under_18_on_an_adult_row_takes_the_less_favourable_of_two_rows(
    service: str, settle: Decide, cells: Cells, rulebook: Rulebook
) -> None:
    for row in set(rulebook.rows) - {"unaccompanied_minor", "minor_with_family"}:
        worse = max((cells[row, service], cells["minor_with_family", service]), key=BEST_FIRST.index)
        assert settle(service, situation=row, age=17).status == worse


def test_entraide_training_starts_at_15_for_everybody(settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        assert settle("entraide_training", situation=row, age=14).status is NO


def test_someone_who_declined_may_still_answer_later(settle: Decide) -> None:
    declined = settle("ofppt_training", situation="card_work", age=None)
    answered = settle("ofppt_training", situation="card_work", age=14)
    assert (declined.status, answered.status) == (CONDITIONAL, NO)
