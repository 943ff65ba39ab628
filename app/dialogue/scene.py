"""What a turn is played with (conversation, ports, day) and what it yields before choices get their ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.dialogue.conversation import Conversation, Thread
from app.dialogue.messages import Message, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.ports import Ports
from app.dialogue.turn import Effect, Step, StepKind
from rules.facts import Facts
from rules.rulebook import Rulebook

PAGE = 7
"""Entries of a long list in one message; with `more` and a human that makes nine choices."""


@dataclass(frozen=True)
class Scene:
    conversation: Conversation
    ports: Ports
    today: date

    @property
    def thread(self) -> Thread:
        return self.conversation.thread

    @property
    def facts(self) -> Facts:
        return self.conversation.facts

    @property
    def language(self) -> str:
        """The language of the conversation; before one is known nothing is looked up in it."""
        return self.conversation.language or "fr"

    @property
    def rulebook(self) -> Rulebook:
        return self.ports.rulebook

    def now(self, conversation: Conversation) -> Scene:
        return replace(self, conversation=conversation)

    def name_of(self, subject: str) -> Say:
        """The short name of a service or a door."""
        return Say(f"door.{subject}" if subject in self.rulebook.doors else f"service.{subject}")


@dataclass(frozen=True)
class Next:
    """Where a message leads: the conversation it leaves, what to show, what to say first, what the shell must do."""

    conversation: Conversation
    view: View
    opening: tuple[Say, ...] = ()
    effects: tuple[Effect, ...] = ()
    clarifies: bool = False
    forgets: bool = False
    """True where the thread before this message cannot be come back to."""

    @property
    def thread(self) -> Thread:
        return self.conversation.thread


@dataclass(frozen=True)
class Reply:
    """Bubbles without choices, and the choices that go under the last one."""

    messages: tuple[Message, ...]
    offers: tuple[Offer, ...]
    step: Step

    def opened_with(self, opening: tuple[Say, ...]) -> Reply:
        """The same reply with these sentences said first."""
        if not opening:
            return self
        first, *others = self.messages
        return replace(self, messages=(replace(first, paragraphs=(*opening, *first.paragraphs)), *others))

    def followed_by(self, other: Reply) -> Reply:
        """Both, one after the other; the choices and the question are those of the second."""
        step = replace(self.step, fact=other.step.fact or self.step.fact)
        return Reply((*self.messages, *other.messages), other.offers, step)


def says(*ids: str | Say) -> tuple[Say, ...]:
    return tuple(say if isinstance(say, Say) else Say(say) for say in ids)


def bubble(kind: StepKind, *sentences: str | Say, offers: tuple[Offer, ...] = ()) -> Reply:
    """A reply of one plain message."""
    return Reply((Message(says(*sentences)),), offers, Step(kind))


def page_of(offers: tuple[Offer, ...], page: int, more: Move) -> tuple[Offer, ...]:
    """Seven of a long list, then a way to the rest and round again to the start."""
    if len(offers) <= PAGE + 1:
        return offers
    pages = -(-len(offers) // PAGE)
    page %= pages
    shown = offers[page * PAGE : (page + 1) * PAGE]
    following = replace(more, value=(page + 1) % pages)
    return (*shown, Offer(following, Say("choice.more")))


MORE_NEEDS = Offer(Move(Verb.NEEDS), Say("choice.another_question"))
HUMAN = Offer(Move(Verb.HUMAN), Say("choice.human"))
GO_ON = Offer(Move(Verb.GO_ON), Say("choice.go_on"))
PENDING = frozenset({Kind.QUESTION, Kind.CLASH, Kind.CONSENT})
"""Views that wait for an answer: asides come back to them."""
