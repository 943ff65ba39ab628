"""A marriage with a Moroccan, told in passing, is not asked about again."""

from __future__ import annotations

import pytest

from tests.builders.conversations import a_talk
from tests.fakes.parser import understood


@pytest.mark.parametrize("text", ["mon mari est marocain", "my wife is Moroccan", "راجلي مغربي", "mraty maghribiya"])
def test_a_marriage_with_a_moroccan_is_taken_from_ones_own_words(text):
    talk = a_talk()
    talk.say(text, understood("inform"))
    assert talk.facts["spouse_of_moroccan"] is True


@pytest.mark.parametrize(
    "text", ["le mari de ma sœur est marocain", "my boss is Moroccan", "I want to marry a Moroccan"]
)
def test_somebody_elses_or_a_hoped_for_marriage_is_not_taken(text):
    talk = a_talk()
    talk.say(text, understood("inform"))
    assert "spouse_of_moroccan" not in talk.facts
