"""A conversation as a value: what was told, what is open, what was offered. No names, no text of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.dialogue.moves import Kind, Offer, Verb, View
from rules.facts import FactId, Facts

SCHEMA = 2
AGE = FactId("age")
ADULT = 18
PAST_KEPT = 12
"""How far `go_back` reaches."""


@dataclass(frozen=True)
class Thread:
    """The part that `go_back` restores.

    `needs` are the open services and doors, `subject` the one talked about, `shown` what is on the screen, `then`
    what to show once the question on the screen is answered, `enough` that no more questions are wanted,
    `pointed` the sensitive facts that something said pointed to. `harm` is the danger whose door stands open while no
    other need does, `pupil` says that an age below 18 is that of a pupil somebody asks for, `heard` that the paper was
    read out of a text and no answer has shown it yet.
    """

    facts: Facts = field(default_factory=Facts)
    pointed: frozenset[FactId] = frozenset()
    needs: tuple[str, ...] = ()
    subject: str | None = None
    place: str | None = None
    shown: View | None = None
    then: View | None = None
    enough: bool = False
    harm: str | None = None
    pupil: bool = False
    heard: bool = False

    @property
    def own_facts(self) -> Facts:
        """What is known of the person: without the age of a pupil they ask for."""
        return self.facts.forgetting(AGE) if self.has_pupils_age else self.facts

    @property
    def has_pupils_age(self) -> bool:
        age = self.facts.get(AGE)
        return self.pupil and isinstance(age, int) and age < ADULT

    def is_shown_as(self, other: Thread) -> bool:
        """Whether both look the same to the person: before anything was shown there are the needs to choose from."""
        return self._as_shown() == other._as_shown()

    def _as_shown(self) -> Thread:
        return replace(self, shown=self.shown or View(Kind.NEEDS), heard=False)

    def to_dict(self) -> dict[str, Any]:
        return {
            "facts": dict(self.facts),
            "pointed": sorted(self.pointed),
            "needs": list(self.needs),
            "subject": self.subject,
            "place": self.place,
            "shown": self.shown.to_list() if self.shown else None,
            "then": self.then.to_list() if self.then else None,
            "enough": self.enough,
            "harm": self.harm,
            "pupil": self.pupil,
            "heard": self.heard,
        }

    @staticmethod
    def from_dict(kept: Mapping[str, Any]) -> Thread:
        return Thread(
            facts=Facts({FactId(fact): value for fact, value in kept["facts"].items()}),
            pointed=frozenset(FactId(fact) for fact in kept["pointed"]),
            needs=tuple(kept["needs"]),
            subject=kept["subject"],
            place=kept["place"],
            shown=View.from_list(kept["shown"]) if kept["shown"] else None,
            then=View.from_list(kept["then"]) if kept["then"] else None,
            enough=kept["enough"],
            harm=kept["harm"],
            pupil=kept["pupil"],
            heard=kept["heard"],
        )


@dataclass(frozen=True)
class Conversation:
    """`version` belongs to the store (compare-and-set); the dialogue never changes it. `turn` counts messages.

    `said` is the last view, asides included; `missed` counts misunderstandings in a row; `protected` holds the
    dangers already answered.
    """

    id: str
    language: str | None = None
    channel: str = "web"
    version: int = 0
    turn: int = 0
    thread: Thread = field(default_factory=Thread)
    past: tuple[Thread, ...] = ()
    offered: tuple[Offer, ...] = ()
    said: View | None = None
    missed: int = 0
    referrals: tuple[str, ...] = ()
    protected: frozenset[str] = frozenset()

    @property
    def facts(self) -> Facts:
        return self.thread.facts

    @property
    def choices(self) -> Mapping[str, Offer]:
        """The choices of the last turn by id."""
        return {offer.id_in(self.turn): offer for offer in self.offered}

    @property
    def asked(self) -> FactId | None:
        """The fact the last message asked for: every question can be declined, so the choices tell."""
        return next((FactId(offer.move.about) for offer in self.offered if offer.move.verb is Verb.DECLINE), None)

    def on(self, thread: Thread) -> Conversation:
        return replace(self, thread=thread)

    def remembering(self, earlier: Thread) -> Conversation:
        """The same conversation, from which one can go back to this earlier thread."""
        if earlier.is_shown_as(self.thread):
            return self
        return replace(self, past=(*self.past, earlier)[-PAST_KEPT:])

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "id": self.id,
            "language": self.language,
            "channel": self.channel,
            "version": self.version,
            "turn": self.turn,
            "thread": self.thread.to_dict(),
            "past": [thread.to_dict() for thread in self.past],
            "offered": [offer.to_list() for offer in self.offered],
            "said": self.said.to_list() if self.said else None,
            "missed": self.missed,
            "referrals": list(self.referrals),
            "protected": sorted(self.protected),
        }

    @staticmethod
    def from_dict(kept: Mapping[str, Any]) -> Conversation:
        """ValueError when it was written by another version of the dialogue: such a conversation starts again."""
        if kept.get("schema") != SCHEMA:
            raise ValueError(f"conversation schema {kept.get('schema')!r} is not {SCHEMA}")
        return Conversation(
            id=kept["id"],
            language=kept["language"],
            channel=kept["channel"],
            version=kept["version"],
            turn=kept["turn"],
            thread=Thread.from_dict(kept["thread"]),
            past=tuple(Thread.from_dict(thread) for thread in kept["past"]),
            offered=tuple(Offer.from_list(offer) for offer in kept["offered"]),
            said=View.from_list(kept["said"]) if kept["said"] else None,
            missed=kept["missed"],
            referrals=tuple(kept["referrals"]),
            protected=frozenset(kept["protected"]),
        )
