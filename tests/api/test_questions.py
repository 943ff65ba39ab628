"""Eligibility, places and understanding over HTTP."""

from __future__ import annotations

import pytest


def eligibility(client, **body):
    answer = client.post("/api/v1/eligibility", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_all_services_are_decided_when_none_is_named(client, services):
    told = eligibility(client, facts={"situation": "irregular"}, language="fr")
    assert told.keys() == {"as_of", "rulebook", "decisions", "next_question"}
    assert told["rulebook"] == {"version": services.rulebook.version, "hash": services.rulebook.hash}
    assert [decision["service"] for decision in told["decisions"]] == list(services.rulebook.services)
    assert len(told["decisions"]) == 23


def test_a_decision_has_the_public_shape(client):
    told = eligibility(client, facts={"situation": "refugee_with_residence_card"}, services=["ofppt_training"])
    (decision,) = told["decisions"]
    assert decision.keys() >= {
        "service",
        "status",
        "because",
        "conditions",
        "documents",
        "missing",
        "if_met",
        "lean",
        "confirm_with",
        "next_steps",
    }
    for part in ("because", "conditions", "documents", "next_steps"):
        assert all(item["id"] and item["text"] for item in decision[part]), part
    for reason in decision["because"]:
        assert reason["rule"]
        assert all(
            citation.keys() >= {"fact", "title", "url", "date", "confidence"} for citation in reason["citations"]
        )
    assert all(isinstance(fact, str) for fact in decision["missing"])


def test_the_next_question_can_be_answered_with_its_choices(client):
    told = eligibility(client, facts={}, services=["ofppt_training"], language="en")
    question = told["next_question"]
    assert question.keys() == {"fact", "text", "why", "choices", "because"}
    assert question["because"]["services"] == ["ofppt_training"]
    assert question["because"]["expected_left"] > 1
    chosen = next(choice for choice in question["choices"] if choice["value"] is not None)
    assert all(choice["id"] and choice["label"] for choice in question["choices"])
    after = eligibility(client, facts={question["fact"]: chosen["value"]}, services=["ofppt_training"])
    assert after["next_question"] is None or after["next_question"]["text"] != question["text"]


def test_nothing_is_asked_when_everything_is_settled(client, services):
    everything = dict.fromkeys(services.rulebook.facts) | {"situation": "irregular"}
    told = eligibility(client, facts=everything)
    assert told["next_question"] is None
    assert all(decision["status"] != "undetermined" for decision in told["decisions"])


def test_a_day_can_be_named(client, services):
    assert eligibility(client, facts={}, as_of="2026-11-21")["as_of"] == "2026-11-21"
    assert eligibility(client, facts={})["as_of"] == services.turns.today().isoformat()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_decisions_speak_the_language_asked_for(client, language):
    told = eligibility(client, facts={"situation": "irregular"}, services=["primary_health_care"], language=language)
    browser = client.post(
        "/api/v1/eligibility",
        json={"facts": {"situation": "irregular"}, "services": ["primary_health_care"]},
        headers={"accept-language": language},
    ).json()
    assert told["decisions"] == browser["decisions"]


def test_contradictory_facts_are_named(client):
    answer = client.post("/api/v1/eligibility", json={"facts": {"alone_minor": True, "age": 30}, "language": "en"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "contradictory_facts")
    assert set(problem["facts"]) == {"alone_minor", "age"}
    assert problem["detail"]


@pytest.mark.parametrize(
    ("facts", "fact", "reason"),
    [
        ({"age": "old"}, "age", "wrong_type"),
        ({"age": 10**30}, "age", "out_of_range"),
        ({"age": -1}, "age", "out_of_range"),
        ({"age": 2.5}, "age", "wrong_type"),
        ({"age": True}, "age", "wrong_type"),
        ({"situation": "king"}, "situation", "unknown_value"),
        ({"situation": ["irregular"]}, "situation", "wrong_type"),
        ({"situation": {"$ne": None}}, "situation", "wrong_type"),
        ({"fears_return": "yes"}, "fears_return", "wrong_type"),
        ({"nationality": "<script>"}, "nationality", "unknown_value"),
        ({"nationality": "\x00"}, "nationality", "unknown_value"),
    ],
)
def test_an_impossible_fact_is_named_and_not_repeated(client, facts, fact, reason):
    answer = client.post("/api/v1/eligibility", json={"facts": facts, "language": "fr"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid_fact")
    assert (problem["fact"], problem["reason"]) == (fact, reason)
    assert fact in problem["detail"]
    assert "<script>" not in answer.text


def test_an_unknown_fact_is_refused_without_repeating_its_name(client):
    answer = client.post("/api/v1/eligibility", json={"facts": {"<script>": 1}})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_fact")
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"facts": {}, "services": ["free_money"]}, "unknown_service"),
        ({"facts": {}, "services": []}, None),
        ({"facts": {}, "language": "de"}, "unknown_language"),
        ({"facts": {}, "as_of": "yesterday"}, "invalid_date"),
        ({"facts": {}, "as_of": "2026-02-30"}, "invalid_date"),
        ({"facts": {}, "as_of": "9999-12-31"}, None),
        ({"facts": {}, "as_of": "0001-01-01"}, None),
        ({"facts": []}, "invalid_input"),
        ({"facts": None}, "invalid_input"),
        ({}, "invalid_input"),
        ({"facts": {}, "services": "all"}, "invalid_input"),
        ({"facts": {}, "services": ["ofppt_training"] * 51}, "invalid_input"),
    ],
)
def test_odd_questions_are_refused_by_name(client, body, code):
    answer = client.post("/api/v1/eligibility", json=body)
    assert answer.status_code == (200 if code is None else 422), answer.text
    assert answer.json().get("code") == code


def test_places_are_ranked_with_why_and_why_not(client):
    told = client.get("/api/v1/places", params={"service": "ofppt_training", "city": "casablanca", "language": "en"})
    places = told.json()["places"]
    assert told.status_code == 200
    assert places
    for place in places:
        assert place["id"]
        assert place["city"] == "city_casablanca"
        assert place["why"]
        assert place["source_text"]
        assert place["source_date"] in place["source_text"] or place["source_date"][:4] in place["source_text"]
        if place["precision"] != "address":
            assert place["latitude"] is None


@pytest.mark.parametrize(
    "spelling",
    [
        "Casablanca",
        "casa",
        "\u0627\u0644\u062f\u0627\u0631 \u0627\u0644\u0628\u064a\u0636\u0627\u0621",
        "Casablanka",
        "city_casablanca",
    ],
)
def test_a_city_is_understood_in_any_spelling(client, spelling):
    told = client.get("/api/v1/places", params={"service": "ofppt_training", "city": spelling}).json()
    assert told["city"] == "city_casablanca"


def test_only_the_posted_form_takes_facts(client):
    open_to_all = client.post("/api/v1/places/search", json={"service": "legal_aid", "city": "rabat"}).json()
    without = client.post(
        "/api/v1/places/search", json={"service": "legal_aid", "city": "rabat", "facts": {"situation": "irregular"}}
    ).json()
    plain = client.get("/api/v1/places", params={"service": "legal_aid", "city": "rabat"}).json()
    assert plain["places"] == open_to_all["places"]
    assert without["places"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"service": "free_money"}, "unknown_service"),
        ({}, "invalid_input"),
        ({"service": ""}, "invalid_input"),
        ({"service": "ofppt_training", "city": "Atlantis of the sea"}, "unknown_city"),
        ({"service": "ofppt_training", "language": "de"}, "unknown_language"),
        ({"service": "ofppt_training", "limit": "many"}, "invalid_input"),
        ({"service": "ofppt_training", "limit": "1000"}, "invalid_input"),
        ({"service": "x" * 300}, "invalid_input"),
    ],
)
def test_odd_searches_are_refused_by_name(client, query, code):
    answer = client.get("/api/v1/places", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("fact", ["situation", "nationality", "age", "fears_return", "alone_minor"])
def test_a_fact_of_a_person_never_stands_in_an_address(client, fact):
    query = {"service": "ofppt_training", fact: "irregular", "language": "en"}
    problem = client.get("/api/v1/places", params=query)
    assert (problem.status_code, problem.json()["code"]) == (422, "use_post")
    assert "POST /api/v1/places/search" in problem.json()["detail"]
    assert "irregular" not in problem.text


def test_a_town_may_stand_in_an_address(client):
    assert client.get("/api/v1/places", params={"service": "ofppt_training", "city": "fes"}).status_code == 200


def test_doors_have_places_too(client):
    assert client.get("/api/v1/places", params={"service": "birth_registration"}).status_code == 200


def test_understanding_names_intent_entities_and_parser(client):
    told = client.post(
        "/api/v1/understand", json={"text": "Je suis guineen, j'ai 24 ans, je cherche une formation a Casablanca"}
    )
    understood = told.json()
    assert understood.keys() == {"language", "variety", "intent", "entities", "danger", "parser"}
    assert understood["language"] == "fr"
    assert understood["danger"] is None
    assert understood["parser"] == "local"
    assert 0 <= understood["intent"]["confidence"] <= 1
    found = {(entity["type"], entity["value"]) for entity in understood["entities"]}
    assert {("city", "city_casablanca"), ("age", 24), ("nationality", "GN")} <= found


def test_danger_is_seen_whatever_the_intent(client):
    told = client.post("/api/v1/understand", json={"text": "someone wants to kill me, help"}).json()
    assert told["danger"] in {"emergency", "protection", "asylum"}


def test_readiness_says_which_parser_is_speaking(client):
    told = client.get("/health/ready")
    assert told.status_code == 200
    assert (told.json()["status"], told.json()["parser"]) == ("ready", "local")
    assert client.get("/health/live").json() == {"status": "alive"}


def test_metrics_are_exposed_without_ids(client, talk):
    person = talk(language="fr")
    person.says("bonjour")
    text = client.get("/metrics").text
    assert 'route="/api/v1/conversations/{conversation}/messages"' in text
    assert person.id not in text
    assert 'boussole_turns_total{parser="' in text
