"""A slip exists only after explicit consent to a named recipient and named contents."""

from __future__ import annotations

import pytest

from app.dialogue.messages import SlipCard
from app.dialogue.turn import CreateReferral
from tests.builders.conversations import CODE, a_talk, cards, offers, says
from tests.fakes.parser import understood
from tests.fakes.places import some_places

SETTLED = {"situation": "card_work", "age": 24, "education": "bac", "education_proof": True}


def a_talk_about_ofppt(**more):
    known = {**SETTLED, "city": "city_rabat", **more}
    talk = a_talk(places=some_places("ofppt_training"), **known)
    talk.say("OFPPT?", understood("ask_eligibility", ("service", "ofppt_training")))
    return talk


def test_consent_names_recipient_and_contents_before_anything_is_made():
    talk = a_talk_about_ofppt()
    turn = talk.choose("refer.ofppt_training")
    assert turn.step.kind == "refer"
    assert turn.step.places == ("ofppt_training_1",)
    assert {"refer.recipient", "refer.shows", "refer.never"} <= set(says(turn))
    recipient = turn.messages[0].paragraphs[0].values["recipient"]
    assert recipient == "House ofppt_training_1"
    assert not turn.effects


def test_agreeing_makes_the_slip():
    talk = a_talk_about_ofppt()
    talk.choose("refer.ofppt_training")
    turn = talk.choose("consent.ofppt_training.ofppt_training_1")
    assert turn.effects == (CreateReferral(CODE, "ofppt_training", "ofppt_training_1", ("decision", "papers")),)
    assert SlipCard(CODE, "ofppt_training", "ofppt_training_1") in cards(turn)
    assert talk.conversation.referrals == (CODE,)


def test_yes_agrees_and_the_bare_slip_shares_nothing():
    talk = a_talk_about_ofppt()
    talk.choose("refer.ofppt_training")
    (effect,) = talk.say("yes please", understood("affirm")).effects
    assert effect.fields == ("decision", "papers")
    talk.say("another", understood("make_referral"))
    (bare,) = talk.choose("consent_bare.ofppt_training.ofppt_training_1").effects
    assert bare.fields == ()


def test_refusing_makes_nothing_and_loses_nothing():
    talk = a_talk_about_ofppt()
    facts = talk.facts
    talk.choose("refer.ofppt_training")
    turn = talk.say("no", understood("deny"))
    assert not turn.effects
    assert "refer.refused" in says(turn)
    assert turn.step.decisions == (("ofppt_training", "conditional"),)
    assert talk.facts == facts


def test_an_old_consent_button_makes_nothing():
    talk = a_talk_about_ofppt()
    consent = talk.choose("refer.ofppt_training").messages[-1].choices[0].id
    talk.choose("refuse.ofppt_training")
    assert not talk.press(consent).effects


def test_the_city_is_asked_before_the_recipient_is_named():
    talk = a_talk(places=some_places("ofppt_training"), **SETTLED)
    turn = talk.say("refer me to OFPPT", understood("make_referral", ("service", "ofppt_training")))
    assert turn.step.fact == "city"
    turn = talk.say("Casa", understood("inform", ("city", "city_casablanca")))
    assert turn.step.places == ("ofppt_training_2",)


def test_a_slip_without_a_service_asks_which():
    turn = a_talk().say("I want a slip", understood("make_referral"))
    assert "subjects.referral" in says(turn)
    assert "refer.ofppt_training" in offers(turn)


def test_no_slip_to_a_door_that_is_closed():
    turn = a_talk(situation="irregular").say("slip", understood("make_referral", ("service", "ofppt_training")))
    assert "refer.not_today" in says(turn)
    assert turn.step.decisions == (("ofppt_training", "not_eligible"),)


def test_a_door_without_rules_gets_its_place_instead_of_a_slip():
    turn = a_talk().say("slip", understood("make_referral", ("service", "birth_registration")))
    assert "refer.no_slip" in says(turn)


@pytest.mark.parametrize(
    ("facts", "first"),
    [({"age": 15, "situation": "minor_with_family"}, "2511"), ({"exploitation_signs": True}, "+212 5 37 77 03 32")],
)
def test_children_and_exploited_people_see_protection_first_and_share_nothing(facts, first):
    known = {"situation": "card_work", "city": "city_rabat", **facts}
    talk = a_talk(places=some_places("legal_aid"), **known)
    turn = talk.say("slip", understood("make_referral", ("service", "legal_aid")))
    assert turn.step.kind == "protect"
    assert cards(turn)[0].numbers[0].number == first
    turn = talk.choose("go_on")
    assert "refer.shows_little" in says(turn)
    (effect,) = talk.say("yes", understood("affirm")).effects
    assert effect.fields == ()


def test_the_status_of_the_latest_slip_needs_no_code():
    talk = a_talk_about_ofppt()
    talk.choose("refer.ofppt_training")
    talk.say("yes", understood("affirm"))
    turn = talk.say("what became of it?", understood("referral_status"))
    assert "referral.unknown_code" in says(turn)
