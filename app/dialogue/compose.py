"""From a view to bubbles: one function per kind of view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.dialogue import answers, keeping, protection, questions, referring
from app.dialogue.going_on import is_waiting, screen
from app.dialogue.messages import Latin, Message, NumbersCard, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.scene import GO_ON, HUMAN, MORE_NEEDS, Reply, Scene, bubble, says
from app.dialogue.turn import Step, StepKind

LANGUAGES = ("ar", "fr", "en")
NOTICE = ("notice.automated", "notice.privacy", "notice.limits")
PRIVACY = Offer(Move(Verb.PRIVACY), Say("choice.privacy"))
PEOPLE_WHO_HELP = ("gadem", "unhcr")
"""Lines with people behind them for questions of papers and asylum; the rule book says when each is the right one."""
IN_LANGUAGES = tuple(Offer(Move(Verb.LANGUAGE, value=each), Say(f"language.{each}")) for each in LANGUAGES)
OTHERS = 2
COMES_BACK = frozenset({Kind.HUMAN, Kind.PRIVACY, Kind.IDENTITY, Kind.STATUS, Kind.TOPIC})
"""Asides after which the question that was open is asked again."""

type Drawing = Callable[[View, Scene], Reply]


def compose(view: View, scene: Scene) -> Reply:
    reply = DRAW[view.kind](view, scene)
    shown = screen(scene)
    if view.kind in COMES_BACK and is_waiting(scene) and shown != view:
        following = DRAW[shown.kind](shown, scene)
        return reply.followed_by(replace(following, offers=(*following.offers, *_others(view, scene))))
    return reply


def _others(view: View, scene: Scene) -> tuple[Offer, ...]:
    """What a topic was not answered for: few, beside the answers to a question."""
    return answers.beside(view.about, view.detail, scene)[:OTHERS] if view.kind is Kind.TOPIC else ()


def welcome(_view: View, scene: Scene) -> Reply:
    return greeting(scene.conversation.language)


def greeting(language: str | None) -> Reply:
    """Who speaks and how answers are kept, in the language chosen or in all three; no gate."""
    if language is None:
        bubbles = tuple(Message(says(*NOTICE, "greeting"), language=each) for each in LANGUAGES)
        return Reply(bubbles, IN_LANGUAGES, Step(StepKind.ASK))
    menu = questions.needs_menu()
    return Reply((Message(says(*NOTICE)), *menu.opened_with(says("greeting")).messages), menu.offers, menu.step)


def languages(_view: View, _scene: Scene) -> Reply:
    return bubble(StepKind.ASK, "language.which", offers=IN_LANGUAGES)


def human(view: View, scene: Scene) -> Reply:
    """Nobody sits behind the chat yet: people who can be called, and the nearest who can be met."""
    message = Message(
        says(f"human.{view.about}", "human.honest"), cards=(NumbersCard(protection.numbers(PEOPLE_WHO_HELP, scene)),)
    )
    near = Offer(Move(Verb.TOPIC, "legal_aid", "place"), Say("choice.help_near_me"))
    bubbles = (message, Message(says("human.urgent")))
    return Reply(bubbles, (GO_ON, near, MORE_NEEDS), Step(StepKind.HAND_OVER))


def privacy(_view: View, _scene: Scene) -> Reply:
    erase = Offer(Move(Verb.ERASE), Say("choice.erase"))
    return bubble(
        StepKind.ANSWER,
        "privacy.no_name",
        "privacy.kept",
        "privacy.shared",
        "privacy.erase",
        offers=(GO_ON, erase, HUMAN),
    )


def erase(_view: View, _scene: Scene) -> Reply:
    offers = (
        Offer(Move(Verb.ERASE_NOW), Say("erase.yes"), means=True),
        Offer(Move(Verb.KEEP_ALL), Say("erase.no"), means=False),
    )
    return bubble(StepKind.CLARIFY, "erase.ask", offers=offers)


def erased(_view: View, _scene: Scene) -> Reply:
    return bubble(StepKind.ANSWER, "erase.done", offers=(MORE_NEEDS,))


def identity(_view: View, _scene: Scene) -> Reply:
    return bubble(StepKind.ANSWER, *NOTICE, "identity.who", offers=(GO_ON, PRIVACY, HUMAN))


def status(view: View, scene: Scene) -> Reply:
    """Where a referral stands: a word, never a detail."""
    offers = (MORE_NEEDS, HUMAN)
    if not view.about:
        return bubble(StepKind.REFER, "referral.which_code", offers=offers)
    word = scene.ports.referral_status(view.about)
    code = Latin(view.about)
    if word is None:
        return bubble(StepKind.REFER, Say("referral.unknown_code", {"code": code}), offers=offers)
    told = Say("referral.status", {"code": code, "status": Say(f"referral.status.{word}")})
    return bubble(StepKind.REFER, told, offers=offers)


def end(view: View, _scene: Scene) -> Reply:
    return bubble(StepKind.ANSWER, view.about, "end.come_back", offers=(MORE_NEEDS, HUMAN))


DRAW: Mapping[Kind, Drawing] = {
    Kind.WELCOME: welcome,
    Kind.NEEDS: questions.needs,
    Kind.SUBJECTS: questions.subjects,
    Kind.QUESTION: questions.question,
    Kind.CLASH: questions.clash,
    Kind.CORRECTION: questions.correction,
    Kind.CLARIFY: questions.clarify,
    Kind.DECISIONS: answers.decisions,
    Kind.SERVICE: answers.service,
    Kind.TOPIC: answers.topic,
    Kind.PROTECT: protection.protect,
    Kind.CONSENT: referring.consent,
    Kind.SLIP: referring.slip,
    Kind.RECEIPT: keeping.receipt,
    Kind.LANGUAGES: languages,
    Kind.HUMAN: human,
    Kind.PRIVACY: privacy,
    Kind.ERASE: erase,
    Kind.ERASED: erased,
    Kind.IDENTITY: identity,
    Kind.STATUS: status,
    Kind.END: end,
}
