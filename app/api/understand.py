"""POST /api/v1/understand: what a text means, as the parser that is speaking reads it."""

from __future__ import annotations

from fastapi import APIRouter

from app.api.access import V1, Now, limit_questions
from app.api.bodies import TextToUnderstand
from app.channels.shapes import Json
from app.dialogue.understanding import Understanding
from nlu.text.danger import danger_in

router = APIRouter(prefix=V1, dependencies=[limit_questions])


@router.post("/understand")
def understand(body: TextToUnderstand, services: Now) -> Json:
    understood = services.parser.parse(body.text, body.language)
    return understanding_json(understood, danger_in(body.text))


def understanding_json(understood: Understanding, danger: str | None) -> Json:
    """`danger` is the screening's, which no parser can overrule."""
    seen = danger or understood.danger
    return {
        "language": understood.language,
        "variety": understood.variety,
        "intent": {"name": understood.intent.name, "confidence": round(understood.intent.confidence, 4)},
        "entities": [
            {"type": entity.type, "value": entity.value, "text": entity.text} for entity in understood.entities
        ],
        "danger": str(seen) if seen else None,
        "parser": understood.parser,
    }
