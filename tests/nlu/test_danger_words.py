"""Danger in so many words: what is heard in every variety, what must not be, and which of two dangers speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.danger_words import CATEGORIES, danger_worded, phrases_by_category
from nlu.text.variety import VARIETIES

EXAMPLES = yaml.safe_load((Path(__file__).parent / "danger.yaml").read_text(encoding="utf-8"))
ALL = [
    (variety, category, text)
    for variety, categories in EXAMPLES.items()
    for category, texts in categories.items()
    for text in texts
]


@pytest.mark.parametrize(("category", "text"), [(category, text) for _, category, text in ALL])
def test_danger_is_seen_and_harmless_words_are_let_pass(category, text):
    assert danger_worded(text) == category


def test_every_variety_has_examples_of_every_danger_and_of_none():
    assert set(EXAMPLES) == set(VARIETIES)
    assert all(set(categories) == {*CATEGORIES, None} for categories in EXAMPLES.values())


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("he is beating me now, call an ambulance", "emergency"),
        ("mon mari me bat et j'ai peur de rentrer chez moi", "protection"),
        ("j'ai peur de rentrer chez moi, je cherche une formation", "asylum"),
        ("au secours, je ne peux pas rentrer dans mon pays", "emergency"),
    ],
)
def test_the_more_urgent_danger_speaks(text, danger):
    assert danger_worded(text) == danger


def test_a_threat_that_awaits_at_home_is_the_asylum_doors():
    assert danger_worded("they will kill me") == "emergency"
    assert danger_worded("they will kill me if I go back to my country") == "asylum"


def test_harmless_words_do_not_hide_danger_beside_them():
    assert danger_worded("je meurs de faim et mon patron me bat") == "protection"
    assert danger_worded("question urgente : au secours") == "emergency"


@pytest.mark.parametrize(
    "text", ["AU SECOURS", "au   secours!!!", "a\u200bu sec\u00adours", "Au-secours", "\u202eau secours"]
)
def test_writing_does_not_hide_danger(text):
    assert danger_worded(text) == "emergency"


def test_danger_is_seen_at_both_ends_of_a_long_text():
    assert danger_worded("au secours " + "bonjour " * 20_000) == "emergency"
    assert danger_worded("bonjour " * 20_000 + "au secours") == "emergency"


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=120))
def test_any_text_can_be_screened(text):
    assert danger_worded(text) in {*CATEGORIES, None}


@given(
    st.sampled_from([text for _, category, text in ALL if category == "emergency"]),
    st.sampled_from(["!", "...", " \U0001f642"]),
)
def test_punctuation_after_it_changes_nothing(text, mark):
    assert danger_worded(text + mark) == "emergency"


def test_phrases_of_every_category_are_counted():
    counts = phrases_by_category()
    assert {*CATEGORIES, "harmless"} <= counts.keys()
    assert all(counts.values())
