"""Decisions and answers: cited, complete, honest about what is not known."""

from __future__ import annotations

import pytest

from app.dialogue.messages import DecisionCard, PapersCard, PlaceCard, StepsCard
from tests.builders.conversations import a_talk, answered, cards, cited_facts, offers, says, the_rulebook
from tests.fakes.parser import understood
from tests.fakes.places import some_places

TOPICS = ("documents", "steps", "place", "cost", "time", "definition")
DOORS = ("housing_emergency", "residence_papers", "birth_registration")


def a_settled_talk(**more):
    return a_talk(situation="card_work", age=24, education="bac", education_proof=True, **more)


def test_a_settled_service_is_answered_with_its_decision_and_ways_on():
    turn = a_settled_talk().say("OFPPT?", understood("ask_eligibility", ("service", "ofppt_training")))
    assert turn.step.kind == "answer"
    assert turn.step.service == "ofppt_training"
    assert turn.step.decisions == (("ofppt_training", "conditional"),)
    (decision,) = [card.decision for card in cards(turn) if isinstance(card, DecisionCard)]
    assert decision.because[0].citations
    assert {"refer.ofppt_training", "topic.ofppt_training.documents", "needs", "human"} <= set(offers(turn))


def test_a_need_with_several_services_shows_three_decisions_best_first():
    talk = a_settled_talk()
    talk.say("I want to learn a trade", understood("need_training"))
    turn = answered(talk)
    assert {service for service, _ in turn.step.decisions} == set(the_rulebook().needs["need_training"])
    order = ["eligible", "conditional", "uncertain", "undetermined", "not_eligible"]
    statuses = [order.index(status) for _, status in turn.step.decisions]
    assert statuses == sorted(statuses)
    assert len([card for card in cards(turn) if isinstance(card, DecisionCard)]) == 3


def test_answer_with_what_you_know_ends_the_questions():
    talk = a_talk(situation="card_work")
    talk.say("I want to learn a trade", understood("need_training"))
    turn = talk.choose("enough")
    assert turn.step.kind == "answer"
    assert ("ofppt_training", "undetermined") in turn.step.decisions
    one = talk.choose("subject.ofppt_training")
    assert one.step.decisions == (("ofppt_training", "undetermined"),)
    assert talk.choose("enough.false").step.kind == "ask"


def test_places_come_with_the_decision_where_the_city_is_known():
    talk = a_settled_talk(city="city_casablanca", places=some_places("ofppt_training"))
    turn = talk.say("OFPPT?", understood("ask_eligibility", ("service", "ofppt_training")))
    assert turn.step.places[0] == "ofppt_training_2"


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("subject", [*the_rulebook().services, *DOORS])
def test_every_topic_of_every_service_and_door_is_answered_with_sources_or_says_who_knows(subject, topic):
    turn = a_talk().say("question", understood(f"ask_{topic}", ("service", subject)))
    assert turn.step.kind == "answer"
    told = [*says(turn), *(step.id for card in cards(turn) if isinstance(card, StepsCard) for step in card.steps)]
    assert any(each.startswith(("answer.", "confirm.", "organisation.")) for each in told) or any(
        isinstance(card, PapersCard) and card.decision.documents for card in cards(turn)
    )
    assert cited_facts(turn) or turn_names_who_knows(turn)
    assert "human" in offers(turn)


def turn_names_who_knows(turn) -> bool:
    confirmations = {organisation.confirm for organisation in the_rulebook().organisations.values()}
    return bool(confirmations & set(says(turn)))


def test_a_topic_without_a_service_is_about_the_service_talked_about():
    talk = a_settled_talk()
    talk.say("OFPPT?", understood("ask_eligibility", ("service", "ofppt_training")))
    turn = talk.say("and how much?", understood("ask_cost"))
    assert turn.step.service == "ofppt_training"
    assert "title.cost" in says(turn)


def test_a_topic_with_no_service_in_sight_offers_them_page_by_page():
    talk = a_talk()
    turn = talk.say("how much?", understood("ask_cost"))
    assert turn.step.kind == "clarify"
    assert len(offers(turn)) <= 9
    seen = set()
    for _ in range(4):
        seen |= {offer.split(".")[1] for offer in offers(turn) if offer.startswith("topic.")}
        turn = talk.choose(next(offer for offer in offers(turn) if offer.startswith("subjects.")))
    assert seen == {*the_rulebook().services, *the_rulebook().doors}


def test_a_topic_asked_in_the_middle_of_a_question_comes_back_to_it():
    talk = a_talk()
    asked = talk.say("training", understood("need_training")).step.fact
    turn = talk.say("how much does OFPPT cost?", understood("ask_cost", ("service", "ofppt_training")))
    assert "title.cost" in says(turn)
    assert turn.step.fact == asked
    assert f"decline.{asked}" in offers(turn)


def test_a_place_is_given_after_the_city():
    talk = a_settled_talk(places=some_places("ofppt_training"))
    turn = talk.say("where is OFPPT?", understood("ask_place", ("service", "ofppt_training")))
    assert turn.step.fact == "city"
    turn = talk.say("Casablanca", understood("inform", ("city", "city_casablanca")))
    assert turn.step.places[0] == "ofppt_training_2"
    assert [card.point.id for card in cards(turn) if isinstance(card, PlaceCard)] == list(turn.step.places)
    assert "refer.ofppt_training.ofppt_training_2" in offers(turn)


def test_declining_the_city_still_gives_places():
    talk = a_settled_talk(places=some_places("ofppt_training"))
    talk.say("where is OFPPT?", understood("ask_place", ("service", "ofppt_training")))
    assert talk.choose("decline.city").step.places


def test_no_known_place_is_said_plainly_without_asking_the_city():
    turn = a_talk().say("where?", understood("ask_place", ("service", "literacy_anlca")))
    assert turn.step.fact is None
    assert "title.place.unknown" in says(turn)
    assert any(each.startswith("answer.literacy_anlca.place") for each in says(turn))


@pytest.mark.parametrize("situation", ["irregular", "card_expired", None])
def test_people_without_papers_get_places_that_are_safe_for_them(situation):
    places = some_places("legal_aid")
    talk = a_talk(situation=situation, city="city_rabat", places=places)
    talk.say("where?", understood("ask_place", ("service", "legal_aid")))
    assert all(careful for _, _, careful in places.asked)


@pytest.mark.parametrize(("need", "door"), [("need_housing", "housing_emergency"), ("need_papers", "residence_papers")])
def test_a_door_without_rules_is_opened_without_questions(need, door):
    turn = a_talk().say("help", understood(need))
    assert turn.step.kind == "answer"
    assert any(each.startswith(f"answer.{door}.definition") for each in says(turn))
    assert f"topic.{door}.documents" in offers(turn)
    others = [each for each in the_rulebook().needs[need] if each != door]
    assert {f"subject.{each}" for each in others} <= set(offers(turn))


def test_the_auto_entrepreneur_status_comes_with_its_warning():
    talk = a_talk(situation="card_work", age=30)
    talk.say("auto-entrepreneur", understood("ask_eligibility", ("service", "auto_entrepreneur")))
    turn = answered(talk)
    (decision,) = [card.decision for card in cards(turn) if isinstance(card, DecisionCard)]
    assert decision.warnings


def test_no_embassy_for_somebody_who_fears_return():
    book = the_rulebook()
    embassy = {
        entry.say
        for topics in book.topics.values()
        for entries in topics.entries.values()
        for entry in entries
        if entry.embassy
    }
    assert embassy
    talk = a_talk(fears_return=True, situation="asylum_seeker_certificate")
    for subject in book.services:
        for topic in ("steps", "cost", "time", "definition"):
            turn = talk.say(f"{topic} {subject}", understood(f"ask_{topic}", ("service", subject)))
            told = {step.id for card in cards(turn) if isinstance(card, StepsCard) for step in card.steps}
            assert not embassy & (told | set(says(turn)))
