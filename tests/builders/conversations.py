"""Conversations for tests: a talk that can be driven turn by turn with the real rule book and fake ports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from app.dialogue.conversation import Conversation, Thread
from app.dialogue.messages import Card, NumbersCard, Say
from app.dialogue.ports import IntentParser, PlaceFinder, Ports, Words
from app.dialogue.respond import open_conversation, respond
from app.dialogue.turn import Effect, Inbound, Step, Turn
from app.dialogue.understanding import Understanding
from rules.facts import Facts
from rules.load import load_rulebook
from rules.rulebook import Rulebook
from tests.fakes.parser import ScriptedParser
from tests.fakes.places import no_places

TODAY = date(2026, 11, 21)
CODE = "28T5-CY4G-5"


@lru_cache(maxsize=1)
def the_rulebook() -> Rulebook:
    return load_rulebook()


def some_ports(
    parser: IntentParser | None = None,
    places: PlaceFinder | None = None,
    *,
    statuses: dict[str, str] | None = None,
    words: Words | None = None,
) -> Ports:
    known = statuses or {}
    return Ports(
        parser=parser,
        places=places or no_places(),
        rulebook=the_rulebook(),
        new_code=lambda: CODE,
        referral_status=known.get,
        words=words,
    )


def a_conversation(language: str | None = "en", **facts: object) -> Conversation:
    return Conversation("conv_test", language=language, thread=Thread(facts=Facts().learning(**facts)))


@dataclass
class Talk:
    """A conversation being held. `say` takes a text with what the parser makes of it, `choose` a choice."""

    ports: Ports
    conversation: Conversation
    script: ScriptedParser | None = None
    turns: list[Turn] = field(default_factory=list)

    def say(self, text: str, understanding: Understanding | None = None) -> Turn:
        if understanding is not None:
            assert self.script is not None, "this talk has no scripted parser"
            self.script.script[text] = understanding
        return self._take(Inbound(text=text))

    def choose(self, key: str) -> Turn:
        """A choice by its readable part: `answer.age.24`, or any unique ending of it."""
        return self._take(Inbound(choice=choice_id(self.conversation, key)))

    def press(self, choice: str) -> Turn:
        """A choice id as it is, even a stale one."""
        return self._take(Inbound(choice=choice))

    def _take(self, inbound: Inbound) -> Turn:
        turn = respond(self.conversation, inbound, self.ports, today=TODAY)
        # Through JSON and back, as the store does between two messages.
        self.conversation = Conversation.from_dict(turn.conversation.to_dict())
        assert self.conversation == turn.conversation
        self.turns.append(turn)
        return turn

    @property
    def facts(self) -> Facts:
        return self.conversation.facts


def a_talk(
    *,
    language: str | None = "en",
    places: PlaceFinder | None = None,
    parser: IntentParser | None = None,
    statuses: dict[str, str] | None = None,
    words: Words | None = None,
    **facts: object,
) -> Talk:
    """A talk in this language in which these facts are already known. Its parser follows the test's script."""
    scripted = ScriptedParser()
    ports = some_ports(parser or scripted, places, statuses=statuses, words=words)
    opened = open_conversation("conv_test", language=language, channel="web").conversation
    thread = replace(opened.thread, facts=Facts().learning(**facts))
    return Talk(ports, replace(opened, thread=thread), None if parser else scripted)


def a_talk_without_parser(*, language: str | None = "en", **facts: object) -> Talk:
    talk = a_talk(language=language, **facts)
    return Talk(replace(talk.ports, parser=None), talk.conversation)


def choice_id(conversation: Conversation, key: str) -> str:
    """The id of the one choice whose readable part is `key` or ends with it."""
    exact = [each for each in conversation.choices if each.partition(".")[2] == key]
    found = exact or [each for each in conversation.choices if each.endswith(f".{key}")]
    assert len(found) == 1, f"{key!r} is not one choice of {sorted(conversation.choices)}"
    return found[0]


def asked_until(talk: Talk, fact: str) -> Turn:
    """The talk's last turn once this fact is asked, every question before it declined."""
    turn = talk.turns[-1]
    while turn.step.fact != fact:
        assert turn.step.fact is not None, f"{fact} is never asked"
        turn = talk.choose(f"decline.{turn.step.fact}")
    return turn


def answered(talk: Talk) -> Turn:
    """The talk's last turn once nothing more is asked, every question declined."""
    turn = talk.turns[-1]
    while turn.step.kind == "ask" and turn.step.fact is not None:
        turn = talk.choose(f"decline.{turn.step.fact}")
    return turn


def says(turn: Turn) -> tuple[str, ...]:
    """The ids of all sentences of a turn, in order."""
    return tuple(say.id for message in turn.messages for say in message.paragraphs)


def cards(turn: Turn) -> tuple[Card, ...]:
    return tuple(card for message in turn.messages for card in message.cards)


def offers(turn: Turn) -> tuple[str, ...]:
    """The readable part of every choice."""
    return tuple(choice.id.partition(".")[2] for message in turn.messages for choice in message.choices)


def labels(turn: Turn) -> tuple[Say, ...]:
    return tuple(choice.label for message in turn.messages for choice in message.choices)


def cited_facts(turn: Turn) -> frozenset[str]:
    """Every fact of the fact base that the turn names as a source."""
    found = {citation.fact for message in turn.messages for citation in message.citations}
    for card in cards(turn):
        found |= _cited_by(card)
    return frozenset(found)


def _cited_by(card: Card) -> Iterable[str]:
    match card.kind:
        case "decision" | "papers":
            return {citation.fact for reason in card.decision.because for citation in reason.citations}
        case "steps":
            return {citation.fact for citation in card.citations}
        case "numbers":
            return {number.fact for number in card.numbers}
        case _:
            return set()


def step_of(turn: Turn) -> Step:
    return turn.step


def effects(turn: Turn) -> tuple[Effect, ...]:
    return turn.effects


def numbers(turn: Turn) -> list[str]:
    return [number.number for card in cards(turn) if isinstance(card, NumbersCard) for number in card.numbers]
