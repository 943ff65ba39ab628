"""The public JSON of decisions, places, citations and questions, worded in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.dialogue.messages import Say, Value
from app.dialogue.turn import Step
from app.i18n.languages import direction
from app.i18n.translator import FIRST_STRONG_ISOLATE, POP_ISOLATE, Translator
from referral_directory.points import Localized, Opening, Precision, ServicePoint, WhyNot, spoken_in
from rules.model import Citation, Confidence, Decision, Document, Question, Reason, TextId

type Json = dict[str, Any]


@dataclass(frozen=True)
class Voice:
    """A translator that has settled on one language."""

    translator: Translator
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)

    def say(self, sentence: Say | str, **values: Value) -> str:
        return self.translator.say(sentence, self.language, **values)

    def item(self, sentence: str) -> Json:
        """`{id, text}`: the form of everything that stands in a list."""
        return {"id": sentence, "text": self.say(sentence)}

    def items(self, sentences: Iterable[TextId]) -> list[Json]:
        return [self.item(sentence) for sentence in sentences]

    def date(self, iso: str) -> str:
        try:
            return self.translator.date(iso, self.language)
        except ValueError:
            return iso

    def language_of(self, localized: Localized) -> str:
        """The language a name is really in."""
        return spoken_in(localized, self.language)[1]

    def name(self, localized: Localized) -> str:
        """A name in this language, else isolated in the one it is known in: it keeps its own direction."""
        name, language = spoken_in(localized, self.language)
        return name if language == self.language else f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"


def citation_json(citation: Citation, voice: Voice) -> Json:
    title = voice.say(citation.title)
    return {
        "fact": citation.fact,
        "title": title,
        "url": citation.url,
        "date": citation.date,
        "confidence": str(citation.confidence),
        "text": source_line(title, citation.date, voice),
        "note": voice.say("card.source.unsure") if citation.confidence == Confidence.LOW else None,
    }


def source_line(title: str, date: str, voice: Voice) -> str:
    """Where something was read, and of when."""
    if not date:
        return voice.say("card.source.undated", title=title)
    return voice.say("card.source", title=title, date=voice.date(date))


def decision_json(decision: Decision, voice: Voice) -> Json:
    confirmer = decision.confirm_with
    return {
        "service": decision.service,
        "status": str(decision.status),
        "because": [reason_json(reason, voice) for reason in decision.because],
        "conditions": voice.items(decision.conditions),
        "not_checked": voice.items(decision.not_checked),
        "documents": [document_json(document, voice) for document in decision.documents],
        "missing": list(decision.missing),
        "if_met": str(decision.if_met) if decision.if_met else None,
        "lean": str(decision.lean) if decision.lean else None,
        "confirm_with": (
            {"organisation": confirmer.organisation, "text": voice.say(confirmer.say)} if confirmer else None
        ),
        "next_steps": voice.items(decision.next_steps),
        "warnings": voice.items(decision.warnings),
        "verified_on": decision.verified_on.isoformat() if decision.verified_on else None,
    }


def reason_json(reason: Reason, voice: Voice) -> Json:
    citations = [citation_json(citation, voice) for citation in reason.citations]
    return {**voice.item(reason.say), "rule": reason.rule, "citations": citations}


def document_json(document: Document, voice: Voice) -> Json:
    return {
        "id": document.say,
        "text": voice.say(document.say),
        "need": document.need,
        "need_text": voice.say(f"need.{document.need}"),
        "note": voice.say(document.note) if document.note else None,
    }


def question_json(question: Question, voice: Voice) -> Json:
    return {
        "fact": question.fact,
        "text": voice.say(question.say),
        "why": voice.say(question.why),
        "choices": [
            {"id": option_id(option.value), "label": voice.say(option.say), "value": option.value}
            for option in question.options
        ],
    }


def option_id(value: object) -> str:
    """`declined`, `true`, `false`, or the value itself."""
    if value is None:
        return "declined"
    return str(value).lower() if isinstance(value, bool) else str(value)


def place_json(point: ServicePoint, voice: Voice) -> Json:
    """Where it is, how to reach it, why it is proposed, and who says so."""
    return {
        "id": point.id,
        "service_type": point.service_type,
        "service_name": voice.name(point.service_name),
        "organisation": point.organisation,
        "organisation_name": voice.name(point.organisation_name),
        "name": voice.name(point.name),
        "name_lang": (spoken := voice.language_of(point.name)),
        "name_dir": direction(spoken),
        **_whereabouts(point, voice),
        **_contacts(point),
        "languages": list(point.languages),
        "source": point.source,
        "source_date": point.source_date,
        "confidence": point.confidence,
        "verified_on": point.verified_on,
        "why": [voice.item(f"place.why.{reason}") for reason in point.why],
        "why_not": [voice.item(f"place.why_not.{reason}") for reason in point.why_not],
    }


def _whereabouts(point: ServicePoint, voice: Voice) -> Json:
    """Coordinates only where they are the building's: a city's centre is no address."""
    exact = point.precision == Precision.ADDRESS
    return {
        "city": point.city,
        "city_name": voice.name(point.city_name),
        "address": point.address,
        "precision": str(point.precision),
        "latitude": point.latitude if exact else None,
        "longitude": point.longitude if exact else None,
        "distance_km": point.distance_km,
    }


def _contacts(point: ServicePoint) -> Json:
    return {
        "phones": list(point.phones),
        "whatsapp": list(point.whatsapp),
        "email": point.email,
        "website": point.website,
        "hours": [opening_json(opening) for opening in point.opening],
    }


def opening_json(opening: Opening) -> Json:
    return {"kind": opening.kind, "days": list(opening.days), "opens": opening.opens, "closes": opening.closes}


def is_unverified(point: ServicePoint) -> bool:
    return WhyNot.UNVERIFIED in point.why_not


def step_json(step: Step) -> Json:
    """`{kind, fact?, service?, decisions?, places?}`: only what the step has."""
    shape: Json = {"kind": str(step.kind)}
    if step.fact is not None:
        shape["fact"] = step.fact
    if step.service is not None:
        shape["service"] = step.service
    if step.decisions:
        shape["decisions"] = [{"service": service, "status": str(status)} for service, status in step.decisions]
    if step.places:
        shape["places"] = list(step.places)
    return shape
