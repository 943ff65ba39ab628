"""From which confidence a message is answered, asked about, or met with buttons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.bands import bands, sure
from nlu.choose_thresholds import WRONG_AT_MOST, answer_from, chosen, clarify_from, sure_from, upper
from nlu.judging import OUTSIDE, Judged
from nlu.text.variety import VARIETIES


def judged(confidence: float, *, right: bool = True, variety: str = "fr", guess: str = "ask_cost") -> Judged:
    """Second place never helps."""
    meant = guess if right else "need_job"
    return Judged(variety, meant, ((guess, confidence), ("greet", 1 - confidence)))


SURE_AND_RIGHT = [judged(0.5 + place / 400) for place in range(200)]
DOUBTFUL_AND_WRONG = [judged(0.1 + place / 600, right=False) for place in range(200)]
JUDGED = st.lists(
    st.builds(judged, st.floats(0, 1), right=st.booleans(), variety=st.sampled_from(VARIETIES)), max_size=120
)


def test_each_variety_has_bands_in_order():
    assert set(bands()) == set(VARIETIES)
    assert all(0 <= each.clarify <= each.answer <= 1 for each in bands().values())


def test_the_fast_classifier_decides_alone_only_where_it_is_hardly_ever_wrong():
    assert 0.4 < sure_from([*SURE_AND_RIGHT, *DOUBTFUL_AND_WRONG]) <= 0.5
    assert sure_from(DOUBTFUL_AND_WRONG) == 1.0
    assert 0 < sure() <= 1


def test_the_band_for_answers_starts_where_answers_are_right():
    everybody = [*SURE_AND_RIGHT, *DOUBTFUL_AND_WRONG]
    assert 0.4 < answer_from(everybody, everybody) <= 0.5


def test_a_variety_that_errs_more_than_the_others_is_answered_less():
    poor = [judged(0.5 + place / 100, right=place > 10, variety="arabizi") for place in range(50)]
    found = chosen([*SURE_AND_RIGHT, *poor])
    assert found["fr"].answer < found["arabizi"].answer


def test_what_the_others_show_counts_where_there_is_little_of_ones_own():
    few = [judged(0.2 + place / 100, variety="arabizi") for place in range(40)]
    assert answer_from(few, few) == pytest.approx(0.2)
    assert answer_from(few, [*few, *SURE_AND_RIGHT, *DOUBTFUL_AND_WRONG]) > 0.3


def test_too_few_messages_tell_nothing():
    assert answer_from([judged(0.9)] * 5, [judged(0.9)] * 5) == 1.0


def test_that_is_not_for_me_is_no_answer():
    outside = [judged(0.9, right=False, guess=OUTSIDE)] * 50
    assert answer_from([*SURE_AND_RIGHT, *outside], SURE_AND_RIGHT) == pytest.approx(0.5)


def test_two_readings_are_offered_where_one_of_them_is_mostly_right():
    doubtful = [judged(0.4 + place / 1000) for place in range(100)]
    hopeless = [judged(0.1 + place / 1000, right=False) for place in range(100)]
    assert 0.1 < clarify_from([*doubtful, *hopeless]) < 0.4


def test_the_fewer_the_answers_the_wider_the_doubt():
    assert upper(0, 0) == 1
    assert 0 < upper(2, 1000) < upper(2, 100) < upper(2, 10) < 1


@given(JUDGED)
def test_a_band_never_stands_above_the_next(messages):
    assert all(0 <= each.clarify <= each.answer <= 1 for each in chosen(messages).values())


@given(JUDGED)
def test_answers_are_seldom_wrong(messages):
    own = [each for each in messages if each.variety == "fr"]
    answer = answer_from(own, own)
    answered = [each.right for each in own if each.confidence >= answer]
    if answer < 1.0:
        # Rounding down may take in another message or two.
        assert answered.count(False) <= WRONG_AT_MOST * len(answered) + 2
