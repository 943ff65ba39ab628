"""Why not, and the way to yes, over HTTP."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


def the_decision(client: TestClient, service: str, **facts: object) -> Any:
    answer = client.post("/api/v1/eligibility", json={"facts": facts, "services": [service], "language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()["decisions"][0]


def test_a_no_says_what_stands_in_the_way_and_how_it_becomes_a_yes(client: TestClient) -> None:
    told = the_decision(client, "ofppt_training", situation="card_expired")
    assert [each["text"] for each in told["why_not"]] == ["Because your card has expired."]
    way = told["way_to_yes"]
    assert [step["id"] for step in way["steps"]] == ["way.renew_card", "way.renewed_card"]
    assert all(step.keys() >= {"id", "text", "documents", "warnings", "cite"} for step in way["steps"])
    assert way["reaches"] == "conditional"
    assert way["alternatives"][0].keys() == {"service", "status", "text"}


def test_without_a_way_the_alternatives_are_named(client: TestClient) -> None:
    way = the_decision(client, "ofppt_training", situation="irregular", fears_return=False)["way_to_yes"]
    assert (way["steps"], way["reaches"]) == ([], None)
    assert "entraide_training" in {door["service"] for door in way["alternatives"]}


def test_a_yes_needs_no_way_and_tells_what_is_checked_there(client: TestClient) -> None:
    told = the_decision(client, "anapec_job_search", situation="card_family", age=30, nationality="GN")
    assert told["way_to_yes"] is None
    assert [each["id"] for each in told["not_checked"]] == ["condition.anapec.reason_confirmed"]
    assert {each["id"] for each in told["not_checked"]} <= {each["id"] for each in told["conditions"]}


def test_an_answer_that_waits_has_no_way_yet(client: TestClient) -> None:
    told = the_decision(client, "ofppt_training", situation="card_work")
    assert told["status"] == "undetermined"
    assert (told["why_not"], told["way_to_yes"]) == ([], None)
