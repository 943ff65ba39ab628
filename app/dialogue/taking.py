"""What each move does to the conversation. One small function per verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.dialogue import keeping, referring
from app.dialogue.conversation import Conversation, Thread
from app.dialogue.explaining import WHY
from app.dialogue.going_on import arrive, continue_with, is_waiting, screen, unless_answered
from app.dialogue.intents import HARMS
from app.dialogue.messages import Say
from app.dialogue.moves import Kind, Move, Verb, View
from app.dialogue.opening import best_open, open_door, open_need, open_subject, talked_about
from app.dialogue.safety import Harm
from app.dialogue.scene import Next, Scene
from app.dialogue.telling import point
from app.dialogue.turn import CallHuman, EraseEverything
from rules.admit import contradictions
from rules.facts import FactId

CITY = FactId("city")

type Taking = Callable[[Move, Scene], Next]


def take(move: Move, scene: Scene) -> Next:
    return TAKE[move.verb](move, scene)


def _go_on(_move: Move, scene: Scene) -> Next:
    return continue_with(scene)


def _need(move: Move, scene: Scene) -> Next:
    if move.about in HARMS:
        return _protect(Move(Verb.PROTECT, HARMS[move.about]), scene)
    return continue_with(open_need(move.about, scene, *str(move.value or "").split()))


def _subject(move: Move, scene: Scene) -> Next:
    subject = move.about or scene.thread.subject
    if not subject:
        return continue_with(scene)
    scene = open_subject(subject, scene)
    return continue_with(scene.now(scene.conversation.on(replace(scene.thread, harm=None))))


def _topic(move: Move, scene: Scene) -> Next:
    thread = scene.thread
    topic = str(move.value)
    subject = move.about or talked_about(scene) or best_open(scene)
    if subject is None:
        return arrive(scene.conversation, View(Kind.SUBJECTS, detail=topic))
    view = View(Kind.TOPIC, subject, topic)
    if topic == "place" and _should_ask_city(subject, scene):
        asking = replace(thread, subject=move.about or thread.subject, needs=thread.needs or (subject,), then=view)
        return arrive(scene.conversation.on(asking), View(Kind.QUESTION, CITY))
    if is_waiting(scene):
        return arrive(scene.conversation, view, aside=True)
    return arrive((open_subject(subject, scene) if move.about else scene).conversation, view)


def _should_ask_city(subject: str, scene: Scene) -> bool:
    """Only where a place is wanted and there are several to choose from."""
    if not scene.facts.is_unknown(CITY):
        return False
    return len(scene.ports.places.find(subject, city=None, language=scene.language, limit=2)) > 1


def _ask_back(move: Move, scene: Scene) -> Next:
    """A digit that may be an age or the number of a choice."""
    view = unless_answered(View(Kind.QUESTION, move.about), scene)
    return arrive(scene.conversation, view, Say("again.number", {"number": move.value or 0}))


def _needs(move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, View(Kind.NEEDS, page=_page(move)))


def _subjects(move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, View(Kind.SUBJECTS, detail=move.about, page=_page(move)))


def _decisions(move: Move, scene: Scene) -> Next:
    thread = replace(scene.thread, subject=None, enough=True)
    return arrive(scene.conversation.on(thread), View(Kind.DECISIONS, page=_page(move)))


def _page(move: Move) -> int:
    return move.value if isinstance(move.value, int) else 0


def _enough(move: Move, scene: Scene) -> Next:
    """No more questions; or, with the value False, the questions after all."""
    thread = replace(scene.thread, enough=move.value is not False, then=None, harm=None)
    return continue_with(scene.now(scene.conversation.on(thread)))


def _why(_move: Move, scene: Scene) -> Next:
    asked = scene.conversation.asked
    if asked is not None:
        return arrive(scene.conversation, unless_answered(View(Kind.QUESTION, asked, "why"), scene), aside=True)
    shown = screen(scene)
    if shown.kind in (Kind.SERVICE, Kind.DECISIONS):
        return arrive(scene.conversation, replace(shown, detail=WHY), Say("why.decision"), aside=True)
    return arrive(scene.conversation, shown, Say("why.decision" if shown.kind is Kind.TOPIC else "why.nothing"))


def _back(_move: Move, scene: Scene) -> Next:
    conversation = scene.conversation
    if not conversation.past:
        return Next(conversation, screen(scene), (Say("back.nothing"),), forgets=True)
    earlier = conversation.past[-1]
    there = replace(conversation, thread=earlier, past=conversation.past[:-1])
    return Next(there, screen(scene.now(there)), (Say("back.done"),), forgets=True)


def _repeat(_move: Move, scene: Scene) -> Next:
    view = unless_answered(scene.conversation.said or screen(scene), scene)
    return Next(scene.conversation, view, (Say("repeat"),))


def _correct(_move: Move, scene: Scene) -> Next:
    """Where the right value was not said with it: which answer is wrong?"""
    if not any(value is not None for value in scene.facts.values()):
        return continue_with(scene, Say("correct.nothing"))
    return arrive(scene.conversation, View(Kind.CORRECTION))


def _change(move: Move, scene: Scene) -> Next:
    fact = FactId(move.about)
    thread = replace(scene.thread, facts=scene.facts.forgetting(fact), then=None)
    return arrive(scene.conversation.on(thread), View(Kind.QUESTION, fact))


def _keep(move: Move, scene: Scene) -> Next:
    """Of answers that exclude each other one stays; with none named all of them are declined."""
    clashing = contradictions(scene.rulebook, scene.thread.own_facts)
    facts = scene.facts
    for fact in clashing[0].facts if clashing else ():
        if not move.about:
            facts = facts.learning(**{fact: None})
        elif fact != move.about:
            facts = facts.forgetting(fact)
    return continue_with(scene.now(scene.conversation.on(replace(scene.thread, facts=facts))))


def _language(move: Move, scene: Scene) -> Next:
    conversation = replace(scene.conversation, language=str(move.value))
    return arrive(conversation, screen(scene), Say("language.changed"))


def _human(_move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, View(Kind.HUMAN, "asked"), effects=(CallHuman("asked"),))


def _complaint(_move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, View(Kind.HUMAN, "complaint"), effects=(CallHuman("complaint"),))


def _aside(kind: Kind, about: str = "") -> Taking:
    return lambda _move, scene: arrive(scene.conversation, View(kind, about))


def _erase_now(_move: Move, scene: Scene) -> Next:
    kept = scene.conversation
    blank = Conversation(kept.id, language=kept.language, channel=kept.channel, version=kept.version, turn=kept.turn)
    return Next(blank, View(Kind.ERASED), effects=(EraseEverything(),), forgets=True)


def _keep_all(_move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, screen(scene), Say("erase.kept"))


def _greet(_move: Move, scene: Scene) -> Next:
    return arrive(scene.conversation, screen(scene), Say("greet"))


def _thank(_move: Move, scene: Scene) -> Next:
    if is_waiting(scene):
        return arrive(scene.conversation, screen(scene), Say("thank"))
    return arrive(scene.conversation, View(Kind.END, "thank"))


def _restart(_move: Move, scene: Scene) -> Next:
    fresh = replace(scene.conversation, thread=Thread(), past=(), protected=frozenset(), missed=0)
    return replace(arrive(fresh, View(Kind.NEEDS), Say("restart.done")), forgets=True)


def _status(move: Move, scene: Scene) -> Next:
    code = move.about or next(reversed(scene.conversation.referrals), "")
    return arrive(scene.conversation, View(Kind.STATUS, code))


def _protect(move: Move, scene: Scene) -> Next:
    harm = Harm(move.about)
    scene = open_door(harm, scene)
    conversation = scene.conversation.on(point(scene.thread, harm))
    effects = (CallHuman(f"danger.{harm}"),) if harm is Harm.EMERGENCY else ()
    return arrive(conversation, View(Kind.PROTECT, harm), effects=effects)


TAKE: Mapping[Verb, Taking] = {
    Verb.ANSWER: _go_on,
    Verb.DECLINE: _go_on,
    Verb.INFORM: _go_on,
    Verb.GO_ON: _go_on,
    Verb.ASK_BACK: _ask_back,
    Verb.WHY: _why,
    Verb.ENOUGH: _enough,
    Verb.NEED: _need,
    Verb.SUBJECT: _subject,
    Verb.TOPIC: _topic,
    Verb.NEEDS: _needs,
    Verb.SUBJECTS: _subjects,
    Verb.DECISIONS: _decisions,
    Verb.BACK: _back,
    Verb.REPEAT: _repeat,
    Verb.CORRECT: _correct,
    Verb.CHANGE: _change,
    Verb.KEEP: _keep,
    Verb.LANGUAGE: _language,
    Verb.LANGUAGES: _aside(Kind.LANGUAGES),
    Verb.HUMAN: _human,
    Verb.COMPLAINT: _complaint,
    Verb.PRIVACY: _aside(Kind.PRIVACY),
    Verb.ERASE: _aside(Kind.ERASE),
    Verb.ERASE_NOW: _erase_now,
    Verb.KEEP_ALL: _keep_all,
    Verb.IDENTITY: _aside(Kind.IDENTITY),
    Verb.GREET: _greet,
    Verb.GOODBYE: _aside(Kind.END, "goodbye"),
    Verb.THANK: _thank,
    Verb.RESTART: _restart,
    Verb.REFER: referring.ask_consent,
    Verb.CONSENT: referring.make_slip,
    Verb.CONSENT_BARE: referring.make_slip,
    Verb.REFUSE: referring.refuse,
    Verb.STATUS: _status,
    Verb.KEEP_RECEIPT: keeping.keep,
    Verb.PROTECT: _protect,
}
