"""`as_of` asks about the past and the future: rules speak while in force, and are trusted until they are due."""

from __future__ import annotations

import pytest

SETTLED = {"situation": "card_work", "age": 24, "education": "bac", "education_proof": True}
CALL_FIRST = "warning.call_before_you_go"


@pytest.fixture
def decided(client):
    def decided(as_of):
        body = {"facts": SETTLED, "services": ["ofppt_training"], "as_of": as_of, "language": "en"}
        (decision,) = client.post("/api/v1/eligibility", json=body).json()["decisions"]
        return decision

    return decided


def test_before_the_rules_began_nobody_is_told_yes(decided):
    assert decided("2014-05-31")["status"] == "uncertain"
    assert decided("2014-05-31")["confirm_with"]


def test_while_they_are_in_force_the_answer_is_the_same(decided):
    assert decided("2014-06-01")["status"] == decided("2026-11-21")["status"] == "conditional"
    assert CALL_FIRST not in [warning["id"] for warning in decided("2026-11-21")["warnings"]]


def test_once_overdue_the_answer_begins_with_call_first(decided):
    late = decided("2030-01-01")
    assert late["status"] == "conditional"
    assert late["warnings"][0]["id"] == CALL_FIRST
