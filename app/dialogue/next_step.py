"""From what was heard to what is shown next: danger, then what was told, then what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.dialogue.conversation import AGE, Conversation
from app.dialogue.going_on import arrive, is_waiting, screen
from app.dialogue.intents import HARMS
from app.dialogue.messages import Say
from app.dialogue.moves import Kind, Move, Verb, View
from app.dialogue.opening import SCHOOLING, SCHOOLS, for_a_pupil, open_door, open_need, open_subject
from app.dialogue.safety import ALONE_MINOR, EXPLOITATION, FEARS_RETURN, MINORS, NEED_OF, RETURN, Harm, is_under_age
from app.dialogue.scene import Next, Scene
from app.dialogue.taking import take
from app.dialogue.telling import Told, point, tell
from app.dialogue.turn import CallHuman
from app.dialogue.understand import Heard
from app.dialogue.weighing import PAPERS, PAPERS_DOOR
from rules.facts import SITUATION, FactId, FactValue

BUTTONS_AT, HUMAN_AT = 2, 3
ABOUT_PAPERS = (PAPERS, PAPERS_DOOR)
SAYS: Mapping[Harm, FactId] = {
    Harm.ASYLUM: FEARS_RETURN,
    Harm.EXPLOITATION: EXPLOITATION,
    Harm.CHILD: ALONE_MINOR,
}
"""Dangers that are themselves an answer: they are not asked about again."""


def next_step(heard: Heard, scene: Scene) -> Next:
    conversation = scene.conversation
    if conversation.language is None:
        return _first_words(heard, scene)
    if heard.stale or heard.silent:
        return arrive(conversation, screen(scene), Say("choice.stale" if heard.stale else "silent"))
    move = _plain(heard.move, conversation)
    scene = _with_pupil(move, heard, scene)
    told = tell(scene.thread, {**heard.told, **_answered(move)}, scene.rulebook, asked=conversation.asked)
    scene = scene.now(conversation.on(told.thread))
    if heard.harm is not None:
        return _in_danger(heard.harm, move, scene)
    if told.invalid is not None:
        return _ask_again(told.invalid, scene)
    if _puts_right(move, told, heard, conversation):
        move = Move(Verb.GO_ON)
    following = _meant(move, heard, scene)
    return replace(following, opening=(*told.opening, *following.opening))


def _with_pupil(move: Move | None, heard: Heard, scene: Scene) -> Scene:
    """The age said together with the wish for a school is that of the pupil."""
    school = move is not None and (move.about == SCHOOLING or (move.verb is Verb.SUBJECT and move.about in SCHOOLS))
    if not school or AGE not in heard.told or heard.told.get(SITUATION) in MINORS:
        return scene
    return scene.now(scene.conversation.on(for_a_pupil(scene.thread)))


def _puts_right(move: Move | None, told: Told, heard: Heard, conversation: Conversation) -> bool:
    """Words about papers that answer the question or correct an answer leave the open need as it is."""
    if not conversation.thread.needs or not told.taken:
        return False
    about_papers = move is None or move.about in ABOUT_PAPERS or move.verb in (Verb.CORRECT, Verb.OUT_OF_SCOPE)
    answers = conversation.asked in told.taken and not heard.wishes
    return about_papers and (bool(told.changed) or answers)


def _meant(move: Move | None, heard: Heard, scene: Scene) -> Next:
    if move is None or (move.verb is Verb.INFORM and not heard.told):
        return _not_understood(heard, scene)
    if move.verb is Verb.OUT_OF_SCOPE:
        return _missed(scene, "out_of_scope")
    if move.verb is Verb.CORRECT and heard.told:
        move = Move(Verb.GO_ON)
    return take(move, scene.now(replace(scene.conversation, missed=0)))


def _first_words(heard: Heard, scene: Scene) -> Next:
    """The first message sets the language and is answered at once."""
    chosen = heard.move.value if heard.move and heard.move.verb is Verb.LANGUAGE else None
    language = str(chosen) if chosen else heard.language
    if language is None:
        return Next(scene.conversation, View(Kind.WELCOME))
    return next_step(heard, scene.now(replace(scene.conversation, language=language)))


def _plain(move: Move | None, conversation: Conversation) -> Move | None:
    """Yes, no and "I don't know" as what they mean here."""
    if move is None or move.verb not in (Verb.YES, Verb.NO, Verb.DONT_KNOW):
        return move
    if move.verb is Verb.DONT_KNOW:
        return Move(Verb.DECLINE, conversation.asked) if conversation.asked else Move(Verb.NEEDS)
    wanted = move.verb is Verb.YES
    meant = next((offer.move for offer in conversation.offered if offer.means is wanted), None)
    if meant is not None or conversation.asked is not None:
        return meant
    return Move(Verb.GO_ON if wanted else Verb.NEEDS)


def _answered(move: Move | None) -> Mapping[FactId, FactValue | None]:
    if move is not None and move.verb in (Verb.ANSWER, Verb.DECLINE):
        return {FactId(move.about): move.value}
    return {}


def _in_danger(harm: Harm, move: Move | None, scene: Scene) -> Next:
    """The door at once; the need that was said with it, or was open before, stays open for afterwards."""
    scene = _kept_open(harm, move, scene)
    thread = point(scene.thread, harm)
    if _is_an_answer(harm, scene):
        thread = replace(thread, facts=thread.facts.learning(**{SAYS[harm]: True}))
    conversation = replace(scene.conversation.on(thread), missed=0)
    effects = (CallHuman(f"danger.{harm}"),) if harm is Harm.EMERGENCY else ()
    return arrive(conversation, View(Kind.PROTECT, harm), effects=effects)


def _kept_open(harm: Harm, move: Move | None, scene: Scene) -> Scene:
    if move is not None and move.verb is Verb.NEED and move.about not in HARMS:
        return open_need(move.about, scene)
    behind = scene.rulebook.needs.get(NEED_OF.get(harm, ""), ())
    if move is not None and move.verb is Verb.SUBJECT and move.about not in ("", RETURN, *behind):
        return open_subject(move.about, scene)
    if scene.thread.needs and scene.thread.harm is None:
        return scene
    return open_door(harm, scene)


def _is_an_answer(harm: Harm, scene: Scene) -> bool:
    """A child alone may be somebody else's: it is the person only if they are known to be under age."""
    return harm in SAYS and (harm is not Harm.CHILD or is_under_age(scene.thread.own_facts))


def _ask_again(fact: FactId, scene: Scene) -> Next:
    return arrive(scene.conversation, View(Kind.QUESTION, fact), Say("again"))


def _not_understood(heard: Heard, scene: Scene) -> Next:
    if heard.parser_away:
        return arrive(scene.conversation, screen(scene), Say("parser_away"))
    conversation = replace(scene.conversation, missed=scene.conversation.missed + 1)
    if heard.between and conversation.missed < HUMAN_AT:
        names = " ".join(intent.name for intent in heard.between)
        return arrive(conversation, View(Kind.CLARIFY, heard.subject or "", names))
    return _missed(scene, "missed")


def _missed(scene: Scene, what: str) -> Next:
    """Once: say it again. Twice: buttons. Three times: a human."""
    conversation = replace(scene.conversation, missed=scene.conversation.missed + 1)
    if conversation.missed >= HUMAN_AT:
        effects = (CallHuman("not_understood"),) if conversation.missed == HUMAN_AT else ()
        return arrive(conversation, View(Kind.HUMAN, "missed"), effects=effects)
    if conversation.missed == BUTTONS_AT:
        view = screen(scene.now(conversation)) if is_waiting(scene.now(conversation)) else View(Kind.NEEDS)
        return _clarifying(arrive(conversation, view, Say(f"{what}.buttons")))
    return _clarifying(arrive(conversation, screen(scene.now(conversation)), Say(what)))


def _clarifying(following: Next) -> Next:
    return replace(following, clarifies=True)
