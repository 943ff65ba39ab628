"""Facts from outside are checked one by one."""

from __future__ import annotations

import pytest

from rules.admit import InvalidFact, admit
from rules.rulebook import Rulebook


def test_good_facts_are_taken_as_they_are(rulebook: Rulebook) -> None:
    told = {
        "situation": "paper_card",
        "age": 24,
        "nationality": "NO",
        "education": "none",
        "education_proof": False,
        "city": "city_fes",
        "fears_return": None,
    }
    assert dict(admit(rulebook, told)) == told
    assert dict(admit(rulebook, {})) == {}


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [
        ("passport_number", "AB123", "unknown_fact"),
        ("age", "24", "wrong_type"),
        ("age", 24.0, "wrong_type"),
        ("age", True, "wrong_type"),
        ("age", -1, "out_of_range"),
        ("age", 10**30, "out_of_range"),
        ("years_resident", 121, "out_of_range"),
        ("education_proof", 1, "wrong_type"),
        ("education_proof", "yes", "wrong_type"),
        ("situation", "paper_gold", "unknown_value"),
        ("situation", ["card_work"], "wrong_type"),
        ("situation", {"card": "work"}, "wrong_type"),
        ("nationality", "GN ", "unknown_value"),
        ("nationality", "gn", "unknown_value"),
        ("education", "", "unknown_value"),
        ("city", "Fès; DROP TABLE", "unknown_value"),
        ("city", "city_fes\n", "unknown_value"),
        ("city", "x" * 100_000, "unknown_value"),
        ("situation", "card_work\x00", "unknown_value"),
    ],
)
def test_bad_facts_are_refused_with_the_reason(fact: str, value: object, reason: str, rulebook: Rulebook) -> None:
    with pytest.raises(InvalidFact) as refused:
        admit(rulebook, {fact: value})
    assert (refused.value.fact, refused.value.reason_code) == (fact, reason)
