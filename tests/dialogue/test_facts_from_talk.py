"""What a person says is taken once, can be corrected, and is never asked again."""

from __future__ import annotations

import pytest

from tests.builders.conversations import a_talk, a_talk_without_parser, asked_until, offers, says
from tests.fakes.parser import understood

GUINEAN = understood(
    "need_training",
    ("nationality", "GN"),
    ("age", 24),
    ("situation", "paper_receipt"),
    ("trade", "sewing"),
    ("city", "city_casablanca"),
)


def test_one_message_can_hold_a_need_and_many_facts():
    talk = a_talk()
    turn = talk.say("I'm Guinean, 24, récépissé, I want to learn sewing in Casa", GUINEAN)
    assert dict(talk.facts) == {
        "nationality": "GN",
        "age": 24,
        "situation": "paper_receipt",
        "city": "city_casablanca",
    }
    assert "told.noted" in says(turn)
    assert turn.step.fact not in {"nationality", "age", "city"}
    assert talk.conversation.thread.needs[0] == "ofppt_training"


def test_a_need_said_among_facts_is_heard_too():
    talk = a_talk()
    mostly_facts = understood("inform", ("age", 24), ("situation", "card_family"), ranking=(("need_training", 0.29),))
    talk.say("I am 24, I have a family card and want to learn sewing", mostly_facts)
    assert talk.conversation.thread.needs[0] == "ofppt_training"


def test_a_need_already_open_is_not_replaced_by_a_guess():
    talk = a_talk()
    talk.say("I need a job", understood("need_job"))
    talk.say("I am 24", understood("inform", ("age", 24), ranking=(("need_training", 0.29),)))
    assert talk.conversation.thread.needs[0] == "anapec_job_search"


def test_no_to_a_question_that_is_not_yes_or_no_is_asked_again():
    talk = a_talk()
    asked = talk.say("I need a job", understood("need_job")).step.fact
    assert talk.say("la").step.fact == asked


def test_a_kind_of_paper_is_narrowed_not_asked_again():
    talk = a_talk()
    turn = talk.say("I have a card, I need training", understood("need_training", ("situation", "paper_card")))
    assert turn.step.fact == "situation"
    answers = [offer for offer in offers(turn) if offer.startswith("answer.situation.")]
    assert "answer.situation.card_work" in answers
    assert "answer.situation.irregular" not in answers


def test_a_bare_answer_needs_no_parser():
    talk = a_talk_without_parser(situation="card_family")
    talk.choose("need.need_training")
    asked_until(talk, "age")
    talk.say("٢٤ عام")
    assert talk.facts["age"] == 24


def test_the_label_of_a_choice_can_be_typed():
    class EnglishWords:
        def say(self, say, language):
            assert language == "en"
            return f"Label of {say.id}"

    talk = a_talk(words=EnglishWords())
    turn = talk.say("label of WANT.need_job")
    assert talk.conversation.thread.needs[0] == "anapec_job_search"
    assert turn.step.kind == "ask"


def test_one_word_of_an_answer_is_enough_where_only_one_answer_has_it():
    class Labels:
        def say(self, say, language):
            return {"ask.situation.card_work": "Work, or a professional activity"}.get(say.id, f"{language} other")

    talk = a_talk(situation="paper_card", words=Labels())
    talk.say("I need training", understood("need_training"))
    talk.say("work")
    assert talk.facts["situation"] == "card_work"


@pytest.mark.parametrize("number", ["1", "١", " 1. ", "1)"])
def test_the_number_of_a_choice_can_be_typed(number):
    talk = a_talk()
    talk.say(number)
    assert talk.conversation.thread.needs[0] == "ofppt_training"


def test_a_number_answers_a_question_that_is_typed():
    talk = a_talk(situation="card_family")
    talk.say("training", understood("need_training"))
    asked_until(talk, "age")
    talk.say("17")
    assert talk.facts["age"] == 17


@pytest.mark.parametrize("age", ["200", "1000"])
def test_an_impossible_age_is_asked_again_politely(age):
    talk = a_talk(situation="card_family")
    talk.say("training", understood("need_training"))
    asked_until(talk, "age")
    turn = talk.say(age, understood("inform", ("age", int(age))))
    assert turn.step.fact == "age"
    assert "again" in says(turn)
    assert "age" not in talk.facts


def test_a_new_value_replaces_the_old_one_and_says_so():
    talk = a_talk(age=24, situation="card_work")
    turn = talk.say("no, I am 27", understood("correct_answer", ("age", 27)))
    assert talk.facts["age"] == 27
    assert "told.changed" in says(turn)


def test_correcting_without_saying_what_offers_what_is_known():
    talk = a_talk(age=24, situation="card_work")
    turn = talk.say("that is wrong", understood("correct_answer"))
    assert {"change.age", "change.situation"} <= set(offers(turn))
    assert talk.choose("change.age").step.fact == "age"


def test_with_nothing_known_there_is_nothing_to_correct():
    turn = a_talk().say("that is wrong", understood("correct_answer"))
    assert "correct.nothing" in says(turn)


def test_a_vaguer_word_for_the_paper_does_not_undo_the_precise_one():
    talk = a_talk(situation="card_work")
    talk.say("I have my card", understood("inform", ("situation", "paper_card")))
    assert talk.facts["situation"] == "card_work"


def test_answers_that_exclude_each_other_are_asked_about():
    talk = a_talk(alone_minor=True)
    turn = talk.say("I am 30, I need training", understood("need_training", ("age", 30)))
    if turn.step.kind == "protect":
        turn = talk.choose("go_on")
    assert "contradiction.child_alone_and_adult" in says(turn)
    talk.choose("keep.age")
    assert talk.facts["age"] == 30
    assert "alone_minor" not in talk.facts


def test_refusing_to_settle_a_contradiction_declines_both():
    talk = a_talk(alone_minor=True)
    talk.say("I am 30, I need training", understood("need_training", ("age", 30)))
    talk.choose("go_on")
    talk.choose("keep")
    assert talk.facts.is_declined("age")
    assert talk.facts.is_declined("alone_minor")


@pytest.mark.parametrize("intent", ["dont_know", "deny"])
def test_not_knowing_declines_the_question_for_good(intent):
    talk = a_talk()
    talk.say("training", understood("need_training"))
    if intent == "dont_know":
        talk.say("aucune idée", understood(intent))
    else:
        talk.choose("decline.situation")
    assert talk.facts.is_declined("situation")
    asked = {turn.step.fact for turn in talk.turns[1:]}
    assert "situation" not in asked


def test_a_declined_kind_of_paper_stays_known():
    talk = a_talk(situation="paper_card")
    talk.say("training", understood("need_training"))
    talk.choose("decline.situation")
    assert talk.facts["situation"] == "paper_card"
    assert talk.turns[-1].step.fact != "situation"


def test_why_explains_and_asks_again():
    talk = a_talk()
    asked = talk.say("training", understood("need_training")).step.fact
    turn = talk.choose("why")
    assert turn.step.fact == asked
    assert "why.decline" in says(turn)
    assert "why" not in offers(turn)


def test_the_city_is_asked_only_when_a_place_is_wanted():
    talk = a_talk(situation="card_work", age=24, education="bac", education_proof=True)
    talk.say("training", understood("need_training"))
    assert "city" not in {turn.step.fact for turn in talk.turns}
