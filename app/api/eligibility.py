"""POST /api/v1/eligibility: facts in, decisions out, with the question that would settle more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from app.api.access import V1, Now, limit_questions
from app.api.bodies import EligibilityRequest
from app.api.languages import chosen_language
from app.channels.explained import way_json, why_not_json
from app.channels.shapes import Json, Voice, decision_json, question_json
from app.dialogue.messages import Latin
from app.errors import ContradictoryFacts, InvalidInput
from rules.admit import InvalidFact, admit, contradictions
from rules.ask import Choice, question_for, why_next
from rules.evaluate import evaluate_all
from rules.facts import Facts
from rules.model import Decision, Question, ServiceId
from rules.rulebook import Rulebook
from rules.ways.search import way_to_yes
from rules.ways.why_not import why_not

router = APIRouter(prefix=V1, dependencies=[limit_questions])


@router.post("/eligibility")
def eligibility(body: EligibilityRequest, request: Request, services: Now) -> Json:
    language = chosen_language(request, body.language)
    rulebook = services.rulebook
    facts = admitted(rulebook, body.facts)
    asked = known_services(rulebook, body.services)
    on = body.as_of or services.turns.today()
    voice = Voice(services.translator, language)
    chosen = why_next(rulebook, asked, facts, on=on)
    return {
        "as_of": on.isoformat(),
        "rulebook": {"version": rulebook.version, "hash": rulebook.hash},
        "decisions": [
            {**decision_json(decision, voice), **explained(rulebook, decision, facts, on, voice)}
            for decision in evaluate_all(rulebook, asked, facts, on=on)
        ],
        "next_question": chosen and asked_json(question_for(rulebook, chosen.fact, facts), chosen, voice),
    }


def asked_json(question: Question, chosen: Choice, voice: Voice) -> Json:
    """With the verdicts it can move, and how many questions are left on average when it is asked."""
    because = {"services": list(chosen.services), "expected_left": round(chosen.expected_left, 2)}
    return {**question_json(question, voice), "because": because}


def explained(rulebook: Rulebook, decision: Decision, facts: Facts, on: date, voice: Voice) -> Json:
    """Why no better answer, and the way to yes where it is none."""
    return {
        "why_not": why_not_json(why_not(rulebook, decision.service, facts, on=on), voice),
        "way_to_yes": way_json(way_to_yes(rulebook, decision.service, facts, on=on), voice),
    }


def admitted(rulebook: Rulebook, raw: dict[str, Any]) -> Facts:
    """The facts, when each is possible and all fit together."""
    if not raw.keys() <= rulebook.facts.keys():
        raise InvalidInput("facts", code="unknown_fact")
    try:
        facts = admit(rulebook, raw)
    except InvalidFact as error:
        raise ImpossibleFact(error.fact, error.reason_code) from error
    if clashes := contradictions(rulebook, facts):
        raise Clash(tuple(clashes[0].facts), clashes[0].say)
    return facts


class ImpossibleFact(InvalidInput):
    """`reason` is a code of the rule book's, never the value."""

    def __init__(self, fact: str, reason: str) -> None:
        super().__init__(f"facts.{fact}", code="invalid_fact")
        self.members = {"fact": fact, "reason": reason, "values": {"fact": Latin(fact)}}


class Clash(ContradictoryFacts):
    """Two answers, and the sentence that names them."""

    def __init__(self, facts: tuple[str, ...], say: str) -> None:
        super().__init__(facts)
        self.members = {"say": say}


def known_services(rulebook: Rulebook, asked: Sequence[str] | None) -> tuple[ServiceId, ...]:
    """In the order asked, each once; all of them when none is named."""
    if asked is None:
        return tuple(rulebook.services)
    if not set(asked) <= rulebook.services.keys():
        raise InvalidInput("services", code="unknown_service")
    return tuple(ServiceId(service) for service in dict.fromkeys(asked))
