"""What the dialogue needs from outside. Small protocols; adapters live in app/adapters, fakes in tests/fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.dialogue.messages import Say
from app.dialogue.understanding import Understanding
from nlu.bands import Bands
from referral_directory.points import ServicePoint
from rules.rulebook import Rulebook


class IntentParser(Protocol):
    """Best guess at what a text means."""

    @property
    def name(self) -> str:
        """The parser that would speak now."""

    def parse(self, text: str, language: str | None) -> Understanding:
        """`language` is the conversation's, as a prior. Raises ParserUnavailable; never invents an intent."""


class PlaceFinder(Protocol):
    """Where a service is given."""

    def find(
        self, service: str, *, city: str | None, language: str, without_papers: bool = False, limit: int = 3
    ) -> Sequence[ServicePoint]:
        """Places for a service id (or a door: housing_emergency, birth_registration), best first; may be empty.

        `without_papers` is true where meeting the authorities could harm the person.
        """

    def get(self, place: str) -> ServicePoint | None:
        """One place by id, or None when it is no longer in the directory."""


class Words(Protocol):
    """How a label reads, so that a person who types it has chosen it."""

    def say(self, say: Say, language: str) -> str:
        """The sentence in that language."""


@dataclass(frozen=True)
class Ports:
    """Everything from outside that one turn may use. No parser: buttons, danger and bare facts still work."""

    parser: IntentParser | None
    places: PlaceFinder
    rulebook: Rulebook
    new_code: Callable[[], str]
    referral_status: Callable[[str], str | None]
    words: Words | None = None
    bands: Mapping[str, Bands] = field(default_factory=dict)
    """For each variety, as they were measured."""
