"""Every code a place can carry has a sentence, and every sentence a code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import app
from referral_directory.check import DAYS, SCHEDULE_KINDS
from referral_directory.points import Why, WhyNot

WORDING = Path(app.__file__ or "").parent / "wording" / "places.yaml"


def sentences(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if "id" in node:
            yield node["id"], node["say"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from sentences(child)


SENTENCES = dict(sentences(yaml.safe_load(WORDING.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("place.why.", {code.value for code in Why}),
        ("place.why_not.", {code.value for code in WhyNot}),
        ("place.opening.", SCHEDULE_KINDS),
        ("place.day.", {day.lower() for day in DAYS}),
    ],
)
def test_codes_and_sentences_answer_each_other(prefix: str, codes: set[str]):
    assert {name.removeprefix(prefix) for name in SENTENCES if name.startswith(prefix)} == codes


def test_sentences_are_short_enough_for_a_small_phone():
    assert {name: len(say) for name, say in SENTENCES.items() if len(say) > 120} == {}
