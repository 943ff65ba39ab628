"""From a question to a slip code over HTTP, in three languages; referrals made and followed by their code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from app.adapters.database import transaction
from app.adapters.stores import ConversationStore
from app.dialogue.turn import CreateReferral
from app.main import create_app
from app.referrals.codes import new_code
from app.referrals.model import SharedField
from app.settings import Rate
from app.turns import find_referral, read_conversation

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
MOST_TURNS = 25


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["name"])
def test_a_question_leads_to_a_decision_a_place_and_a_code(talk, client, question):
    person = talk()
    answer = person.says(question["text"])
    assert answer["language"] == question["language"]
    seen = cards_in(answer)
    for _ in range(MOST_TURNS):
        if any(card["kind"] == "slip" for card in seen):
            break
        answer = person.presses(next_choice(answer))
        seen += cards_in(answer)
    kinds = {card["kind"] for card in seen}
    assert {"decision", "place", "slip"} <= kinds
    decision = next(card for card in seen if card["kind"] == "decision")
    assert all(reason["citations"] for reason in decision["because"])
    slip = next(card for card in seen if card["kind"] == "slip")
    followed = client.get(f"/api/v1/referrals/{slip['code']}", params={"language": "en"}).json()
    assert followed.keys() == {"code", "status", "text"}
    assert followed["status"] == "consented"


def cards_in(answer):
    return [card for reply in answer["replies"] for card in reply["cards"]]


LEADS_ON = (
    "consent.",
    "refer.",
    "need.need_training",
    "answer.situation.paper_card",
    "answer.situation.card_work",
    "subject.",
    "decline.",
    "decisions",
    "go_on",
)


def next_choice(answer):
    """The button that leads on to a referral."""
    offered = [choice["id"] for reply in answer["replies"] for choice in reply["choices"]]
    return next(choice for wanted in LEADS_ON for choice in offered if choice.partition(".")[2].startswith(wanted))


def a_place(client):
    told = client.get("/api/v1/places", params={"service": "ofppt_training", "city": "casablanca"}).json()
    return told["places"][0]["id"]


def wish(person, to, **changes):
    consent = {"recipient": to, "fields": ["decision", "papers"]}
    return {"conversation": person.id, "service": "ofppt_training", "place": to, "consent": consent, **changes}


def test_a_referral_is_made_with_consent_and_the_conversations_token(client, talk):
    person, place = talk(language="ar"), a_place(client)
    made = client.post("/api/v1/referrals", json=wish(person, place), headers=person.headers)
    assert made.status_code == 201, made.text
    assert made.json().keys() == {"code", "slip_url"}
    assert made.json()["code"] in made.json()["slip_url"]
    followed = client.get(f"/api/v1/referrals/{made.json()['code'].lower().replace('-', ' ')}").json()
    assert followed["code"] == made.json()["code"]


def test_a_part_that_no_slip_carries_cannot_be_agreed_to(client, talk):
    person, place = talk(language="fr"), a_place(client)
    body = wish(person, place, consent={"recipient": place, "fields": ["papers", "everything else"]})
    answer = client.post("/api/v1/referrals", json=body, headers=person.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_consent_field")
    assert answer.headers["content-language"] == "fr"


def test_agreeing_to_no_part_shares_nothing_but_code_service_and_place(client, talk, services):
    person, place = talk(), a_place(client)
    body = wish(person, place, consent={"recipient": place, "fields": []})
    made = client.post("/api/v1/referrals", json=body, headers=person.headers).json()
    slip = find_referral(made["code"], services.turns).slip
    assert (slip.place, slip.status, slip.because, slip.papers) == (place, None, None, ())


def place_of(client, service, city="rabat"):
    return client.get("/api/v1/places", params={"service": service, "city": city}).json()["places"][0]["id"]


def refused(client, person, service, place):
    consent = {"recipient": place or service, "fields": []}
    body = {"conversation": person.id, "service": service, "place": place, "consent": consent}
    answer = client.post("/api/v1/referrals", json=body, headers=person.headers)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-language"] == "en"
    return answer.json()["code"]


def test_nobody_is_referred_to_a_place_that_does_not_give_the_service(client, talk):
    person = talk(language="en")
    assert refused(client, person, "ofppt_training", place_of(client, "legal_aid")) == "place_does_not_give_service"


def test_nobody_is_referred_to_a_closed_project(client, talk):
    person = talk(language="en")
    assert refused(client, person, "amuddu_scholarship", None) == "service_closed"


def someone_telling(talk, services, **told):
    """A conversation in which these facts were told."""
    person = talk(language="en")
    kept = read_conversation(person.id, person.token, services.turns)
    conversation = kept.conversation
    learned = replace(conversation.thread, facts=conversation.facts.learning(**told))
    with transaction(services.turns.sessions) as session:
        store = ConversationStore(session, services.turns.cipher)
        store.save(conversation.on(learned), kept.version, now=services.turns.now())
    return person


def test_nobody_is_referred_to_a_door_that_is_closed_to_them(client, talk, services):
    person = someone_telling(talk, services, situation="irregular")
    assert refused(client, person, "ofppt_training", place_of(client, "ofppt_training")) == "not_eligible_for_service"
    assert refused(client, person, "anapec_job_search", None) == "not_eligible_for_service"


@pytest.mark.parametrize("told", [{"fears_return": True}, {"exploitation_signs": True}, {"alone_minor": True}])
def test_return_is_never_a_referral_for_whom_it_could_harm(client, talk, services, told):
    person = someone_telling(talk, services, situation="irregular", **told)
    place = place_of(client, "assisted_return_iom")
    assert refused(client, person, "assisted_return_iom", place) == "service_not_proposed"


def test_without_papers_a_place_that_takes_everybody_may_be_a_referral(client, talk, services):
    person = someone_telling(talk, services, situation="irregular")
    for service in ("entraide_training", "primary_health_care", "legal_aid"):
        place = place_of(client, service)
        body = wish(person, place, service=service)
        assert client.post("/api/v1/referrals", json=body, headers=person.headers).status_code == 201, service


def test_the_chat_makes_no_referral_that_another_program_could_not_make(services, talk):
    person = someone_telling(talk, services, situation="irregular")
    effect = CreateReferral(new_code(), "ofppt_training", None)

    def respond(conversation, inbound, *, today):
        return replace(services.turns.respond(conversation, inbound, today=today), effects=(effect,))

    hasty = replace(services, turns=replace(services.turns, respond=respond))
    answer = TestClient(create_app(hasty)).post(f"{person.path}/messages", json={"text": "yes"}, headers=person.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_eligible_for_service")
    assert find_referral(effect.code, services.turns) is None
    assert read_conversation(person.id, person.token, services.turns).conversation.turn == 0


def test_the_same_key_makes_one_referral(client, talk):
    person, place = talk(), a_place(client)
    headers = {**person.headers, "idempotency-key": "once"}
    codes = {client.post("/api/v1/referrals", json=wish(person, place), headers=headers).json()["code"] for _ in "12"}
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"consent": None}, "consent_required"),
        ({"consent": {"recipient": "somebody else", "fields": []}}, "consent_required"),
        ({"consent": {"recipient": "x"}}, "invalid_input"),
        ({"consent": {"fields": []}}, "invalid_input"),
        ({"consent": True}, "invalid_input"),
        ({"service": "housing_emergency"}, "unknown_service"),
        ({"service": "free_money"}, "unknown_service"),
        ({"place": "sal_none"}, "place_not_found"),
        ({"place": "<script>"}, "place_not_found"),
        ({"service": None}, "invalid_input"),
    ],
)
def test_without_consent_or_with_unknown_names_nothing_is_made(client, talk, changes, code):
    person = talk(language="en")
    answer = client.post("/api/v1/referrals", json=wish(person, a_place(client), **changes), headers=person.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_stranger_cannot_refer_somebody(client, talk):
    person, stranger = talk(), talk()
    body = wish(person, a_place(client))
    assert client.post("/api/v1/referrals", json=body).status_code == 401
    assert client.post("/api/v1/referrals", json=body, headers=stranger.headers).status_code == 401
    unknown = client.post("/api/v1/referrals", json={**body, "conversation": "0" * 32}, headers=person.headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "conversation_not_found")


def test_only_what_was_agreed_to_is_shared(client, talk, services):
    person, place = talk(language="ar"), a_place(client)
    body = wish(person, place, consent={"recipient": place, "fields": ["papers"]})
    made = client.post("/api/v1/referrals", json=body, headers=person.headers).json()
    referral = find_referral(made["code"], services.turns)
    assert referral is not None
    assert referral.consent.fields == {SharedField.PAPERS}
    assert referral.slip.status is None


@pytest.mark.parametrize("name", ["organisation", "organisation_name", "name"])
def test_the_recipient_may_be_called_by_any_of_its_names(client, talk, name):
    person = talk(language="fr")
    told = client.get("/api/v1/places", params={"service": "ofppt_training", "city": "casablanca", "language": "fr"})
    place = told.json()["places"][0]
    body = wish(person, place["id"], consent={"recipient": place[name], "fields": []})
    assert client.post("/api/v1/referrals", json=body, headers=person.headers).status_code == 201


@pytest.mark.parametrize("code", ["0000-0000-0", "nonsense", "%00", "7K3D-M9QX-T", "x" * 500])
def test_an_unknown_code_tells_nothing(client, code):
    answer = client.get(f"/api/v1/referrals/{code}", headers={"accept-language": "fr"})
    assert (answer.status_code, answer.json()["code"]) == (404, "referral_not_found")


def test_codes_cannot_be_tried_out(limited):
    http = limited(rate_codes=Rate(3, 60))
    statuses = [http.get("/api/v1/referrals/0000-0000-0").status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]


def test_ending_a_conversation_ends_its_referrals(client, talk):
    person = talk()
    made = client.post("/api/v1/referrals", json=wish(person, a_place(client)), headers=person.headers).json()
    client.delete(person.path, headers=person.headers)
    assert client.get(f"/api/v1/referrals/{made['code']}").status_code == 404
