"""What Rasa is given: whatever a person sends, it is short, plain text and no order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.heard import LONGEST, speakable

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
TWO_THOUSAND = 2000


@given(ANYTHING)
def test_it_can_be_sent_and_is_no_order(text):
    spoken = speakable(text)
    assert spoken.encode("utf-8").decode("utf-8") == spoken
    assert not spoken.startswith("/")
    assert spoken == spoken.strip()


@given(ANYTHING)
def test_it_holds_no_hidden_or_half_characters(text):
    kinds = {unicodedata.category(letter) for letter in speakable(text) if not letter.isspace()}
    assert not kinds & {"Cc", "Cs"}


@given(ANYTHING)
def test_reading_it_again_changes_nothing(text):
    assert speakable(speakable(text)) == speakable(text)


@pytest.mark.parametrize("letter", ["a", "م", "é", "\U0001f642 a", "e\u0301", "\u202e\u0645", "ﷺ "])
def test_of_a_long_message_no_more_than_a_parser_reads(letter):
    assert 0 < len(speakable(letter * TWO_THOUSAND)) <= LONGEST
