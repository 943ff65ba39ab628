"""Where the conversation goes when nothing else was asked: protect, settle a clash, ask, or answer."""

from __future__ import annotations

from dataclasses import replace

from app.dialogue.conversation import AGE, Conversation, Thread
from app.dialogue.messages import Say
from app.dialogue.moves import Kind, View
from app.dialogue.safety import FEARS_RETURN, RETURN, Harm, harm_due, is_exploited, may_propose
from app.dialogue.scene import PENDING, Next, Scene
from app.dialogue.turn import Effect
from rules.admit import contradictions
from rules.ask import next_question
from rules.evaluate import evaluate_all
from rules.facts import SITUATION, FactId, Facts
from rules.model import Decision, ServiceId, Status
from rules.papers import can_narrow

ASIDES = frozenset(
    {
        Kind.PROTECT,
        Kind.LANGUAGES,
        Kind.HUMAN,
        Kind.PRIVACY,
        Kind.IDENTITY,
        Kind.STATUS,
        Kind.ERASE,
        Kind.CLARIFY,
        Kind.END,
    }
)
"""Shown without losing the thread: what was on the screen comes back afterwards."""


BEST_FIRST = (
    Status.ELIGIBLE,
    Status.CONDITIONAL,
    Status.UNCERTAIN,
    Status.UNDETERMINED,
    Status.NOT_ELIGIBLE,
)
INSTEAD_OF_RETURN = {
    False: ("unhcr_asylum_registration", "legal_aid"),
    True: ("trafficking_protection", "legal_aid"),
}
"""What is open to those who fear return, or who are exploited (the key), when they ask to go back."""


def go_on(scene: Scene) -> View:
    thread = scene.thread
    harm = harm_due(thread, scene.conversation.protected)
    if harm is not None:
        return View(Kind.PROTECT, harm)
    if contradictions(scene.rulebook, thread.own_facts):
        return View(Kind.CLASH)
    if thread.then is not None:
        return _answered_then(thread, thread.then)
    if thread.harm is not None:
        return door_of(Harm(thread.harm))
    fact = next_fact(scene)
    if fact is not None:
        return View(Kind.QUESTION, fact)
    return _answer(scene)


def door_of(harm: Harm) -> View:
    """The door of a danger once it was shown: it is never followed by questions about what was just said."""
    return View(Kind.PROTECT, harm, "again")


def open_services(scene: Scene) -> tuple[ServiceId, ...]:
    """The services the talk is about: the one chosen, else those of the need."""
    thread = scene.thread
    named = (thread.subject,) if thread.subject else thread.needs
    if RETURN in named and not may_propose(RETURN, scene.facts):
        named = INSTEAD_OF_RETURN[is_exploited(scene.facts)]
    return tuple(ServiceId(each) for each in named if each in scene.rulebook.services)


def facts_read(scene: Scene) -> Facts:
    """What is decided on. The age of a pupil is asked for only with the service chosen: unasked it is a condition."""
    thread = scene.thread
    if thread.pupil and thread.subject is None and thread.facts.is_unknown(AGE):
        return thread.facts.learning(**{AGE: None})
    return thread.facts


def best_first(scene: Scene) -> tuple[Decision, ...]:
    """The decisions that may be shown, the best news first."""
    made = (
        decision
        for decision in evaluate_all(scene.rulebook, open_services(scene), facts_read(scene), on=scene.today)
        if decision.proposable and may_propose(decision.service, scene.facts)
    )
    return tuple(sorted(made, key=lambda decision: BEST_FIRST.index(decision.status)))


def next_fact(scene: Scene) -> FactId | None:
    """The fact worth asking now, if any. Nobody is told about return before fear of it was asked (F-195)."""
    services = open_services(scene)
    if not services or scene.thread.enough or _starts_with_a_door(scene):
        return None
    if RETURN in services and scene.facts.is_unknown(FEARS_RETURN):
        return FEARS_RETURN
    question = next_question(
        scene.rulebook, services, facts_read(scene), on=scene.today, pointed=frozenset(scene.thread.pointed)
    )
    return question.fact if question else None


def _starts_with_a_door(scene: Scene) -> bool:
    thread = scene.thread
    return thread.subject is None and bool(thread.needs) and thread.needs[0] in scene.rulebook.doors


def _answered_then(thread: Thread, then: View) -> View:
    asked = thread.shown
    if asked and asked.kind is Kind.QUESTION and thread.facts.is_unknown(FactId(asked.about)):
        return View(Kind.QUESTION, asked.about)
    return then


def _answer(scene: Scene) -> View:
    thread = scene.thread
    if thread.subject and may_propose(thread.subject, scene.facts):
        return View(Kind.SERVICE, thread.subject)
    if thread.needs:
        return View(Kind.DECISIONS)
    return View(Kind.NEEDS)


def screen(scene: Scene) -> View:
    """What the conversation comes back to."""
    return unless_answered(scene.thread.shown or View(Kind.NEEDS), scene)


def unless_answered(view: View, scene: Scene) -> View:
    """The view itself, or what comes next when it asks something that was answered meanwhile."""
    if view.kind is Kind.QUESTION and not _is_open(FactId(view.about), scene):
        return go_on(scene)
    if view.kind is Kind.CLASH and not contradictions(scene.rulebook, scene.thread.own_facts):
        return go_on(scene)
    return view


def _is_open(fact: FactId, scene: Scene) -> bool:
    return scene.facts.is_unknown(fact) or (fact == SITUATION and can_narrow(scene.rulebook, scene.facts))


def arrive(
    conversation: Conversation, view: View, *opening: Say, effects: tuple[Effect, ...] = (), aside: bool = False
) -> Next:
    """Show `view`; unless it is an aside it becomes what the conversation comes back to."""
    if view.kind is Kind.PROTECT:
        conversation = replace(conversation, protected=conversation.protected | {view.about})
    if not aside and view.kind not in ASIDES:
        then = conversation.thread.then if view.kind is Kind.QUESTION else None
        conversation = conversation.on(replace(conversation.thread, shown=view, then=then))
    return Next(conversation, view, opening, effects)


def continue_with(scene: Scene, *opening: Say) -> Next:
    return arrive(scene.conversation, go_on(scene), *opening)


def is_waiting(scene: Scene) -> bool:
    return screen(scene).kind in PENDING
