"""No number of a person gets past the firewall, in any digits, however it is spaced."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.pii import Kind, kinds_in, mask

CORPUS = yaml.safe_load(Path(__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))
ZEROS = "0\u0660\u06f0\uff10\u0966"
"""The zero of Latin, Arabic, Persian, full-width and Devanagari digits."""


@pytest.mark.parametrize("example", CORPUS["personal"], ids=lambda example: example["text"])
def test_what_identifies_a_person_is_hidden_and_the_rest_stays(example):
    masked = mask(example["text"])
    assert kinds_in(example["text"]) == {Kind(example["kind"])}
    assert not [hidden for hidden in example["hides"] if hidden in masked]
    assert [kept for kept in example.get("keeps", ()) if kept not in masked] == []


@pytest.mark.parametrize("text", CORPUS["harmless"])
def test_what_the_rules_need_is_not_hidden(text):
    assert mask(text) == text


def test_every_kind_is_in_the_corpus():
    assert {example["kind"] for example in CORPUS["personal"]} == set(Kind)


@st.composite
def phones(draw):
    """A Moroccan number as people write it."""
    national = draw(st.sampled_from("567")) + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=8, max_size=8))
    )
    prefix = draw(st.sampled_from(["0", "+212", "00212", "212", "+212 0", "+212 (0)"]))
    gap = draw(st.sampled_from(["", " ", "-", ".", "\u00a0", "\u200f", " - "]))
    zero = draw(st.sampled_from(ZEROS))
    written = prefix + gap.join([national[0], *(national[start : start + 2] for start in range(1, 9, 2))])
    return "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in written)


@given(phones(), st.sampled_from(["", "call ", "رقمي ", "c'est le : "]), st.sampled_from(["", " merci", "، شكرا", "."]))
def test_a_phone_number_is_hidden_in_any_digits_and_spacing(phone, before, after):
    masked = mask(before + phone + after)
    assert sum(char.isdigit() for char in masked) == 0
    assert masked.startswith(before)
    assert masked.endswith(after)


@given(st.text(max_size=200) | st.from_regex(r"[0-9a-z@.+ ,/-]{0,60}", fullmatch=True))
def test_masking_twice_changes_nothing(text):
    assert mask(mask(text)) == mask(text)


@given(st.integers(10**6, 10**39))
def test_no_long_number_stays(number):
    assert str(number) not in mask(f"voici {number} voilà")


@pytest.mark.parametrize("text", ["a@" * 50_000, "06 " * 30_000, "http://1" * 12_000, "x" * 100_000, "\ud800" * 1000])
def test_any_text_is_masked_without_trouble(text):
    assert mask(mask(text)) == mask(text)
