"""Short replies to a question that was just asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.bare import DECLINED, bare_fact, yes_or_no

REPLIES = yaml.safe_load((Path(__file__).parent / "replies.yaml").read_text(encoding="utf-8"))
FACTS = ["age", "city", "situation", "nationality", "education", "activity_kind", "stateless", "years_resident"]


@pytest.mark.parametrize(
    ("fact", "text", "value"), [(fact, text, value) for fact, said in REPLIES.items() for text, value in said.items()]
)
def test_a_reply_gives_the_fact_that_was_asked(fact, text, value):
    answer = bare_fact(text, fact)
    assert answer is (DECLINED) if value == "declined" else answer == value
    assert type(answer) is type(value) or value == "declined"


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize(
    "text", ["je sais pas", "I don't know", "\u0645\u0627\u0639\u0631\u0641\u062a\u0634", "ma3reftch", "skip"]
)
def test_every_question_can_be_declined(fact, text):
    assert bare_fact(text, fact) is DECLINED


@pytest.mark.parametrize(
    ("text", "meant"), [("oui", True), ("yes", True), ("non", False), ("la", False), ("casa", None)]
)
def test_yes_and_no_where_nothing_was_asked(text, meant):
    assert yes_or_no(text) is meant


def test_a_long_message_is_no_short_reply():
    assert bare_fact("oui " * 20, "stateless") is None
    assert bare_fact("j'ai 24 ans et je cherche une formation de couture à Casablanca", "age") is None


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60), st.sampled_from(FACTS))
def test_any_reply_can_be_read(text, fact):
    answer = bare_fact(text, fact)
    assert answer is None or answer is DECLINED or isinstance(answer, str | int | bool)


@given(st.integers(min_value=1, max_value=110))
def test_every_age_is_read_in_digits_of_any_script(age):
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(age))
    assert bare_fact(str(age), "age") == bare_fact(arabic, "age") == age
