"""Messages become replies a person can read, in three languages and both directions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.render import as_plain_text, render
from app.dialogue.messages import (
    Choice,
    DecisionCard,
    Latin,
    Message,
    NumbersCard,
    PapersCard,
    PhoneNumber,
    PlaceCard,
    Say,
    SlipCard,
    StepsCard,
)
from app.i18n.languages import LANGUAGES
from app.i18n.texts import Sentence, read_sentences
from app.i18n.translator import Translator
from referral_directory.points import Precision, ServicePoint, Why, WhyNot
from rules.model import Citation, Confidence, Confirmer, Decision, Document, Lean, Reason, Status

SOURCE = Citation("F-024", "source.test", "https://example.org/a", "2024-11", Confidence.HIGH)
UNSURE = replace(SOURCE, fact="F-058", confidence=Confidence.LOW, date="")
WORDS = {
    "source.test": "A publisher",
    "test.greeting": "Hello {name}",
    "test.reason": "Because of your card",
    "test.condition": "A place is free",
    "test.paper": "Your card",
    "test.note": "A copy is enough",
    "test.next": "Go there",
    "test.ask": "Ask the office",
    "test.warning": "Mind this",
    "test.yes": "Yes",
    "test.no": "No",
    "test.line": "Refugee line",
    "test.when": "Day and night",
}
DECISION = Decision(
    service="ofppt_training",
    status=Status.UNCERTAIN,
    because=(Reason("rule.one", "test.reason", (SOURCE, UNSURE)),),
    conditions=("test.condition",),
    documents=(Document("test.paper", "required", "test.note"),),
    lean=Lean.YES,
    confirm_with=Confirmer("ofppt", "test.ask"),
    next_steps=("test.next",),
    warnings=("test.warning",),
    verified_on=date(2026, 11, 1),
)
POINT = ServicePoint(
    id="sal_1",
    service_type="vocational_training",
    service_name={"fr": "Formation"},
    organisation="org_ofppt",
    organisation_name={"fr": "OFPPT", "ar": "\u0645\u0643\u062a\u0628"},
    name={"fr": "ISTA Casablanca"},
    city="casablanca",
    city_name={"fr": "Casablanca", "ar": "\u0627\u0644\u062f\u0627\u0631", "en": "Casablanca"},
    address="12 rue X",
    precision=Precision.CITY,
    latitude=33.5,
    longitude=-7.6,
    phones=("+212522000000",),
    email=None,
    website="https://example.org",
    hours=None,
    languages=("fr",),
    source="D-12",
    source_date="2024",
    confidence="medium",
    note="for staff only",
    distance_km=12.4,
    why=(Why.IN_YOUR_CITY,),
    why_not=(WhyNot.UNVERIFIED,),
)
LINE = PhoneNumber(Say("test.line"), "+212 5 37 54 54 00", "F-024", "source.test", "2024-11", Say("test.when"))


@pytest.fixture(scope="module")
def translator():
    own = {name: Sentence(name, say, None, (), "test", 1) for name, say in WORDS.items()}
    return Translator({**read_sentences(), **own})


def told(message, translator, language="en"):
    return render([message], language, translator)[0]


def test_a_reply_has_exactly_the_public_members_and_its_sources(translator):
    message = Message((Say("test.greeting", {"name": "you"}),), citations=(SOURCE,))
    reply = told(message, translator)
    assert reply.keys() == {"text", "lang", "dir", "choices", "cards", "citations"}
    assert (reply["text"], reply["lang"], reply["dir"]) == ("Hello you", "en", "ltr")
    assert reply["citations"][0]["text"] == "Source: A publisher, November 2024"


def test_a_bubble_with_its_own_language_speaks_it(translator):
    replies = render([Message((Say("test.yes"),), language=language) for language in LANGUAGES], None, translator)
    assert [(reply["lang"], reply["dir"]) for reply in replies] == [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")]


def test_choices_keep_their_ids(translator):
    message = Message((Say("test.reason"),), choices=(Choice("4.answer.yes", Say("test.yes")),))
    assert told(message, translator)["choices"] == [{"id": "4.answer.yes", "label": "Yes"}]


def test_a_decision_card_carries_the_whole_decision_in_words(translator):
    card = told(Message((), (DecisionCard(DECISION),)), translator)["cards"][0]
    assert (card["kind"], card["service"], card["status"]) == ("decision", "ofppt_training", "uncertain")
    assert card["because"][0] == {
        "id": "test.reason",
        "rule": "rule.one",
        "text": "Because of your card",
        "citations": card["because"][0]["citations"],
    }
    first, second = card["because"][0]["citations"]
    assert {"fact", "title", "url", "date", "confidence"} <= first.keys()
    assert (first["fact"], first["title"], first["confidence"]) == ("F-024", "A publisher", "high")
    assert first["note"] is None
    assert second["note"]
    assert card["conditions"] == [{"id": "test.condition", "text": "A place is free"}]
    assert card["documents"][0]["note"] == "A copy is enough"
    assert card["confirm_with"] == {"organisation": "ofppt", "text": "Ask the office"}
    assert card["next_steps"] == [{"id": "test.next", "text": "Go there"}]
    assert card["missing"] == []
    assert card["lean_text"]
    assert set(card["headings"]) == {
        "because",
        "conditions",
        "documents",
        "next_steps",
        "confirm_with",
        "warnings",
    }


def test_a_heading_stands_only_over_something(translator):
    bare = Decision(service="ofppt_training", status=Status.UNDETERMINED, missing=("age",))
    card = told(Message((), (DecisionCard(bare),)), translator)["cards"][0]
    assert card["headings"] == {}
    assert card["confirm_with"] is None
    assert card["missing"] == ["age"]
    assert card["missing_text"]


def test_a_city_centre_is_never_shown_as_an_address(translator):
    card = told(Message((), (PlaceCard(POINT),)), translator)["cards"][0]
    assert (card["latitude"], card["longitude"], card["precision"]) == (None, None, "city")
    exact = replace(POINT, precision=Precision.ADDRESS)
    card = told(Message((), (PlaceCard(exact),)), translator)["cards"][0]
    assert (card["latitude"], card["longitude"]) == (33.5, -7.6)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_place_shows_source_date_and_that_nobody_verified_it(translator, language):
    card = told(Message((), (PlaceCard(POINT),)), translator, language)["cards"][0]
    assert "2024" in card["source_text"]
    assert card["not_verified"]
    assert card["not_verified"] in as_plain_text(told(Message((), (PlaceCard(POINT),)), translator, language)) or any(
        caution["id"].endswith("unverified") for caution in card["why_not"]
    )


def test_notes_for_staff_stay_with_staff(translator):
    assert "for staff only" not in str(told(Message((), (PlaceCard(POINT),)), translator))


def test_a_name_known_only_in_another_language_keeps_its_direction(translator):
    card = told(Message((), (PlaceCard(POINT),)), translator, "ar")["cards"][0]
    assert card["title"] == "\u2068ISTA Casablanca\u2069"
    assert card["city_name"] == POINT.city_name["ar"]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_emergency_numbers_read_left_to_right_everywhere(translator, language):
    reply = told(Message((), (NumbersCard((LINE,)),)), translator, language)
    number = reply["cards"][0]["numbers"][0]
    assert number["number"] == LINE.number
    for text in (number["text"], as_plain_text(reply)):
        assert LINE.number in text
        if language == "ar":
            assert f"\u2066{LINE.number}\u2069" in text
    assert number["not_verified"]
    assert "A publisher" in number["source_text"]


def test_papers_steps_and_slip_in_words(translator):
    cards = (
        PapersCard("ofppt_training", DECISION),
        PapersCard("ofppt_training", replace(DECISION, documents=())),
        StepsCard(Say("test.next"), (Say("test.yes"), Say("test.no")), (SOURCE,)),
        SlipCard("7K3D-M9QX-T", "ofppt_training", "sal_1"),
    )
    papers, none, steps, slip = told(Message((), cards), translator)["cards"]
    assert papers["documents"][0]["text"] == "Your card"
    assert papers["text"] is None
    assert none["text"]
    assert [step["text"] for step in steps["steps"]] == ["Yes", "No"]
    assert (slip["code"], slip["slip_url"]) == ("7K3D-M9QX-T", "/slip/7K3D-M9QX-T")


def test_plain_text_numbers_the_choices_and_leaves_no_card_out(translator):
    cards = (DecisionCard(DECISION), PlaceCard(POINT), PapersCard("ofppt_training", DECISION), NumbersCard((LINE,)))
    message = Message(
        (Say("test.reason"),), cards, (Choice("a", Say("test.yes")), Choice("b", Say("test.no"))), (SOURCE,)
    )
    text = as_plain_text(told(message, translator), first=3)
    for said in ("Because of your card", "[F-024]", "A place is free", "Ask the office", "ISTA Casablanca", "3. Yes"):
        assert said in text
    assert text.endswith("4. No")
    assert "None" not in text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_values_are_isolated_in_arabic_whatever_they_hold(translator, value):
    reply = told(Message((Say("test.greeting", {"name": Latin(value)}),)), translator, "ar")
    assert f"\u2066{value}\u2069" in reply["text"]
    assert len(re.findall("[\u2066-\u2068]", reply["text"].replace(value, ""))) >= 1


def lines_of(point, translator, language="en"):
    return told(Message((), cards=(PlaceCard(point),)), translator, language)["cards"][0]


def test_a_place_in_a_far_town_says_far_and_how_far(translator):
    near = lines_of(replace(POINT, distance_km=60.0, why=(), why_not=(WhyNot.FAR,)), translator)
    far = lines_of(replace(POINT, distance_km=190.4, why=(), why_not=(WhyNot.FAR,)), translator)
    assert near["distance_text"] == "About 60 km away"
    assert far["distance_text"] == "Far from you, in another city: about 190 km"
    assert far["distance_text"] in far["lines"]
    assert lines_of(replace(POINT, distance_km=0.4), translator)["distance_text"] is None


def test_a_body_without_a_known_office_is_not_shown_as_a_place_in_the_city(translator):
    working = lines_of(replace(POINT, address=None, why=(), why_not=(WhyNot.OFFICE_NOT_CONFIRMED,)), translator)
    assert working["lines"][0] == "Helps people in Casablanca. We know no office there."
    assert not any(line.startswith("City:") for line in working["lines"])


@pytest.mark.parametrize(("language", "spoken", "direction"), [("ar", "ar", "rtl"), ("en", "fr", "ltr")])
def test_a_name_says_in_which_language_it_is(translator, language, spoken, direction):
    point = replace(POINT, name={"fr": "Centre de sant\u00e9", "ar": "\u0645\u0631\u0643\u0632"})
    card = lines_of(point, translator, language)
    assert (card["name_lang"], card["name_dir"]) == (spoken, direction)
