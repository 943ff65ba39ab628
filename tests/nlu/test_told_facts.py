"""What a message tells of the person it is about, and of nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.text.gazetteer import find_entities
from nlu.text.phrases import Message
from nlu.text.spouse import is_spouse_of_moroccan
from nlu.text.wards import ward_of

FACTS = ("situation", "nationality", "age", "education", "city")
MESSAGES = yaml.safe_load((Path(__file__).parent / "told_facts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"])
def test_a_message_tells_these_facts_and_no_others(message):
    told = {(found.type, found.value) for found in find_entities(message["text"]) if found.type in FACTS}
    assert told == set(message["finds"].items())


@pytest.mark.parametrize("message", [m for m in MESSAGES if "trade" in m], ids=lambda message: message["text"])
def test_a_trade_is_seen_where_one_is_named(message):
    assert any(found.type == "trade" for found in find_entities(message["text"])) == message["trade"]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"])
def test_only_ones_own_marriage_with_a_moroccan_is_told(message):
    assert is_spouse_of_moroccan(message["text"]) == message.get("spouse", False)


@pytest.mark.parametrize(
    "text",
    [
        "I divorced my Moroccan husband",
        "mon mari marocain est décédé",
        "which papers if my husband is Moroccan",
        "les femmes mariées à un marocain ont droit à quoi",
        "طلقني زوجي المغربي",
        "",
    ],
)
def test_a_marriage_that_is_over_supposed_or_others_is_not_told(text):
    assert not is_spouse_of_moroccan(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ma sœur cherche une formation", "ma sœur"),
        ("je cherche une formation pour ma sœur", "ma sœur"),
        ("my brother has a card and he wants to work", "my brother"),
        ("بغيت نسجل ختي", "ختي"),
        ("my brother has a card", None),
        ("my brother wants to work, I am a cook", None),
        ("my brother and my sister want to work, she needs a card", None),
        ("je cherche du travail, mon frère veut étudier", None),
        ("I want to work", None),
        ("", None),
    ],
)
def test_somebody_is_asked_for_only_where_the_message_is_about_nobody_else(text, person):
    span = ward_of(Message.of(text))
    words = Message.of(text).words
    assert (span and text[words[span[0]].start : words[span[1] - 1].end]) == person
