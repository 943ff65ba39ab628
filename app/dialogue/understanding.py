"""What a message meant: intent, entities, danger. Produced by a parser, read by the dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Danger(StrEnum):
    """EMERGENCY: immediate danger, medical, self-harm. PROTECTION: violence, exploitation, a child alone, arrest.
    ASYLUM: fear of return."""

    EMERGENCY = "emergency"
    PROTECTION = "protection"
    ASYLUM = "asylum"


@dataclass(frozen=True)
class Intent:
    name: str
    confidence: float
    """0 to 1."""


@dataclass(frozen=True)
class Entity:
    """`type` service, situation, city, age, education, nationality or trade; `value` is an id, a number or text."""

    type: str
    value: str | int
    text: str


@dataclass(frozen=True)
class Understanding:
    """`language` ar, fr or en; `variety` msa, darija, arabizi, fr or en; `ranking` best first, the intent included."""

    language: str
    variety: str
    intent: Intent
    entities: tuple[Entity, ...] = ()
    ranking: tuple[Intent, ...] = ()
    danger: Danger | None = None
    parser: str = ""
    """Which parser spoke: rasa, local, or none (danger and bare facts need no parser)."""
