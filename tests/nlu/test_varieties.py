"""Which variety a text is in, and how Arabizi and Darija meet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.examples import read_examples
from nlu.text.arabizi import has_digit_letters, skeleton
from nlu.text.variety import VARIETIES, language_of, may_be_arabizi, variety_of

TEXTS = yaml.safe_load((Path(__file__).parent / "varieties.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("variety", "text"), [(variety, text) for variety, texts in TEXTS["alone"].items() for text in texts]
)
def test_a_text_shows_its_variety(variety, text):
    assert variety_of(text) == variety


@pytest.mark.parametrize("case", TEXTS["with_prior"], ids=lambda case: f"{case['text']} after {case['prior']}")
def test_the_language_so_far_decides_where_words_do_not(case):
    assert language_of(variety_of(case["text"], case["prior"])) == case["language"]


@pytest.mark.parametrize("variety", VARIETIES)
def test_nine_of_ten_examples_are_told_apart(variety):
    examples = [example for example in read_examples() if example.variety == variety]
    right = Counter(variety_of(example.text) == variety for example in examples)
    assert right[True] / len(examples) > 0.9


@given(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=80),
    st.sampled_from([None, *VARIETIES, "ar", "xx"]),
)
def test_any_text_has_a_variety(text, prior):
    assert variety_of(text, prior) in VARIETIES
    assert language_of(variety_of(text, prior)) in ("ar", "fr", "en")
    assert may_be_arabizi(text) in (True, False)


@pytest.mark.parametrize("pair", TEXTS["same_sound"], ids="=".join)
def test_both_scripts_of_a_word_have_one_skeleton(pair):
    assert len({skeleton(word) for word in pair}) == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [("3ndi", True), ("wra9", True), ("24ans", False), ("1er", False), ("24", False), ("casa", False)],
)
def test_digits_that_are_letters_are_told_from_numbers(word, expected):
    assert has_digit_letters(word) is expected
