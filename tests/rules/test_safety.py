"""What must never be said, and what must always be."""

from __future__ import annotations

import re

import pytest

from rules.evaluate import evaluate_all
from rules.facts import FactValue
from rules.model import Decision, Status
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, Decide, someone, telling_only

EMBASSY = re.compile(r"embass|consul|passport", re.IGNORECASE)
AUTHORITIES = re.compile(r"\bpolice\b|\bprefecture\b|gendarmerie|foreigners’ office", re.IGNORECASE)
FORBIDDEN = re.compile(r"\billegal|clandestin|alien\b", re.IGNORECASE)


def advice(decision: Decision, rulebook: Rulebook) -> list[str]:
    """What the decision tells the person to do, to fulfil or to bring."""
    texts = (*decision.next_steps, *decision.conditions, *(paper.say for paper in decision.documents))
    return [rulebook.texts[text] for text in texts]


def decisions(rulebook: Rulebook, **told: FactValue | None) -> list[Decision]:
    people = (someone(**told), telling_only(rulebook, **told))
    return [each for person in people for each in evaluate_all(rulebook, rulebook.services, person, on=TODAY)]


def test_refugees_and_asylum_seekers_are_never_sent_to_an_embassy(rulebook: Rulebook) -> None:
    protected = [situation.id for situation in rulebook.situations.values() if situation.protected]
    assert len(protected) == 8
    for situation in protected:
        for decision in decisions(rulebook, situation=situation):
            assert not [text for text in advice(decision, rulebook) if EMBASSY.search(text)], decision.service


def test_on_a_short_stay_an_embassy_is_named_only_to_who_said_that_they_do_not_fear_return(
    settle: Decide, decide: Decide, rulebook: Rulebook
) -> None:
    safe = settle("ofppt_training", situation="short_stay", fears_return=False)
    assert "step.ofppt_training.embassy" in safe.next_steps
    for unsaid in (decide("ofppt_training", situation="short_stay"), settle("ofppt_training", situation="short_stay")):
        assert not [text for text in advice(unsaid, rulebook) if EMBASSY.search(text)]
    assert "step.unhcr_first" in settle("ofppt_training", situation="short_stay").next_steps


def test_a_student_who_fears_return_is_not_told_of_amci(settle: Decide, rulebook: Rulebook) -> None:
    fearing = settle("ofppt_training", situation="card_student", fears_return=True)
    said = [rulebook.texts[reason.say] for reason in fearing.because] + advice(fearing, rulebook)
    assert not [text for text in said if "through AMCI" in text]
    assert "step.unhcr_first" in fearing.next_steps
    assert "through AMCI" in rulebook.texts[settle("ofppt_training", situation="card_student").because[0].say]


@pytest.mark.parametrize("service", ["ofppt_training", "cte_visa_taechir", "assisted_return_iom"])
def test_someone_who_fears_return_is_never_sent_to_an_embassy(service: str, settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        decision = settle(service, situation=row, fears_return=True)
        assert not [text for text in advice(decision, rulebook) if EMBASSY.search(text)], row


def test_people_without_papers_are_never_sent_to_the_authorities_alone(rulebook: Rulebook) -> None:
    for situation in rulebook.situations.values():
        if situation.without_papers:
            for decision in decisions(rulebook, situation=situation.id):
                steps = [rulebook.texts[step] for step in decision.next_steps]
                assert not [step for step in steps if AUTHORITIES.search(step)], decision.service


def test_a_no_for_lack_of_papers_comes_with_legal_help(settle: Decide, rulebook: Rulebook) -> None:
    for service in ("ofppt_training", "anapec_job_search", "cte_visa_taechir", "attestation_activite_exemption"):
        steps = settle(service, situation="irregular").next_steps
        assert "step.legal_help_first" in steps
    assert "Do not go alone" in rulebook.texts["step.legal_help_first"]


def test_return_carries_the_warning_that_the_asylum_file_is_closed(settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        fearing = settle("assisted_return_iom", situation=row, fears_return=True)
        assert "warning.asylum_file_closed" in fearing.warnings
        assert not fearing.proposable
    assert "warning.asylum_file_closed" in settle("assisted_return_iom", situation="refugee_bra_card_only").warnings
    assert "warning.asylum_file_closed" not in settle("assisted_return_iom", situation="irregular").warnings


@pytest.mark.parametrize(
    "told",
    [
        {"fears_return": True},
        {"exploitation_signs": True},
        {"alone_minor": True},
        {"stateless": True},
        {"situation": "asylum_seeker_certificate"},
        {"situation": "trafficking_victim"},
        {"situation": "unaccompanied_minor"},
        {"situation": "paper_unhcr"},
    ],
)
def test_return_is_never_proposed_to_someone_it_could_harm(told: dict[str, FactValue | None], decide: Decide) -> None:
    person = {"situation": "irregular", **told}
    assert not decide("assisted_return_iom", **person).proposable
    assert decide("legal_aid", **person).proposable


def test_return_may_be_answered_for_others(decide: Decide) -> None:
    assert decide("assisted_return_iom", situation="irregular").proposable


def test_return_always_names_unhcr_first(settle: Decide, rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        assert "step.unhcr_first" in settle("assisted_return_iom", situation=row).next_steps


def test_no_sentence_uses_a_word_that_wounds(rulebook: Rulebook) -> None:
    assert [text for text, say in rulebook.texts.items() if FORBIDDEN.search(say)] == []


def test_a_receipt_is_never_presented_as_a_card(settle: Decide, rulebook: Rulebook) -> None:
    for row in ("receipt_first_application", "receipt_renewal"):
        for service in ("ofppt_training", "anapec_job_search", "auto_entrepreneur", "cte_visa_taechir"):
            decision = settle(service, situation=row)
            assert decision.status is Status.UNCERTAIN
            assert not [text for text in advice(decision, rulebook) if "your valid residence card" in text.lower()]


def test_papers_follow_the_situation_and_the_schooling(settle: Decide) -> None:
    def brings(**told: FactValue | None) -> set[str]:
        return {paper.say.rpartition(".")[2] for paper in settle("ofppt_training", **told).documents}

    assert "1" in brings(situation="card_work")
    assert "9" in brings(situation="refugee_bra_card_only")
    assert "1" not in brings(situation="refugee_bra_card_only")
    assert {"3", "4", "5", "6"} <= brings(situation="card_work")
    assert not {"3", "4"} & brings(situation="card_work", education="college_3")


def test_no_papers_are_listed_for_a_closed_door(settle: Decide) -> None:
    assert settle("auto_entrepreneur", situation="irregular").documents == ()
