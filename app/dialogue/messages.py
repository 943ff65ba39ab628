"""What Boussole says, before any word is chosen: sentence ids with values, choices and cards.

A channel turns these into text with the translator; nothing in here is prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.i18n.say import Country, Latin, Say, Town, Value
from referral_directory.points import ServicePoint
from rules.model import Citation, Decision, TextId
from rules.rulebook import EmergencyLine
from rules.ways.told import NoWay, Way
from rules.ways.why_not import WhyNot

__all__ = [
    "Card",
    "Choice",
    "Country",
    "DecisionCard",
    "Latin",
    "Message",
    "NumbersCard",
    "PapersCard",
    "PhoneNumber",
    "PlaceCard",
    "ReceiptCard",
    "Say",
    "SlipCard",
    "StepsCard",
    "Town",
    "Value",
]


@dataclass(frozen=True)
class Choice:
    """A button. `id` is opaque to channels and unique within the conversation's turn."""

    id: str
    label: Say


@dataclass(frozen=True)
class DecisionCard:
    decision: Decision
    way: Way | NoWay | None = None
    """How a no becomes a yes, where it is told."""
    why_not: tuple[WhyNot, ...] = ()
    """Told when the person asks why."""
    kind: Literal["decision"] = "decision"


@dataclass(frozen=True)
class PlaceCard:
    point: ServicePoint
    kind: Literal["place"] = "place"


@dataclass(frozen=True)
class PapersCard:
    """What to bring to one service."""

    service: str
    decision: Decision
    kind: Literal["papers"] = "papers"


@dataclass(frozen=True)
class StepsCard:
    """What to do, in order."""

    title: Say
    steps: tuple[Say, ...]
    citations: tuple[Citation, ...] = ()
    kind: Literal["steps"] = "steps"


@dataclass(frozen=True)
class SlipCard:
    """A referral that exists: its code and where the slip can be opened."""

    code: str
    service: str
    place: str | None
    kind: Literal["slip"] = "slip"


@dataclass(frozen=True)
class ReceiptCard:
    """Answers kept under a code."""

    code: str
    kind: Literal["receipt"] = "receipt"


@dataclass(frozen=True)
class PhoneNumber:
    """A number to call: when it is the right one (`note`), and where and when it was read."""

    say: Say
    number: str
    fact: str
    source: TextId
    date: str
    note: Say | None = None

    @staticmethod
    def of(line: EmergencyLine) -> PhoneNumber:
        citation = line.citations[0]
        note = Say(line.when) if line.when else None
        return PhoneNumber(Say(line.name), line.number, citation.fact, citation.title, line.date, note)


@dataclass(frozen=True)
class NumbersCard:
    numbers: tuple[PhoneNumber, ...]
    kind: Literal["numbers"] = "numbers"


type Card = DecisionCard | PlaceCard | PapersCard | StepsCard | SlipCard | ReceiptCard | NumbersCard


@dataclass(frozen=True)
class Message:
    """One bubble: paragraphs, then cards, then choices."""

    paragraphs: tuple[Say, ...]
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    """Where the paragraphs come from: every channel shows them, as it shows the citations of a card."""
    language: str | None = None
    """Set only where a bubble must speak another language than the conversation (the trilingual greeting)."""
