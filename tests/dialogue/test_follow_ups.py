"""Words that lean on what was said before: topics, slips, places in a list, corrections with one tap."""

from __future__ import annotations

import pytest

from app.dialogue.messages import DecisionCard, PapersCard
from tests.builders.conversations import a_talk, answered, cards, labels, offers, says
from tests.fakes.parser import understood
from tests.fakes.places import some_places

SETTLED = {"situation": "card_work", "age": 24, "education": "bac", "education_proof": True}
TRAINING = ("ofppt_training", "entraide_training", "artisanat_training")


def a_talk_about_training(**more):
    talk = a_talk(**{**SETTLED, **more})
    talk.say("training", understood("need_training"))
    assert talk.turns[-1].step.kind == "answer"
    return talk


@pytest.mark.parametrize("topic", ["documents", "place", "cost"])
def test_a_topic_after_several_decisions_is_answered_for_the_best_and_offers_the_others(topic):
    talk = a_talk_about_training()
    best = talk.turns[-1].step.decisions[0][0]
    turn = talk.say("and that?", understood(f"ask_{topic}"))
    assert turn.step.kind == "answer"
    assert turn.step.service == best
    assert {f"topic.{each}.{topic}" for each in TRAINING if each != best} <= set(offers(turn))


def test_a_topic_after_a_topic_stays_with_its_service_and_keeps_the_need():
    talk = a_talk_about_training()
    talk.choose("subject.artisanat_training")
    talk.choose("topic.artisanat_training.cost")
    turn = talk.say("what do I bring?", understood("ask_documents"))
    assert turn.step.service == "artisanat_training"
    assert set(talk.conversation.thread.needs) == set(TRAINING)


def test_a_topic_in_the_middle_of_a_question_is_about_the_open_need_and_the_question_comes_back():
    talk = a_talk()
    asked = talk.say("training", understood("need_training")).step.fact
    turn = talk.say("which papers?", understood("ask_documents"))
    assert turn.step.service == "ofppt_training"
    assert [card for card in cards(turn) if isinstance(card, PapersCard)]
    assert turn.step.fact == asked
    assert f"decline.{asked}" in offers(turn)
    assert "topic.entraide_training.documents" in offers(turn)


def test_a_place_asked_without_a_service_does_not_narrow_the_need():
    talk = a_talk_about_training(places=some_places(*TRAINING))
    assert talk.say("where?", understood("ask_place")).step.fact == "city"
    turn = talk.say("Casablanca", understood("inform", ("city", "city_casablanca")))
    assert turn.step.places
    assert set(talk.conversation.thread.needs) == set(TRAINING)
    assert talk.conversation.thread.subject is None


def test_a_slip_asked_for_after_a_place_is_a_slip_for_that_service():
    talk = a_talk_about_training(places=some_places(*TRAINING), city="city_casablanca")
    talk.choose("subject.entraide_training")
    talk.choose("topic.entraide_training.place")
    turn = talk.say("give me a slip", understood("make_referral"))
    assert turn.step.kind == "refer"
    assert turn.step.service == "entraide_training"
    assert turn.step.places


def test_a_slip_after_a_place_asked_without_naming_a_service_is_for_the_one_answered():
    talk = a_talk_about_training(places=some_places(*TRAINING), city="city_casablanca")
    service = talk.say("where?", understood("ask_place")).step.service
    assert talk.say("give me a slip", understood("make_referral")).step.service == service


def test_several_decisions_and_no_place_still_ask_which_slip():
    turn = a_talk_about_training().say("a slip", understood("make_referral"))
    assert "subjects.referral" in says(turn)


@pytest.mark.parametrize("typed", ["option 2", "the second", "le deuxième", "الثاني", "choix n° 2", "رقم 2", "٢"])
def test_a_choice_can_be_named_by_its_place_in_the_list(typed):
    talk = a_talk()
    talk.say(typed)
    assert talk.conversation.thread.needs[0] == "anapec_job_search"


def test_a_place_beyond_the_list_chooses_nothing():
    turn = a_talk().say("option 12")
    assert "missed" in says(turn)


def a_talk_asked_for_the_age():
    talk = a_talk(situation="card_family")
    talk.say("training", understood("need_training"))
    while talk.turns[-1].step.fact != "age":
        talk.choose(f"decline.{talk.turns[-1].step.fact}")
    return talk


def test_a_digit_that_is_also_a_choice_is_asked_back_not_taken_for_an_age():
    talk = a_talk_asked_for_the_age()
    turn = talk.say("3")
    assert "again.number" in says(turn)
    assert turn.step.fact == "age"
    assert "age" not in talk.facts
    talk.say("3 ans")
    assert talk.facts["age"] == 3


def test_a_choice_named_in_words_answers_where_a_number_is_expected():
    talk = a_talk_asked_for_the_age()
    declining = offers(talk.turns[-1]).index("decline.age") + 1
    talk.say(f"option {declining}")
    assert talk.facts.is_declined("age")


def test_back_at_the_start_never_alternates():
    talk = a_talk()
    for _ in range(4):
        turn = talk.say("back", understood("go_back"))
        assert "back.nothing" in says(turn)
        assert "back.done" not in says(turn)


def test_a_greeting_is_no_step_to_go_back_to():
    talk = a_talk()
    talk.say("hello", understood("greet"))
    assert "back.nothing" in says(talk.say("back", understood("go_back")))


def test_an_answer_with_nothing_settled_says_what_is_missing_and_what_is_open_anyway():
    talk = a_talk(city="city_rabat")
    talk.say("training", understood("need_training"))
    turn = talk.choose("enough")
    shown = [card.decision for card in cards(turn) if isinstance(card, DecisionCard)]
    waiting = [each for each in shown if each.status == "undetermined"]
    assert waiting
    told = [say for message in turn.messages for say in message.paragraphs if say.id.startswith("missing.")]
    assert [say.id for say in told[: len(waiting)]] == [f"missing.{each.if_met}" for each in waiting]
    assert told[0].values["facts"][0].id == "fact.situation"
    assert shown[-1].service in {"entraide_social_assistance", "legal_aid"}
    assert shown[-1].status in {"eligible", "conditional"}
    assert talk.choose("enough.false").step.fact == "situation"


def test_one_service_with_nothing_settled_says_what_is_missing_too():
    talk = a_talk(city="city_rabat")
    talk.say("OFPPT", understood("ask_eligibility", ("service", "ofppt_training")))
    turn = talk.choose("enough")
    assert any(each.startswith("missing.") for each in says(turn))
    assert offers(turn)[0] == "enough.false"


def test_where_something_is_settled_no_other_help_is_put_beside_it():
    assert "missing.meanwhile" not in says(a_talk_about_training().turns[-1])


def test_what_was_noted_can_be_put_right_with_one_tap():
    talk = a_talk(**SETTLED)
    turn = talk.say("I have a visitor card. OFPPT?", understood("ask_eligibility", *VISITOR_AND_OFPPT))
    assert {"told.noted", "told.changed"} & set(says(turn))
    assert "choice.not_right" in {label.id for label in labels(turn)}
    turn = talk.choose("correct")
    assert "change.situation" in offers(turn)


VISITOR_AND_OFPPT = (("situation", "card_visitor"), ("service", "ofppt_training"))


def test_a_paper_read_out_of_a_text_is_named_again_in_the_answer_that_rests_on_it():
    talk = a_talk()
    talk.say("I have a work card and want training", understood("need_training", ("situation", "card_work")))
    assert talk.turns[-1].step.kind == "ask"
    turn = answered(talk)
    (noted,) = [say for say in turn.messages[0].paragraphs if say.id == "told.noted"]
    assert noted.values["facts"][0].id == "situation.card_work"
    assert "correct" in offers(turn)
    again = talk.choose(f"subject.{turn.step.decisions[0][0]}")
    assert "told.noted" not in says(again)


def test_a_paper_chosen_with_a_button_needs_no_reminder():
    talk = a_talk()
    talk.say("training", understood("need_training"))
    talk.choose("answer.situation.irregular")
    turn = answered(talk)
    assert "told.noted" not in says(turn)
    assert "correct" not in offers(turn)
