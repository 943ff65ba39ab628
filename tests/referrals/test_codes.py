"""Codes survive being read aloud, typed, and mistyped."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.referrals.codes import ALPHABET, find_code, new_code, parse_code

codes = st.integers(0, 2**40 - 1).map(lambda number: new_code(lambda _bits: number))


@given(codes)
def test_a_code_is_read_as_itself(code):
    assert parse_code(code) == code


@given(codes, st.data())
def test_case_spaces_dashes_and_look_alikes_do_not_matter(code, data):
    bare = code.replace("-", data.draw(st.sampled_from(["", " ", "–", " - ", "\u200f", "_"])))
    for written, meant in (("o", "0"), ("O", "0"), ("l", "1"), ("I", "1")):
        if data.draw(st.booleans()):
            bare = bare.replace(meant, written)
    assert parse_code(data.draw(st.sampled_from([bare, bare.lower(), f"  {bare} "]))) == code


@given(codes, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code, place, wrong):
    symbols = list(code.replace("-", ""))
    assume(symbols[place] != wrong)
    symbols[place] = wrong
    assert parse_code("".join(symbols)) is None


@given(codes, st.integers(0, 8), st.integers(0, 8))
def test_two_exchanged_characters_are_always_noticed(code, one, other):
    symbols = list(code.replace("-", ""))
    assume(symbols[one] != symbols[other])
    symbols[one], symbols[other] = symbols[other], symbols[one]
    assert parse_code("".join(symbols)) is None


@given(st.text(max_size=40))
def test_any_text_is_either_a_code_or_none(text):
    assert parse_code(text) in {None, parse_code(parse_code(text) or "")}


@given(codes, st.sampled_from(["{}", "my code is {}.", "رمزي {}", "c'est {}, merci", "où en est ({}) ?"]))
def test_a_code_is_found_within_a_sentence(code, sentence):
    assert find_code(sentence.format(code)) == code
    assert find_code(sentence.format(code.lower())) == code


@pytest.mark.parametrize("digits", ["٠٠٠٠-٠٠٠٠-٠", "۰۰۰۰ ۰۰۰۰ ۰", "００００００００0"])
def test_digits_of_every_script_are_read(digits):
    assert parse_code(digits) == "0000-0000-0"


@pytest.mark.parametrize(
    "sentence", ["migration", "I am 24 and live in Casablanca", "رقم ٢٤", "", "passeport", "2024-2025"]
)
def test_an_ordinary_sentence_holds_no_code(sentence):
    assert find_code(sentence) is None


def test_codes_hold_40_random_bits_and_do_not_repeat():
    drawn = []
    new_code(lambda bits: drawn.append(bits) or 0)
    assert drawn == [40]
    assert len({new_code() for _ in range(1000)}) == 1000


@given(codes)
def test_no_confusable_letter_is_printed(code):
    assert not set(code) & set("ILOU")
