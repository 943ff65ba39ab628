"""Answers that cannot all be true are found, and named."""

from __future__ import annotations

import pytest

from rules.admit import contradictions
from rules.facts import FactValue
from rules.rulebook import Rulebook
from tests.builders.facts import someone

CLASHES: list[tuple[str, dict[str, FactValue | None], tuple[str, ...]]] = [
    ("child_alone_and_adult", {"alone_minor": True, "age": 18}, ("alone_minor", "age")),
    ("minor_paper_and_adult", {"situation": "unaccompanied_minor", "age": 18}, ("situation", "age")),
    ("minor_paper_and_adult", {"situation": "minor_with_family", "age": 40}, ("situation", "age")),
    ("alone_and_not_alone", {"situation": "unaccompanied_minor", "alone_minor": False}, ("situation", "alone_minor")),
    ("alone_and_not_alone", {"situation": "minor_with_family", "alone_minor": True}, ("situation", "alone_minor")),
    ("adult_card_and_child", {"situation": "card_work", "age": 12}, ("situation", "age")),
    ("adult_card_and_child", {"situation": "card_visitor", "age": 15}, ("situation", "age")),
    (
        "exploited_and_not",
        {"situation": "trafficking_victim", "exploitation_signs": False},
        ("situation", "exploitation_signs"),
    ),
    (
        "refugee_and_moroccan",
        {"situation": "refugee_with_residence_card", "nationality": "MA"},
        ("situation", "nationality"),
    ),
    ("refugee_and_moroccan", {"situation": "paper_unhcr", "nationality": "MA"}, ("situation", "nationality")),
    ("foreigner_and_moroccan", {"situation": "irregular", "nationality": "MA"}, ("situation", "nationality")),
    ("foreigner_and_moroccan", {"situation": "family_of_moroccan", "nationality": "MA"}, ("situation", "nationality")),
    ("foreigner_and_moroccan", {"situation": "paper_card", "nationality": "MA"}, ("situation", "nationality")),
    ("foreigner_and_moroccan", {"situation": "receipt_renewal", "nationality": "MA"}, ("situation", "nationality")),
    (
        "convention_and_other_country",
        {"situation": "convention_national_with_card", "nationality": "ML"},
        ("situation", "nationality"),
    ),
    (
        "convention_and_other_country",
        {"situation": "convention_national_with_card", "nationality": "MA"},
        ("situation", "nationality"),
    ),
    ("stateless_and_citizen", {"stateless": True, "nationality": "SN"}, ("stateless", "nationality")),
    ("stateless_row_and_citizen", {"situation": "stateless", "nationality": "GN"}, ("situation", "nationality")),
    ("stateless_and_not", {"situation": "stateless", "stateless": False}, ("situation", "stateless")),
]
FITTING: list[dict[str, FactValue | None]] = [
    {"alone_minor": True, "age": 17},
    {"alone_minor": False, "age": 40},
    {"situation": "unaccompanied_minor", "age": 17},
    {"situation": "minor_with_family", "age": 15, "alone_minor": False},
    {"situation": "card_work", "age": 16},
    {"situation": "card_family", "age": 12},
    {"situation": "trafficking_victim", "exploitation_signs": True},
    {"situation": "refugee_with_residence_card", "nationality": "SY"},
    {"situation": "family_of_moroccan", "nationality": "ML", "age": None},
    {"situation": "convention_national_with_card", "nationality": "TN"},
    {"stateless": True, "nationality": "PS"},
    {"stateless": True, "nationality": "EH"},
    {"stateless": True, "nationality": "ZZ"},
    {"stateless": False, "nationality": "SN"},
    {"situation": "stateless", "stateless": True},
    {"situation": "minor_with_family", "nationality": "MA"},
    {"situation": "trafficking_victim", "nationality": "MA"},
    {"situation": None, "nationality": "MA"},
]


@pytest.mark.parametrize(("name", "told", "facts"), CLASHES)
def test_clashing_answers_are_named(
    name: str, told: dict[str, FactValue | None], facts: tuple[str, ...], rulebook: Rulebook
) -> None:
    found = contradictions(rulebook, someone(**told))
    assert [(clash.say, clash.facts) for clash in found] == [(f"contradiction.{name}", facts)]


def test_each_contradiction_of_the_book_is_tested(rulebook: Rulebook) -> None:
    assert {clash.id for clash in rulebook.contradictions} == {f"contradiction.{name}" for name, _, _ in CLASHES}


@pytest.mark.parametrize("told", FITTING)
def test_answers_that_fit_are_left_alone(told: dict[str, FactValue | None], rulebook: Rulebook) -> None:
    assert contradictions(rulebook, someone(**told)) == ()


@pytest.mark.parametrize(("name", "told", "facts"), CLASHES)
def test_without_one_of_the_answers_there_is_no_clash(
    name: str, told: dict[str, FactValue | None], facts: tuple[str, ...], rulebook: Rulebook
) -> None:
    for fact in facts:
        assert contradictions(rulebook, someone(**{**told, fact: None})) == (), name
