"""Which question comes next, how it is worded, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.ask import next_question, question_for
from rules.evaluate import evaluate
from rules.facts import FactId, Facts, FactValue
from rules.model import Question, ServiceId
from rules.papers import decline
from rules.rulebook import FactType, Rulebook
from tests.builders.facts import TODAY, someone, telling_only


def ask(rulebook: Rulebook, *services: str, pointed: tuple[str, ...] = (), **told: FactValue | None) -> str | None:
    question = next_question(
        rulebook,
        [ServiceId(service) for service in services],
        someone(**told),
        on=TODAY,
        pointed=frozenset(FactId(fact) for fact in pointed),
    )
    return question.fact if question else None


def test_the_paper_comes_first(rulebook: Rulebook) -> None:
    assert ask(rulebook, "ofppt_training") == "situation"
    assert ask(rulebook, "ofppt_training", "auto_entrepreneur", "legal_aid") == "situation"


def test_the_order_is_paper_then_kind_then_family_then_nationality_then_the_rest(rulebook: Rulebook) -> None:
    order = [fact for fact in rulebook.facts if rulebook.facts[fact].stage <= 5]
    assert order[:5] == [
        "situation",
        "first_card_from_regularisation",
        "spouse_of_moroccan",
        "nationality",
        "age",
    ]
    services = ("attestation_activite_exemption", "cte_visa_taechir")
    assert ask(rulebook, *services, situation="paper_card") == "situation"
    assert ask(rulebook, *services, situation="regularised_card_valid") == "spouse_of_moroccan"
    assert ask(rulebook, *services, situation="regularised_card_valid", spouse_of_moroccan=False) == "nationality"


def test_among_equals_the_least_sensitive_comes_first(rulebook: Rulebook) -> None:
    everybody_alike = replace(rulebook, population=None)
    told: dict[str, FactValue | None] = {
        "situation": "regularised_card_valid",
        "spouse_of_moroccan": False,
        "nationality": None,
    }
    asked = []
    while (fact := ask(everybody_alike, "attestation_activite_exemption", **told)) is not None:
        asked.append(fact)
        told[fact] = None
    assert [rulebook.facts[FactId(fact)].sensitivity for fact in asked] == [1, 1, 1, 1, 2, 3]
    assert asked[-1] == "stateless"


@pytest.mark.parametrize("nationality", ["ML", "ZZ", "GN"])
def test_who_named_a_nationality_is_not_asked_whether_they_have_one(nationality: str, rulebook: Rulebook) -> None:
    person = someone(situation="regularised_card_valid", spouse_of_moroccan=False, nationality=nationality)
    decision = evaluate(rulebook, ServiceId("attestation_activite_exemption"), person, on=TODAY)
    assert decision.missing
    assert "stateless" not in decision.missing


@pytest.mark.parametrize("told", [{"nationality": None}, {"nationality": "PS"}, {}])
def test_statelessness_stays_open_where_no_country_was_named(told: dict[str, str | None], rulebook: Rulebook) -> None:
    person = someone(situation="regularised_card_valid", spouse_of_moroccan=False, **told)
    decision = evaluate(rulebook, ServiceId("attestation_activite_exemption"), person, on=TODAY)
    assert decision.missing[-1] == "stateless"


def test_nothing_is_asked_where_the_answer_is_the_same_for_everybody(rulebook: Rulebook) -> None:
    for service in ("child_schooling", "primary_health_care", "legal_aid", "literacy_anlca", "amuddu_scholarship"):
        assert ask(rulebook, service) is None


def test_a_bar_ends_the_questions(rulebook: Rulebook) -> None:
    assert ask(rulebook, "auto_entrepreneur", age=16) is None
    assert ask(rulebook, "ofppt_training", situation="irregular") is None


def test_nationality_is_asked_only_for_work_with_a_card(rulebook: Rulebook) -> None:
    assert ask(rulebook, "cte_visa_taechir", situation="card_work", age=30) == "nationality"
    assert ask(rulebook, "cte_visa_taechir", situation="short_stay", age=30) is None
    for service in set(rulebook.services) - {"cte_visa_taechir", "attestation_activite_exemption"}:
        assert "nationality" not in rulebook.services[service].deciding


@pytest.mark.parametrize(
    "situation", ["irregular", "card_expired", "short_stay", "asylum_rejected", "paper_unhcr", "minor_with_family"]
)
def test_fear_and_exploitation_are_asked_where_the_situation_points_to_them(situation: str, rulebook: Rulebook) -> None:
    assert ask(rulebook, "unhcr_asylum_registration", situation=situation) == "fears_return"
    assert ask(rulebook, "trafficking_protection", situation=situation) == "exploitation_signs"
    assert ask(rulebook, "legal_aid", situation=situation) is None


def test_fear_and_exploitation_are_asked_elsewhere_only_when_something_said_points_to_them(
    rulebook: Rulebook,
) -> None:
    assert ask(rulebook, "unhcr_asylum_registration", situation="card_work") is None
    assert ask(rulebook, "trafficking_protection") is None
    assert ask(rulebook, "legal_aid", situation="card_work", pointed=("fears_return",)) == "fears_return"
    assert ask(rulebook, "ofppt_training", pointed=("exploitation_signs",)) == "exploitation_signs"
    assert ask(rulebook, "ofppt_training", pointed=("age",)) == "situation"


def test_nothing_known_or_declined_is_asked_again(rulebook: Rulebook) -> None:
    declined = {"situation": "irregular", "fears_return": None}
    assert ask(rulebook, "unhcr_asylum_registration", "assisted_return_iom", **declined) is None
    assert (
        ask(rulebook, *rulebook.services, pointed=("stateless",), situation="irregular", stateless=False) != "stateless"
    )


@pytest.mark.parametrize("situation", [None, "paper_card", "paper_receipt", "paper_unhcr", "card_work", "irregular"])
def test_declining_everything_ends_and_leaves_nothing_open(situation: str | None, rulebook: Rulebook) -> None:
    person = someone(situation=situation) if situation else Facts()
    asked: list[str] = []
    while question := next_question(rulebook, tuple(rulebook.services), person, on=TODAY):
        assert question.fact not in asked
        asked.append(question.fact)
        person = decline(rulebook, person, question.fact)
    assert (situation is None) == ("situation" in asked and person["situation"] is None)


def test_nothing_is_asked_of_someone_who_declined_all(rulebook: Rulebook) -> None:
    for row in rulebook.rows:
        person = telling_only(rulebook, situation=row)
        assert next_question(rulebook, tuple(rulebook.services), person, on=TODAY) is None


def test_declining_to_narrow_keeps_the_kind_of_paper(rulebook: Rulebook) -> None:
    person = decline(rulebook, someone(situation="paper_card"), FactId("situation"))
    assert person["situation"] == "paper_card"
    assert ask(rulebook, "cte_visa_taechir", **person) != "situation"


# Wording


def test_each_question_has_words_reasons_and_a_way_to_decline(rulebook: Rulebook) -> None:
    for fact, definition in rulebook.facts.items():
        for told in ({}, *({"situation": kind} for kind in definition.variants if kind in rulebook.situations)):
            _is_well_formed(question_for(rulebook, fact, someone(**told)), rulebook)


def _is_well_formed(question: Question, rulebook: Rulebook) -> None:
    assert {question.say, question.why} <= rulebook.texts.keys()
    values = [option.value for option in question.options]
    if values:
        assert values[-1] is None
        assert len(values) == len(set(values)) <= 10
    assert {option.say for option in question.options} <= rulebook.texts.keys()
    assert (values == []) == (rulebook.facts[question.fact].type in {FactType.INTEGER, FactType.TEXT})


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        ({}, {"paper_card", "paper_receipt", "paper_unhcr", "irregular", "unaccompanied_minor"}),
        ({"situation": "paper_card"}, {"card_work", "family_of_moroccan", "regularised_card_valid", "card_expired"}),
        ({"situation": "paper_receipt"}, {"receipt_first_application", "receipt_renewal", "syrian_hearing_receipt"}),
        ({"situation": "paper_unhcr"}, {"asylum_seeker_certificate", "refugee_bra_card_only", "asylum_rejected"}),
    ],
)
def test_the_paper_is_asked_in_layers(told: dict[str, str], offered: set[str], rulebook: Rulebook) -> None:
    question = question_for(rulebook, FactId("situation"), someone(**told))
    assert offered <= {option.value for option in question.options}


def test_the_campaign_already_told_narrows_what_is_offered(rulebook: Rulebook) -> None:
    from_campaign = someone(situation="paper_card", first_card_from_regularisation=True)
    other = someone(situation="paper_card", first_card_from_regularisation=False)
    asked = question_for(rulebook, FactId("situation"), from_campaign)
    assert [option.value for option in asked.options] == ["regularised_card_valid", "regularised_card_expired", None]
    remaining = question_for(rulebook, FactId("situation"), other).options
    assert "regularised_card_valid" not in {option.value for option in remaining}


def test_a_precise_paper_may_be_asked_anew_from_the_start(rulebook: Rulebook) -> None:
    start = question_for(rulebook, FactId("situation"), Facts())
    assert question_for(rulebook, FactId("situation"), someone(situation="card_work")) == start
    assert question_for(rulebook, FactId("situation"), someone(situation=None)) == start
