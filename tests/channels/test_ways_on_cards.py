"""The way to yes and what stands in it, as cards show them."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import escape

from app.channels.cards import card_json
from app.channels.explained import way_json, why_not_json
from app.channels.render import card_lines
from app.channels.shapes import Voice
from app.channels.web_page import page
from app.dialogue.messages import DecisionCard
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from rules.evaluate import evaluate
from rules.facts import Facts, FactValue
from rules.model import ServiceId
from rules.ways.search import way_to_yes
from rules.ways.why_not import why_not
from tests.builders.conversations import the_rulebook
from tests.builders.facts import TODAY, telling_only

BOOK = the_rulebook()


@pytest.fixture(scope="module")
def voice() -> Voice:
    return Voice(Translator(read_sentences()), "en")


def the_card(service: str, *, asked_why: bool = False, **told: FactValue) -> DecisionCard:
    person: Facts = telling_only(BOOK, **told)
    named = ServiceId(service)
    return DecisionCard(
        evaluate(BOOK, named, person, on=TODAY),
        way_to_yes(BOOK, named, person, on=TODAY),
        why_not(BOOK, named, person, on=TODAY) if asked_why else (),
    )


def shown(service: str, voice: Voice, **told: Any) -> Any:
    return card_json(the_card(service, **told), voice)


def test_the_steps_of_the_way_are_told_in_order_with_what_they_need(voice: Voice) -> None:
    card = shown("cte_visa_taechir", voice, situation="refugee_unhcr_certificate_only")
    hearing, permit = card["way_to_yes"]["steps"]
    assert (hearing["id"], permit["id"]) == ("way.bra_card", "way.refugee_residence_card")
    assert hearing["uncertain_text"] == "Others decide this."
    assert hearing["time"] == "Many people wait a long time for it."
    assert permit["documents"][0]["id"] == "document.residence_permit_refugee.1"
    assert {citation["fact"] for citation in permit["cite"]} == {"F-026", "F-027", "F-090"}
    assert card["way_to_yes"]["reaches"] == "conditional"


def test_the_way_stands_in_the_place_of_next_steps_that_say_the_same(voice: Voice) -> None:
    card = shown("ofppt_training", voice, situation="card_expired")
    assert [step["id"] for step in card["next_steps"]] == ["step.entraide_training"]


def test_what_must_be_known_first_stands_with_the_way_and_only_there(voice: Voice) -> None:
    card = shown("auto_entrepreneur", voice, situation="receipt_renewal")
    first = [warning["id"] for warning in card["way_to_yes"]["warnings"]]
    assert "warning.auto_entrepreneur_and_renewal" in first
    assert not set(first) & {warning["id"] for warning in card["warnings"]}


def test_without_a_way_the_card_says_so_and_names_what_is_open(voice: Voice) -> None:
    card = shown("ofppt_training", voice, situation="irregular", fears_return=False)
    assert card["way_to_yes"]["text"] == "We know no way to a yes for you today."
    assert card["way_to_yes"]["steps"] == []
    offered = [door["service"] for door in card["way_to_yes"]["alternatives"]]
    assert offered == ["entraide_social_assistance"], "the others stand among the next steps"
    assert {step["id"] for step in card["next_steps"]} == {"step.entraide_training", "step.legal_help_first"}


def test_who_may_fear_return_hears_of_unhcr_where_there_is_no_way(voice: Voice) -> None:
    card = shown("ofppt_training", voice, situation="irregular")
    assert [warning["id"] for warning in card["way_to_yes"]["warnings"]] == ["step.unhcr_first"]


def test_where_nothing_is_certain_and_no_way_is_known_who_confirms_is_the_answer(voice: Voice) -> None:
    card = shown("ofppt_training", voice, situation="card_work", age=40)
    assert card["way_to_yes"] is None
    assert card["confirm_with"]


def test_conditions_are_told_apart_by_who_can_check_them(voice: Voice) -> None:
    card = shown("ofppt_training", voice, situation="card_work", age=20)
    assert [each["id"] for each in card["not_checked"]] == ["condition.ofppt_training.selection"]
    asked = [each["id"] for each in card["asked_conditions"]]
    assert asked == ["condition.schooling_primary_6", "condition.school_certificate"]
    assert {each["id"] for each in card["conditions"]} == {*asked, "condition.ofppt_training.selection"}
    lines = card_lines(card)
    assert lines.index("Yes, if") < lines.index("They will check this there") < lines.index("What to bring")


def test_a_heading_stands_only_over_what_is_there(voice: Voice) -> None:
    card = shown("anapec_job_search", voice, situation="card_family")
    assert "conditions" not in card["headings"]
    assert "not_checked" in card["headings"]
    assert "way_to_yes" not in card["headings"]


def test_what_stands_in_the_way_is_shown_when_it_was_asked(voice: Voice) -> None:
    assert shown("ofppt_training", voice, situation="card_expired")["why_not"] == []
    asked = shown("ofppt_training", voice, asked_why=True, situation="card_expired")
    assert [each["text"] for each in asked["why_not"]] == ["Because your card has expired."]
    assert "What stands in the way" in card_lines(asked)


def test_steps_as_plain_text_are_not_taken_for_choices(voice: Voice) -> None:
    lines = card_lines(shown("ofppt_training", voice, situation="card_expired"))
    assert any(line.startswith("(1) Ask for the renewal") for line in lines)
    assert not any(line.startswith("1. ") for line in lines)


def test_a_source_is_named_once_for_the_whole_way(voice: Voice) -> None:
    lines = card_lines(shown("cte_visa_taechir", voice, situation="asylum_seeker_unregistered"))
    sources = [line for line in lines if line.startswith("  [F-026]")]
    assert len(sources) == 1


def test_the_json_of_no_way_says_who_may_help(voice: Voice) -> None:
    told = way_json(the_card("ofppt_training", situation="irregular").way, voice)
    assert told is not None
    assert told["reaches"] is None
    assert told["helps"]["organisation"] == "association"
    assert told["alternatives"][0]["text"].startswith("Entraide training")


def test_a_yes_has_neither_way_nor_hurdle(voice: Voice) -> None:
    card = the_card("child_schooling", asked_why=True, situation="irregular")
    assert way_json(card.way, voice) is None
    assert why_not_json(card.why_not, voice) == []


@pytest.mark.parametrize("situation", ["asylum_seeker_unregistered", "receipt_renewal", "irregular", "card_work"])
def test_the_page_shows_the_same_groups_as_the_card(situation: str, voice: Voice) -> None:
    card = shown("auto_entrepreneur", voice, asked_why=True, situation=situation)
    html = page("card_decision.html", voice.translator, "en", card=card, single=True, told="en").body.decode()
    for heading in card["headings"].values():
        assert str(escape(heading)) in html
    for step in (card["way_to_yes"] or {"steps": []})["steps"]:
        assert str(escape(step["text"])) in html
    for each in (*card["asked_conditions"], *card["not_checked"], *card["why_not"]):
        assert str(escape(each["text"])) in html
