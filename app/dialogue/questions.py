"""Questions as shown: each says why when asked, and can be declined."""

from __future__ import annotations

from app.dialogue.conversation import AGE
from app.dialogue.going_on import open_services
from app.dialogue.intents import NEEDS, move_for
from app.dialogue.messages import Message, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.scene import HUMAN, Reply, Scene, bubble, page_of
from app.dialogue.telling import value_of
from app.dialogue.turn import Step, StepKind
from rules.admit import contradictions
from rules.answers import answer
from rules.ask import question_for
from rules.facts import FactId
from rules.model import Option, Question

SOMETHING_ELSE = Offer(Move(Verb.NEEDS), Say("clarify.something_else"), means=False)


def question(view: View, scene: Scene) -> Reply:
    asked = question_for(scene.rulebook, FactId(view.about), scene.facts)
    sentences = [_words(asked, scene)]
    if view.detail == "why":
        sentences = [Say(asked.why), Say("why.decline"), *sentences]
    elif scene.facts.is_declined(asked.fact):
        sentences.insert(0, Say("ask.again_after_decline"))
    intro = () if view.detail or scene.thread.facts else _introduction(scene)
    services = open_services(scene)
    step = Step(StepKind.ASK, fact=asked.fact, service=services[0] if len(services) == 1 else None)
    return Reply((*intro, Message(tuple(sentences))), _answers(asked, view, scene), step)


def _words(asked: Question, scene: Scene) -> Say:
    return Say("ask.age_of_pupil" if asked.fact == AGE and scene.thread.pupil else asked.say)


def _introduction(scene: Scene) -> tuple[Message, ...]:
    """What the service is, in a sentence with its source, before the first question about it."""
    services = open_services(scene)
    if len(services) != 1:
        return ()
    known = answer(scene.rulebook, services[0], "definition", scene.facts)
    if not known.sentences:
        return ()
    return (Message((Say(known.sentences[0]),), citations=known.citations[:1]),)


def _answers(asked: Question, view: View, scene: Scene) -> tuple[Offer, ...]:
    given = tuple(_answer(asked.fact, option) for option in asked.options if option.value is not None)
    why = () if view.detail == "why" else (Offer(Move(Verb.WHY), Say("choice.why")),)
    enough = () if scene.thread.then or not scene.facts else (Offer(Move(Verb.ENOUGH), Say("choice.enough")),)
    decline = Offer(Move(Verb.DECLINE, asked.fact), Say("ask.decline"))
    return (*given, decline, *why, *enough)


def _answer(fact: FactId, option: Option) -> Offer:
    means = option.value if isinstance(option.value, bool) else None
    return Offer(Move(Verb.ANSWER, fact, option.value), Say(option.say), means)


def needs(view: View, _scene: Scene) -> Reply:
    return needs_menu(view.page)


def needs_menu(page: int = 0) -> Reply:
    """What people come for, the most asked first."""
    offers = tuple(Offer(Move(Verb.NEED, need), Say(f"want.{need}")) for need in NEEDS)
    listed = page_of(offers, page, Move(Verb.NEEDS))
    return bubble(StepKind.ASK, "needs.ask", offers=(*listed, HUMAN))


def subjects(view: View, scene: Scene) -> Reply:
    """Which service is meant: those of the open need first, else all of them and the doors."""
    book = scene.rulebook
    every = (*scene.thread.needs, *(each for each in (*book.services, *book.doors) if each not in scene.thread.needs))
    offers = tuple(Offer(_choosing(each, view.detail), scene.name_of(each)) for each in every)
    listed = page_of(offers, view.page, Move(Verb.SUBJECTS, view.detail))
    return bubble(StepKind.CLARIFY, f"subjects.{view.detail}", offers=(*listed, HUMAN))


def _choosing(subject: str, topic: str) -> Move:
    return Move(Verb.REFER, subject) if topic == "referral" else Move(Verb.TOPIC, subject, topic)


def clash(_view: View, scene: Scene) -> Reply:
    """Two answers that cannot both be true: which one is right?"""
    clashing = contradictions(scene.rulebook, scene.thread.own_facts)
    if not clashing:
        return needs(View(Kind.NEEDS), scene)
    first = clashing[0]
    keeping = tuple(
        Offer(Move(Verb.KEEP, fact), Say("clash.keep", {"fact": value_of(scene.thread, fact, scene.rulebook)}))
        for fact in first.facts
    )
    return bubble(StepKind.ASK, Say(first.say), offers=(*keeping, Offer(Move(Verb.KEEP), Say("ask.decline"))))


def correction(_view: View, scene: Scene) -> Reply:
    known = tuple(fact for fact, value in scene.facts.items() if value is not None)
    offers = tuple(Offer(Move(Verb.CHANGE, fact), value_of(scene.thread, fact, scene.rulebook)) for fact in known)
    return bubble(StepKind.CLARIFY, "correct.which", offers=(*offers[:7], Offer(Move(Verb.GO_ON), Say("correct.none"))))


def clarify(view: View, _scene: Scene) -> Reply:
    """One reading or another, or neither."""
    moves = [(name, move_for(name, view.about or None)) for name in view.detail.split()]
    known = [(name, move) for name, move in moves if move is not None]
    agreed = True if len(known) == 1 else None
    offers = tuple(Offer(move, Say(f"intent.{name}"), agreed) for name, move in known)
    return bubble(StepKind.CLARIFY, "clarify.one" if agreed else "clarify", offers=(*offers, SOMETHING_ELSE, HUMAN))
