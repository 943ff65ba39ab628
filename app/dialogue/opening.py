"""What the talk is about: needs, services and doors as they open, and what a question without a service means."""

from __future__ import annotations

from dataclasses import replace

from app.dialogue.conversation import AGE, Thread
from app.dialogue.going_on import best_first, door_of
from app.dialogue.moves import Kind
from app.dialogue.safety import NEED_OF, Harm, help_in, is_known_child
from app.dialogue.scene import Scene

SCHOOLING = "need_schooling"
SCHOOLS = ("child_schooling", "second_chance_school")
ABOUT_ONE = frozenset({Kind.TOPIC, Kind.SERVICE, Kind.CONSENT, Kind.SLIP})


def open_need(need: str, scene: Scene, *beside: str) -> Scene:
    """The services of a need, and doors to offer after them."""
    needs = tuple(dict.fromkeys((*scene.rulebook.needs.get(need, ()), *beside)))
    thread = for_a_pupil(scene.thread) if need == SCHOOLING else without_pupil(scene.thread)
    thread = replace(thread, needs=needs, subject=None, then=None, enough=False, place=None, harm=None)
    return scene.now(scene.conversation.on(thread))


def open_subject(subject: str, scene: Scene) -> Scene:
    thread = scene.thread
    thread = for_a_pupil(thread) if subject in SCHOOLS else without_pupil(thread)
    needs = thread.needs if subject in thread.needs else (subject,)
    return scene.now(scene.conversation.on(replace(thread, needs=needs, subject=subject, then=None, place=None)))


def open_door(harm: Harm, scene: Scene) -> Scene:
    """What helps in this danger, unless nothing but its numbers does."""
    if harm not in NEED_OF:
        return scene
    scene = open_need(NEED_OF[harm], scene)
    thread = replace(scene.thread, harm=harm.value, shown=door_of(harm))
    return scene.now(scene.conversation.on(thread))


def for_a_pupil(thread: Thread) -> Thread:
    """Who asks for a school asks for a child, unless they are known to be one."""
    asked_for = thread.facts.is_unknown(AGE) or thread.pupil
    return replace(thread, pupil=asked_for and not is_known_child(thread.facts))


def without_pupil(thread: Thread) -> Thread:
    """The age of a pupil is nobody's age once the talk is about something else."""
    return replace(thread, facts=thread.own_facts, pupil=False)


def talked_about(scene: Scene) -> str | None:
    """The service or door shown last, or the one chosen."""
    said, thread = scene.conversation.said, scene.thread
    if said is not None and said.kind in ABOUT_ONE:
        return said.about
    if said is not None and said.kind is Kind.PROTECT and said.about in NEED_OF:
        return help_in(Harm(said.about))
    return thread.subject or (help_in(Harm(thread.harm)) if thread.harm else None)


def best_open(scene: Scene) -> str | None:
    """Of the open needs the one that answers best: a door that leads, else the service with the best news."""
    needs = scene.thread.needs
    if not needs or needs[0] in scene.rulebook.doors:
        return next(iter(needs), None)
    return next((each.service for each in best_first(scene)), needs[0])
