"""The two forms of a text: clean to keep and show, fold to compare."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.normalise import clean, fold, folded, is_hidden, words_of

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
"""Lone surrogates included."""


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_nothing_hidden_is_left(text):
    assert not any(is_hidden(char) for char in fold(text) + clean(text))
    assert not any(unicodedata.category(char) == "Cs" for char in clean(text))


@given(ANY_TEXT)
def test_what_is_cleaned_can_be_written_and_sent(text):
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@given(ANY_TEXT)
def test_cleaning_before_folding_makes_no_difference(text):
    assert fold(clean(text)) == fold(text)


@given(ANY_TEXT)
def test_every_folded_character_knows_where_it_came_from(text):
    form = folded(text)
    assert len(form.places) == len(form.text)
    assert all(0 <= place < len(text) for place in form.places)
    assert list(form.places) == sorted(form.places)


@given(ANY_TEXT)
def test_words_stand_in_the_text_in_order(text):
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(fold(word.text) == word.text for word in words)


@given(st.text(st.characters(categories=("L", "Nd", "P", "Zs", "Sm", "So")), max_size=40))
def test_cleaning_keeps_what_can_be_seen(text):
    assert clean(text) == "".join(char for char in text if not is_hidden(char))


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\u200b", "zero width space"),
        ("\u200d", "zero width joiner"),
        ("\ufeff", "byte order mark"),
        ("\u202e", "right-to-left override"),
        ("\u2066", "isolate"),
        ("\u200f", "right-to-left mark"),
        ("\x00", "NUL"),
        ("\x1b", "escape"),
        ("\ud83d", "lone surrogate"),
        ("\U000e0041", "tag letter"),
        ("\ufe0f", "variation selector"),
        ("\u00ad", "soft hyphen"),
        ("\u061c", "Arabic letter mark"),
        ("\u3164", "Hangul filler"),
        ("\ue000", "private use"),
    ],
    ids=lambda value: value if value.isascii() and value.isprintable() else ascii(value),
)
def test_hidden_characters_vanish_from_both_forms(hidden, name):
    assert clean(f"a{hidden}b") == "ab", name
    assert fold(f"A{hidden}B") == "ab", name


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("\u0623\u0643\u0627\u062f\u064a\u0631", "\u0627\u0643\u0627\u062f\u064a\u0631"),  # alef with hamza
        ("\u0625\u062f\u0645\u0627\u062c", "\u0627\u062f\u0645\u0627\u062c"),
        ("\u0622\u0633\u0641\u064a", "\u0627\u0633\u0641\u064a"),
        ("\u0637\u0646\u062c\u0629", "\u0637\u0646\u062c\u0647"),  # ta marbuta
        ("\u0645\u0633\u062a\u0634\u0641\u0649", "\u0645\u0633\u062a\u0634\u0641\u064a"),  # alef maqsura
        ("\u0648\u0640\u0640\u0635\u0644", "\u0648\u0635\u0644"),  # tatweel
        ("\u0648\u064e\u0635\u0652\u0644", "\u0648\u0635\u0644"),  # tashkeel
        ("\u0644\u0627\u062c\u0626", "\u0644\u0627\u062c\u064a"),  # hamza on ya
        ("\u06cc", "\u064a"),  # Persian ya
        ("\u06a9", "\u0643"),  # Persian kaf
        ("\u067e\u0627\u0633\u067e\u0648\u0631", "\u0628\u0627\u0633\u0628\u0648\u0631"),
        ("\u0662\u0664", "24"),  # Arabic-Indic digits
        ("\u06f2\u06f4", "24"),  # Persian digits
        ("\uff12\uff14", "24"),  # full width
        ("R\u00e9c\u00e9piss\u00e9", "recepisse"),
        ("Re\u0301ce\u0301pisse\u0301", "recepisse"),
        ("c\u0153ur", "coeur"),
        ("l\u2019OFPPT", "l'ofppt"),
        ("\ufeed\ufebb\ufede", "\u0648\u0635\u0644"),  # presentation forms
        ("  a \n\t b  ", "a b"),
        ("salaaaaam", "salaam"),
        ("1000", "1000"),
        ("STRASSE", "strasse"),
    ],
)
def test_different_writings_of_one_word_meet(written, same):
    assert fold(written) == same


def test_cleaning_keeps_length_accents_lines_and_case():
    text = "J'ai 24 ans\net je viens de Conakry \U0001f642 " * 3000
    assert clean(text) == text
    assert clean("a\r\nb\u2028c") == "a\n\nb\nc"
