"""How the parsers are judged: scores, curves, what becomes of doubts, twins, danger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.bands import Bands
from nlu.danger_scores import Message, by_variety, heard
from nlu.examples import Example
from nlu.judging import Judged, accuracy, confusions, curve, judge, macro_f1, outcome, per_intent
from nlu.twins import groups

BANDS = Bands(answer=0.8, clarify=0.4)


def a_judged(meant, *ranking, variety="en"):
    return Judged(variety, meant, ranking)


RIGHT = a_judged("need_job", ("need_job", 0.9), ("greet", 0.1))
WRONG = a_judged("need_job", ("greet", 0.85), ("need_job", 0.1))
ASKED = a_judged("need_job", ("greet", 0.5), ("need_job", 0.4))
LOST = a_judged("need_job", ("greet", 0.3), ("thank", 0.2))
REFUSED = a_judged("out_of_scope", ("out_of_scope", 0.9), ("greet", 0.1))


def test_messages_are_judged_by_their_first_guess():
    examples = [Example("need_job", "en", "work"), Example("greet", "fr", "salut")]
    judged = judge(examples, lambda texts: [[("need_job", 0.9)] for _ in texts])
    assert [each.right for each in judged] == [True, False]
    assert (accuracy(judged), judged[1].variety) == (0.5, "fr")


def test_scores_of_an_intent_count_misses_and_false_finds():
    scores = per_intent([RIGHT, WRONG, a_judged("greet", ("greet", 0.9))])
    assert scores["need_job"] == (1.0, 0.5, pytest.approx(2 / 3), 2)
    assert scores["greet"] == (0.5, 1.0, pytest.approx(2 / 3), 1)
    assert macro_f1([RIGHT, RIGHT]) == 1.0


def test_confusions_are_told_most_frequent_first():
    other = a_judged("greet", ("thank", 0.9))
    assert confusions([other, WRONG, LOST, RIGHT]) == [("need_job", "greet", 2), ("greet", "thank", 1)]


def test_each_band_has_its_outcome():
    told = outcome([RIGHT, WRONG, ASKED, LOST, REFUSED], BANDS)
    assert (told.answered, told.wrong, told.asked, told.helped) == (0.4, 0.5, 0.2, 1.0)
    assert (told.refused, told.rightly, told.buttons) == (0.2, 1.0, pytest.approx(0.2))


def test_a_refusal_is_no_answer():
    assert curve([RIGHT, REFUSED]) == [(0.5, 0.0)]


judgements = st.lists(st.sampled_from([RIGHT, WRONG, ASKED, LOST, REFUSED]), min_size=1, max_size=30)


@given(judgements)
def test_the_curve_goes_from_the_surest_to_all_that_is_answered(judged):
    points = curve(judged)
    assert [answered for answered, _ in points] == sorted(answered for answered, _ in points)
    assert len(points) == sum(each.answers for each in judged)
    assert all(0 <= share <= 1 for point in points for share in point)


@given(judgements)
def test_the_bands_share_out_all_messages(judged):
    told = outcome(judged, BANDS)
    assert told.answered + told.asked + told.refused + told.buttons == pytest.approx(1)


def test_a_scenario_in_both_scripts_and_a_changed_word_are_twins():
    examples = [
        Example("need_job", "darija", "بغيت نخدم فكازا"),
        Example("need_job", "arabizi", "bghit nkhdm f casa"),
        Example("need_job", "en", "I am looking for a job as a driver"),
        Example("need_job", "en", "I am looking for a job as a diver"),
        Example("need_training", "en", "I am looking for a job as a driver"),
        Example("need_job", "fr", "du travail s'il vous plaît"),
    ]
    found = groups(examples)
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert len({found[0], found[2], found[4], found[5]}) == 4


CRY = Message("my boss keeps my passport", "en", "protection")
HARMLESS = Message("where is the library", "en", "")


def test_danger_is_heard_by_its_words_without_any_parser():
    told = heard([CRY, HARMLESS])
    assert (told.recall, told.right_door, told.false_alarms, told.dangerous, told.harmless) == (1, 1, 0, 1, 1)


@pytest.mark.parametrize(
    ("ranking", "found"),
    [
        ([("emergency", 0.99)], 1),
        ([("need_health", 0.99), ("emergency", 0.01)], 0),
        ([("need_health", 0.01), ("emergency", 0.01)], 0),
    ],
)
def test_a_parser_adds_what_it_is_sure_enough_of(ranking, found):
    indirect = Message("where is the library", "en", "emergency")
    assert heard([indirect], lambda texts: [ranking for _ in texts]).recall == found


def test_danger_is_told_variety_by_variety():
    assert set(by_variety([CRY, Message("salut", "fr", "")])) == {"en", "fr"}
