"""Answered, asked about, or not understood: by how sure the parser is, and sooner where it may be a danger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialogue.intents import HARMS
from app.dialogue.sureness import ASKED_ABOUT, UNASKABLE, between, meant
from app.dialogue.understanding import Intent
from nlu.bands import Bands
from nlu.text.intents import INTENTS
from tests.builders.conversations import a_talk, labels, offers, says
from tests.fakes.parser import understood

STRICT = {variety: Bands(answer=0.8, clarify=0.4) for variety in ("en", "fr", "msa", "darija", "arabizi")}
MESSAGE = "some words of mine"


def a_strict_talk():
    talk = a_talk()
    return replace(talk, ports=replace(talk.ports, bands=STRICT))


def heard(intent, confidence, **others):
    return a_strict_talk().say(MESSAGE, understood(intent, confidence=confidence, ranking=tuple(others.items())))


def test_a_sure_message_is_answered():
    assert heard("need_job", 0.8).step.fact == "situation"


def test_a_doubtful_message_is_given_its_two_likeliest_readings_and_a_way_out():
    turn = heard("need_job", 0.5, need_training=0.3, thank=0.15)
    assert (turn.step.kind, says(turn)) == ("clarify", ("clarify",))
    assert offers(turn) == ("need.need_job", "need.need_training", "needs", "human")
    assert labels(turn)[2].id == "clarify.something_else"


def test_with_one_likely_reading_only_that_one_is_asked_about_and_yes_means_it():
    talk = a_strict_talk()
    turn = talk.say(MESSAGE, understood("need_job", confidence=0.7, ranking=(("need_training", 0.1),)))
    assert says(turn) == ("clarify.one",)
    assert talk.say("yes").step.fact == "situation"


def test_neither_of_two_readings_leads_to_all_needs():
    talk = a_strict_talk()
    talk.say(MESSAGE, understood("need_job", confidence=0.5, ranking=(("need_training", 0.3),)))
    assert "need.need_health" in offers(talk.say("no"))


def test_a_message_that_may_mean_anything_is_not_guessed_at():
    assert says(heard("need_job", 0.39, need_training=0.3))[0] == "missed"


def test_each_way_of_speaking_has_its_own_bands():
    bands = {**STRICT, "fr": Bands(answer=0.5, clarify=0.3)}
    guess = understood("need_job", confidence=0.6)
    assert meant(replace(guess, variety="fr"), bands) == Intent("need_job", 0.6)
    assert meant(replace(guess, variety="en"), bands) is None


@pytest.mark.parametrize("danger", HARMS)
def test_a_danger_is_acted_on_at_half_the_confidence(danger):
    assert heard(danger, 0.45).step.kind == "protect"


def test_a_likely_danger_comes_before_a_likelier_need_that_is_not_sure():
    assert heard("need_papers", 0.5, need_asylum=0.42).step.kind == "protect"


def test_a_faint_danger_is_always_among_what_is_asked_about():
    turn = heard("need_papers", 0.3, need_legal_help=0.25, ask_steps=0.2, need_protection=0.15)
    assert offers(turn)[:2] == ("need.need_papers", "need.need_protection")


def test_a_likely_out_of_scope_is_never_a_choice():
    turn = heard("out_of_scope", 0.6, need_job=0.3)
    assert offers(turn)[0] == "need.need_job"


def test_doubts_add_up_to_a_human_like_other_misses():
    talk = a_strict_talk()
    doubtful = understood("need_job", confidence=0.5, ranking=(("need_training", 0.3),))
    kinds = [talk.say(f"{MESSAGE} {number}", doubtful).step.kind for number in range(3)]
    assert kinds == ["clarify", "clarify", "hand_over"]


def test_danger_words_are_heard_whatever_the_parser_thinks():
    talk = a_strict_talk()
    assert talk.say("my boss keeps my passport", understood("greet", confidence=0.99)).step.kind == "protect"


guesses = st.dictionaries(st.sampled_from(INTENTS), st.floats(0, 1), min_size=1, max_size=10)


@given(guesses)
def test_at_most_two_readings_are_offered_and_each_can_be_chosen(confidences):
    ranking = sorted(confidences.items(), key=lambda pair: -pair[1])
    guess = understood(ranking[0][0], confidence=ranking[0][1], ranking=tuple(ranking[1:]))
    offered = between(guess, {})
    assert len(offered) == len(set(offered)) <= ASKED_ABOUT
    assert not {each.name for each in offered} & UNASKABLE


@given(guesses, st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_lower_bar_never_answers_less(confidences, one, other):
    ranking = sorted(confidences.items(), key=lambda pair: -pair[1])
    guess = understood(ranking[0][0], confidence=ranking[0][1], ranking=tuple(ranking[1:]))
    low, high = ({"": Bands(bar, bar)} for bar in sorted((one, other)))
    assert meant(guess, high) is None or meant(guess, low) is not None
