"""Cards in words: the JSON of what they show, with the title, headings and lines a person reads."""

from __future__ import annotations

from typing import assert_never

from app.channels.explained import way_on_card, why_not_json
from app.channels.shapes import (
    Json,
    Voice,
    citation_json,
    decision_json,
    document_json,
    is_unverified,
    place_json,
    source_line,
)
from app.dialogue.messages import (
    Card,
    DecisionCard,
    Latin,
    NumbersCard,
    PapersCard,
    PhoneNumber,
    PlaceCard,
    ReceiptCard,
    Say,
    SlipCard,
    StepsCard,
)
from referral_directory.points import Opening, ServicePoint, WhyNot
from rules.model import Status
from rules.ways.told import Way

GROUPS = {
    "because": "because",
    "why_not": "why_not",
    "conditions": "asked_conditions",
    "not_checked": "not_checked",
    "documents": "documents",
    "way_to_yes": "way_to_yes",
    "next_steps": "next_steps",
    "confirm_with": "confirm_with",
    "warnings": "warnings",
}
"""The headings of a decision, in the order in which plain text tells them, and the group that stands under each."""
SLIP_PATH = "/slip/{code}"
RECEIPT_PATH = "/receipts/{code}"
FAR_KM = 100
"""From here on a place is said to be far before it is said to be open."""


def card_json(card: Card, voice: Voice) -> Json:
    match card:
        case DecisionCard():
            return decision_card(card, voice)
        case PlaceCard():
            return place_card(card.point, voice)
        case PapersCard():
            return papers_card(card, voice)
        case StepsCard():
            return steps_card(card, voice)
        case SlipCard() | ReceiptCard():
            return code_card(card, voice)
        case NumbersCard():
            return numbers_card(card, voice)
        case _:
            assert_never(card)


def decision_card(card: DecisionCard, voice: Voice) -> Json:
    decision = card.decision
    told = {**decision_json(decision, voice), **_explained(card, voice)}
    headings = {part: voice.say(f"card.decision.{part}") for part, group in GROUPS.items() if told[group]}
    return {
        "kind": "decision",
        "title": subject_name(decision.service, voice),
        "status_text": voice.say(f"status.{decision.status}"),
        **told,
        "lean_text": voice.say(f"card.decision.lean.{decision.lean}") if decision.lean else None,
        "missing_text": voice.say("card.decision.missing") if decision.status == Status.UNDETERMINED else None,
        "verified_text": (
            voice.say("card.verified_on", date=decision.verified_on) if decision.verified_on is not None else None
        ),
        "headings": headings,
    }


def _explained(card: DecisionCard, voice: Voice) -> Json:
    """Conditions told apart, why no better answer, and the way to yes in the place of next steps that say the same."""
    decision, way = card.decision, card.way
    steps = tuple(step for step in decision.next_steps if not (isinstance(way, Way) and way.repeats(step)))
    asked = tuple(each for each in decision.conditions if each not in decision.not_checked)
    heeded = way.warnings if isinstance(way, Way) else ()
    return {
        "asked_conditions": voice.items(asked),
        "why_not": why_not_json(card.why_not, voice),
        "way_to_yes": way_on_card(way, decision.status, steps, voice),
        "next_steps": voice.items(steps),
        "warnings": voice.items(each for each in decision.warnings if each not in heeded),
    }


def place_card(point: ServicePoint, voice: Voice) -> Json:
    return {
        "kind": "place",
        "title": voice.name(point.name),
        **place_json(point, voice),
        "city_text": city_line(point, voice),
        "distance_text": distance_line(point, voice),
        "lines": place_lines(point, voice),
        "source_text": source_line(point.source, point.source_date, voice),
        "not_verified": voice.say("card.not_verified") if is_unverified(point) else None,
    }


def place_lines(point: ServicePoint, voice: Voice) -> list[str]:
    """What a person needs to get there, each a sentence of its own."""
    contacts = (
        *(("card.place.phone", "number", number) for number in point.phones),
        *(("place.label.whatsapp", "number", number) for number in point.whatsapp),
        *(("card.place.email", "email", email) for email in (point.email,)),
        *(("card.place.website", "url", url) for url in (point.website,)),
    )
    lines = [city] if (city := city_line(point, voice)) else []
    if point.address:
        lines.append(voice.say("card.place.address", address=Latin(point.address)))
    lines += [voice.say(sentence, **{name: Latin(value)}) for sentence, name, value in contacts if value]
    lines += [opening_line(opening, voice) for opening in point.opening]
    if distance := distance_line(point, voice):
        lines.append(distance)
    return lines


def city_line(point: ServicePoint, voice: Voice) -> str | None:
    """Where it is; of a body without a known office only where it works."""
    city = voice.name(point.city_name)
    sentence = "card.place.city" if point.has_an_office else "card.place.works_in"
    return voice.say(sentence, city=city) if city else None


def distance_line(point: ServicePoint, voice: Voice) -> str | None:
    if point.distance_km is None or point.distance_km < 1:
        return None
    is_far = WhyNot.FAR in point.why_not and point.distance_km >= FAR_KM
    sentence = "card.place.far" if is_far else "card.place.distance"
    return voice.say(sentence, distance=round(point.distance_km))


def opening_line(opening: Opening, voice: Voice) -> str:
    days = tuple(Say(f"place.day.{day.lower()}") for day in opening.days)
    opens, closes = Latin(opening.opens or ""), Latin(opening.closes or "")
    return voice.say(f"place.opening.{opening.kind}", days=days, opens=opens, closes=closes)


def papers_card(card: PapersCard, voice: Voice) -> Json:
    documents = [document_json(document, voice) for document in card.decision.documents]
    return {
        "kind": "papers",
        "title": voice.say("card.papers.title", service=subject_name(card.service, voice)),
        "service": card.service,
        "documents": documents,
        "text": None if documents else voice.say("card.papers.none"),
    }


def steps_card(card: StepsCard, voice: Voice) -> Json:
    return {
        "kind": "steps",
        "title": voice.say(card.title),
        "steps": [{"id": step.id, "text": voice.say(step)} for step in card.steps],
        "citations": [citation_json(citation, voice) for citation in card.citations],
    }


def code_card(card: SlipCard | ReceiptCard, voice: Voice) -> Json:
    """What can be found again by a code."""
    return slip_card(card, voice) if isinstance(card, SlipCard) else receipt_card(card, voice)


def slip_card(card: SlipCard, voice: Voice) -> Json:
    return {
        "kind": "slip",
        "title": voice.say("card.slip.title"),
        "code": card.code,
        "text": voice.say("card.slip.code", code=Latin(card.code)),
        "service": card.service,
        "service_name": subject_name(card.service, voice),
        "place": card.place,
        "slip_url": slip_url(card.code),
        "open_text": voice.say("card.slip.open"),
    }


def receipt_card(card: ReceiptCard, voice: Voice) -> Json:
    return {
        "kind": "receipt",
        "title": voice.say("card.receipt.title"),
        "code": card.code,
        "text": voice.say("card.receipt.code", code=Latin(card.code)),
        "receipt_url": receipt_url(card.code),
        "open_text": voice.say("card.receipt.open"),
        "whole_text": voice.say("card.receipt.whole"),
    }


def receipt_url(code: str) -> str:
    """Where the answers kept under a code are shown, on this server."""
    return RECEIPT_PATH.format(code=code)


def slip_url(code: str) -> str:
    """Where the slip of a referral is shown, on this server."""
    return SLIP_PATH.format(code=code)


def numbers_card(card: NumbersCard, voice: Voice) -> Json:
    return {
        "kind": "numbers",
        "title": voice.say("card.numbers.title"),
        "numbers": [number_json(number, voice) for number in card.numbers],
    }


def number_json(number: PhoneNumber, voice: Voice) -> Json:
    name = voice.say(number.say)
    return {
        "id": number.say.id,
        "name": name,
        "number": number.number,
        "text": voice.say("card.number.line", name=name, number=Latin(number.number)),
        "note": voice.say(number.note) if number.note else None,
        "fact": number.fact,
        "date": number.date,
        "source_text": source_line(voice.say(number.source), number.date, voice),
        "not_verified": voice.say("card.not_verified"),
    }


def subject_name(subject: str, voice: Voice) -> str:
    """The short name of a service, or of a door that stands for none."""
    service = f"service.{subject}"
    return voice.say(service if voice.translator.has(service) else f"door.{subject}")
