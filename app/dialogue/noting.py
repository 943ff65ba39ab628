"""What was read out of a text stays in sight until an answer has shown it, and can be corrected with one tap."""

from __future__ import annotations

from dataclasses import replace

from app.dialogue.messages import Say
from app.dialogue.moves import Move, Offer, Verb
from app.dialogue.scene import Next, Reply, Scene
from app.dialogue.telling import value_of
from app.dialogue.turn import StepKind
from rules.facts import SITUATION
from rules.model import Status

SHOWN = frozenset({"told.noted", "told.changed"})
RESTS_ON_IT = (Status.ELIGIBLE, Status.CONDITIONAL)
NOT_RIGHT = Offer(Move(Verb.CORRECT), Say("choice.not_right"))


def with_paper_heard(following: Next, reply: Reply, scene: Scene) -> Next:
    """A good answer that rests on a paper heard in a text says which paper that was."""
    good = any(status in RESTS_ON_IT for _, status in reply.step.decisions)
    if not (following.thread.heard and good and reply.step.kind is StepKind.ANSWER):
        return following
    conversation = following.conversation.on(replace(following.thread, heard=False))
    if any(say.id in SHOWN for say in following.opening):
        return replace(following, conversation=conversation)
    noted = Say("told.noted", {"facts": (value_of(following.thread, SITUATION, scene.rulebook),)})
    return replace(following, conversation=conversation, opening=(noted, *following.opening))


def correctable(reply: Reply, opening: tuple[Say, ...]) -> Reply:
    """An answer that names what was noted offers to put it right."""
    is_answer = reply.step.kind is StepKind.ANSWER and reply.step.fact is None
    if not is_answer or not any(say.id in SHOWN for say in opening):
        return reply
    return replace(reply, offers=(*reply.offers, NOT_RIGHT))
