"""One turn of the conversation, top to bottom. Pure given its ports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.dialogue.compose import compose, greeting
from app.dialogue.conversation import Conversation, Thread
from app.dialogue.messages import Choice, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.next_step import next_step
from app.dialogue.noting import correctable, with_paper_heard
from app.dialogue.ports import Ports
from app.dialogue.protection import beside_a_fear
from app.dialogue.scene import Next, Reply, Scene
from app.dialogue.turn import Inbound, StepKind, Turn
from app.dialogue.understand import Heard, understand

__all__ = ["Ports", "open_conversation", "respond"]


def respond(conversation: Conversation, inbound: Inbound, ports: Ports, *, today: date) -> Turn:
    scene = Scene(conversation, ports, today)
    heard = understand(inbound, conversation, ports)
    following = next_step(heard, scene)
    there = scene.now(following.conversation)
    reply = compose(following.view, there)
    following = with_paper_heard(following, reply, there)
    reply = correctable(reply, following.opening).opened_with(following.opening)
    if heard.feared is not None and following.view.kind is not Kind.PROTECT:
        reply = beside_a_fear(reply, heard.feared, conversation.offered)
    return _turn(following, _offering_language(reply, heard, following.conversation), conversation.thread)


def open_conversation(conversation_id: str, *, language: str | None, channel: str) -> Turn:
    """The notice and a greeting; in three languages until one is known."""
    blank = Conversation(conversation_id, language=language, channel=channel)
    view = View(Kind.WELCOME)
    reply = greeting(language)
    return _finished(replace(blank, offered=reply.offers, said=view), reply, Next(blank, view))


def _turn(following: Next, reply: Reply, before: Thread) -> Turn:
    moved = following.conversation
    reply = replace(reply, offers=_each_once(reply.offers))
    conversation = replace(
        moved if following.forgets else moved.remembering(before),
        turn=following.conversation.turn + 1,
        offered=reply.offers,
        said=following.view,
    )
    step = replace(reply.step, kind=StepKind.CLARIFY) if following.clarifies else reply.step
    return _finished(conversation, replace(reply, step=step), following)


def _finished(conversation: Conversation, reply: Reply, following: Next) -> Turn:
    *before, last = reply.messages
    choices = tuple(Choice(offer.id_in(conversation.turn), offer.label) for offer in reply.offers)
    return Turn(conversation, (*before, replace(last, choices=choices)), reply.step, following.effects)


def _each_once(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    first: dict[Move, Offer] = {}
    for offer in offers:
        first.setdefault(offer.move, offer)
    return tuple(first.values())


def _offering_language(reply: Reply, heard: Heard, conversation: Conversation) -> Reply:
    """A message in another language never switches silently: the switch is offered."""
    other = heard.language
    if other is None or other == conversation.language:
        return reply
    switch = Offer(Move(Verb.LANGUAGE, value=other), Say(f"language.{other}"))
    return replace(reply, offers=(*reply.offers, switch))
