"""Back, repeat, restart, a human, privacy, deletion, misunderstanding: at any time, nothing lost."""

from __future__ import annotations

import pytest

from app.dialogue.turn import CallHuman, EraseEverything
from tests.builders.conversations import CODE, a_talk, a_talk_without_parser, numbers, offers, says
from tests.fakes.parser import AbsentParser, understood

ASIDES = ["talk_to_human", "ask_privacy", "ask_identity", "complaint", "referral_status"]


def asking_talk():
    talk = a_talk()
    talk.say("training", understood("need_training"))
    assert talk.turns[-1].step.fact == "situation"
    return talk


def test_back_undoes_the_last_answer_and_asks_again():
    talk = asking_talk()
    talk.say("work card", understood("inform", ("situation", "card_work")))
    assert talk.facts["situation"] == "card_work"
    turn = talk.say("go back", understood("go_back"))
    assert turn.step.fact == "situation"
    assert "situation" not in talk.facts


def test_back_at_the_very_start_says_so():
    turn = a_talk().say("back", understood("go_back"))
    assert "back.nothing" in says(turn)


def test_back_can_be_repeated_to_the_start_and_never_fails():
    talk = asking_talk()
    for answer in ("decline.situation",):
        talk.choose(answer)
    for _ in range(6):
        turn = talk.say("back", understood("go_back"))
    assert says(turn)
    assert offers(turn)


def test_repeat_says_the_same_again():
    talk = asking_talk()
    before = talk.turns[-1]
    turn = talk.say("again?", understood("repeat"))
    assert says(turn)[0] == "repeat"
    assert says(turn)[-1] == says(before)[-1]
    assert turn.step.fact == before.step.fact


def test_a_privacy_text_can_be_repeated_too():
    talk = asking_talk()
    talk.say("my data?", understood("ask_privacy"))
    assert "privacy.kept" in says(talk.say("again?", understood("repeat")))


def test_a_stale_or_unknown_choice_shows_the_question_again():
    talk = asking_talk()
    old = talk.turns[-1].messages[-1].choices[0].id
    talk.choose("decline.situation")
    for choice in (old, "nonsense", ""):
        asked = talk.turns[-1].step.fact
        turn = talk.press(choice)
        assert "choice.stale" in says(turn)
        assert turn.step.fact == asked


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e", "\x00"])
def test_an_empty_message_gets_a_kind_prompt(text):
    talk = asking_talk()
    turn = talk.say(text)
    assert "silent" in says(turn)
    assert turn.step.fact == "situation"


def test_restart_forgets_the_answers():
    talk = a_talk(age=24, situation="card_work")
    turn = talk.say("start again", understood("restart"))
    assert not talk.facts
    assert "restart.done" in says(turn)


@pytest.mark.parametrize("intent", ASIDES)
def test_an_aside_comes_back_to_the_open_question(intent):
    turn = asking_talk().say("aside", understood(intent))
    assert turn.step.fact == "situation"
    assert "decline.situation" in offers(turn)


def test_who_asks_for_a_human_gets_people_to_call_and_is_told_that_nobody_answers_here():
    turn = a_talk().say("a person please", understood("talk_to_human"))
    assert turn.step.kind == "hand_over"
    assert turn.effects == (CallHuman("asked"),)
    assert {"human.honest", "human.urgent"} <= set(says(turn))
    assert len(numbers(turn)) >= 1
    assert "topic.legal_aid.place" in offers(turn)


def test_a_complaint_is_counted():
    turn = a_talk().say("this is bad", understood("complaint"))
    assert turn.effects == (CallHuman("complaint"),)


def test_deletion_is_confirmed_first_and_then_forgets_everything():
    talk = a_talk(age=24)
    turn = talk.say("delete my data", understood("delete_data"))
    assert not turn.effects
    turn = talk.say("yes", understood("affirm"))
    assert turn.effects == (EraseEverything(),)
    assert not talk.facts
    assert not talk.conversation.past


def test_deletion_can_be_called_off():
    talk = asking_talk()
    talk.say("delete my data", understood("delete_data"))
    turn = talk.say("no", understood("deny"))
    assert not turn.effects
    assert "erase.kept" in says(turn)
    assert turn.step.fact == "situation"


def test_first_miss_asks_for_other_words_second_gives_buttons_third_a_human():
    talk = a_talk()
    first, second, third, fourth = (talk.say(f"blorp {number}") for number in "abcd")
    assert first.step.kind == "clarify"
    assert "missed" in says(first)
    assert second.step.kind == "clarify"
    assert "missed.buttons" in says(second)
    assert "need.need_job" in offers(second)
    assert third.step.kind == "hand_over"
    assert third.effects == (CallHuman("not_understood"),)
    assert fourth.step.kind == "hand_over"
    assert not fourth.effects


def test_being_understood_again_forgives_the_misses():
    talk = a_talk()
    talk.say("blorp one")
    talk.say("hello", understood("greet"))
    assert "missed" in says(talk.say("blorp two"))


def test_a_doubtful_message_is_clarified_between_two_readings():
    talk = a_talk()
    doubtful = understood("need_job", confidence=0.3, ranking=(("need_training", 0.28), ("thank", 0.05)))
    turn = talk.say("work or learn", doubtful)
    assert turn.step.kind == "clarify"
    assert {"need.need_job", "need.need_training"} <= set(offers(turn))
    assert talk.choose("need.need_training").step.kind == "ask"


def test_out_of_scope_says_what_we_know_about():
    turn = a_talk().say("the weather?", understood("out_of_scope"))
    assert "out_of_scope" in says(turn)
    assert "need.need_job" in offers(turn)


@pytest.mark.parametrize("talk", [a_talk_without_parser(), a_talk(parser=AbsentParser())])
def test_without_a_parser_buttons_remain_and_nobody_is_sent_away(talk):
    turn = talk.say("something complicated about my life")
    assert "parser_away" in says(turn)
    assert "need.need_job" in offers(turn)
    assert talk.say("something else about my life").step.kind != "hand_over"


def test_without_a_parser_a_service_that_is_named_is_answered():
    turn = a_talk_without_parser().say("OFPPT")
    assert turn.step.service == "ofppt_training"


@pytest.mark.parametrize(
    ("statuses", "text", "said"),
    [
        ({CODE: "consented"}, f"what became of {CODE}?", "referral.status"),
        ({}, f"what became of {CODE}?", "referral.unknown_code"),
        ({}, "what became of my slip?", "referral.which_code"),
    ],
)
def test_the_status_of_a_slip_is_told_by_its_code(statuses, text, said):
    turn = a_talk(statuses=statuses).say(text, understood("referral_status"))
    assert said in says(turn)


def test_thanks_and_goodbye_leave_the_door_open():
    for intent in ("thank", "goodbye"):
        turn = a_talk().say("bye", understood(intent))
        assert "end.come_back" in says(turn)
        assert "needs" in offers(turn)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("language.fr", "language.changed"),
        ("human", "human.asked"),
        ("erase", "erase.ask"),
        ("restart", "restart.done"),
    ],
)
def test_buttons_that_stand_on_every_screen_work_whatever_was_offered(button, said):
    assert said in says(asking_talk().press(button))
