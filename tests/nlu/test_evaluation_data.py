"""What judges the parsers is written apart from what teaches them."""

from __future__ import annotations

import pytest

from nlu.examples import Example, read_examples
from nlu.near_duplicates import EVALUATION, near_duplicates
from nlu.text.intents import INTENTS
from nlu.text.normalise import fold
from nlu.text.variety import VARIETIES

SETS = ("development", "calibration")


@pytest.mark.parametrize("name", SETS)
def test_no_message_that_judges_was_learned(name):
    known = read_examples()
    alike = near_duplicates(read_examples(EVALUATION / name), known)
    assert [(example.file, example.text) for example, _ in alike] == []


def test_development_and_calibration_share_no_message():
    development, calibration = (read_examples(EVALUATION / name) for name in SETS)
    assert [(example.file, example.text) for example, _ in near_duplicates(development, calibration)] == []


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("variety", VARIETIES)
def test_every_intent_is_judged_in_every_variety(name, variety):
    judged = {example.intent for example in read_examples(EVALUATION / name) if example.variety == variety}
    assert judged == set(INTENTS)


def test_the_check_sees_a_message_with_one_letter_changed():
    learned = Example("need_training", "en", "I want to learn how to sew clothes")
    copied = Example("need_training", "en", "i want to learn how to sew clothe")
    other = Example("need_training", "en", "is there a course in tailoring for me")
    assert [pair[0] for pair in near_duplicates([copied, other], [learned])] == [copied]


def test_no_message_that_judges_stands_under_two_intents():
    meanings: dict[str, set[str]] = {}
    for name in SETS:
        for example in read_examples(EVALUATION / name):
            meanings.setdefault(fold(example.text), set()).add(example.intent)
    assert {text: intents for text, intents in meanings.items() if len(intents) > 1} == {}
