"""The protective doors as shown: sentences, numbers, places, and the way on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.dialogue.conversation import Thread
from app.dialogue.finding import CITY, places_for
from app.dialogue.messages import Message, NumbersCard, PhoneNumber, PlaceCard, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.safety import Harm, avoids_authorities, help_in, is_exploited, is_under_age
from app.dialogue.scene import HUMAN, MORE_NEEDS, Reply, Scene, says
from app.dialogue.turn import Step, StepKind

LINES: dict[Harm, tuple[str, ...]] = {
    # 15 and 141 stand together: 141 answers in big cities only (F-188).
    Harm.EMERGENCY: ("civil_protection", "samu", "police", "police_mobile", "gendarmerie"),
    Harm.ASYLUM: ("unhcr", "unhcr_whatsapp"),
    Harm.CHILD: ("child_danger", "unhcr", "gadem", "police", "police_mobile"),
    # The trafficking line passes cases to police and courts: others come first (F-184).
    Harm.EXPLOITATION: ("gadem", "unhcr", "trafficking", "violence_women", "police", "police_mobile"),
    Harm.VIOLENCE: ("violence_women", "child_danger", "gadem", "unhcr", "police", "police_mobile"),
    Harm.ARREST: ("gadem", "unhcr", "unhcr_whatsapp"),
    Harm.JOURNEY: ("civil_protection", "police", "police_mobile", "gendarmerie", "unhcr", "gadem"),
    Harm.PROTECTION: ("violence_women", "child_danger", "gadem", "unhcr", "trafficking", "police", "police_mobile"),
}
SENTENCES: dict[Harm, tuple[str, ...]] = {
    Harm.EMERGENCY: ("protect.emergency.call", "protect.emergency.self_harm"),
    Harm.ASYLUM: ("protect.asylum.first", "protect.asylum.phone", "protect.asylum.embassy"),
    Harm.CHILD: ("protect.child.first", "protect.child.alone"),
    Harm.EXPLOITATION: ("protect.exploitation.first", "protect.authorities"),
    Harm.VIOLENCE: ("protect.violence.first", "protect.authorities"),
    Harm.ARREST: ("protect.arrest.rights", "protect.arrest.paper"),
    Harm.JOURNEY: ("protect.journey.first", "protect.journey.talk"),
    Harm.PROTECTION: ("protect.protection.first", "protect.authorities", "protect.arrest.rights"),
}
CITED: dict[Harm, tuple[str, ...]] = {
    Harm.EMERGENCY: ("F-188",),
    Harm.ASYLUM: ("F-024", "F-197", "F-181"),
    Harm.CHILD: ("F-186",),
    Harm.EXPLOITATION: ("F-184",),
    Harm.VIOLENCE: ("F-187",),
    Harm.ARREST: ("F-183", "F-196"),
    Harm.JOURNEY: ("F-188", "F-024"),
    Harm.PROTECTION: ("F-184", "F-187", "F-183"),
}
WITHOUT_A_PLACE = (Harm.EMERGENCY, Harm.JOURNEY)
PLACES = 2


def protect(view: View, scene: Scene) -> Reply:
    """The right door at once; shown again it comes with places and with what else is open behind it."""
    harm = Harm(view.about)
    again = bool(view.detail)
    places = _places(harm, scene) if again else ()
    message = Message(
        paragraphs=says(*SENTENCES[harm]),
        cards=(numbers_for(harm, scene), *places),
        citations=tuple(scene.rulebook.citations[fact] for fact in CITED[harm]),
    )
    closing = ("protect.machine",) if harm is Harm.EMERGENCY else ("protect.go_on",)
    bubbles = (message,) if again else (message, Message(says(*closing)))
    ways = (*_near(harm), *_behind(scene), MORE_NEEDS) if again else (*_near(harm), *_ways_on(scene.thread))
    ids = tuple(str(each.point.id) for each in places)
    return Reply(bubbles, (HUMAN, *ways), Step(StepKind.PROTECT, places=ids))


def beside_a_fear(reply: Reply, harm: Harm, offered: tuple[Offer, ...]) -> Reply:
    """An answer to a message that may speak of a danger: help is offered first, but not twice in a row."""
    help_first = Offer(Move(Verb.PROTECT, harm), Say("choice.in_danger"))
    if any(each.label == help_first.label for each in offered):
        return reply
    return replace(reply.opened_with(says("danger.possible")), offers=(help_first, *reply.offers))


def numbers_for(harm: Harm, scene: Scene) -> NumbersCard:
    named = Harm.EXPLOITATION if harm is Harm.PROTECTION and is_exploited(scene.facts) else harm
    lines = LINES[named]
    if harm in (Harm.VIOLENCE, Harm.PROTECTION) and avoids_authorities(scene.facts, scene.rulebook):
        lines = ("gadem", "unhcr", *(line for line in lines if line not in ("gadem", "unhcr")))
    if harm is not Harm.CHILD and is_under_age(scene.thread.own_facts):
        lines = ("child_danger", *(line for line in lines if line != "child_danger"))
    return NumbersCard(numbers(lines, scene))


def numbers(lines: Iterable[str], scene: Scene) -> tuple[PhoneNumber, ...]:
    return tuple(PhoneNumber.of(scene.rulebook.numbers[line]) for line in lines)


def _places(harm: Harm, scene: Scene) -> tuple[PlaceCard, ...]:
    """Where to go, as far as that is clear without asking the city."""
    if harm in WITHOUT_A_PLACE:
        return ()
    found = places_for(help_in(harm), scene, limit=PLACES)
    return tuple(PlaceCard(each) for each in found) if scene.facts.get(CITY) or len(found) == 1 else ()


def _near(harm: Harm) -> tuple[Offer, ...]:
    near = Offer(Move(Verb.TOPIC, help_in(harm), "place"), Say("choice.help_near_me"))
    return () if harm in WITHOUT_A_PLACE else (near,)


def _behind(scene: Scene) -> tuple[Offer, ...]:
    return tuple(
        Offer(Move(Verb.SUBJECT, each), Say("choice.about", {"service": scene.name_of(each)}))
        for each in scene.thread.needs
    )


def _ways_on(thread: Thread) -> tuple[Offer, ...]:
    """On with what was open; where that is only this door, another need may come first."""
    go_on = Offer(Move(Verb.GO_ON), Say("choice.go_on"))
    if not _has_thread(thread):
        return (MORE_NEEDS,)
    return (go_on, MORE_NEEDS) if thread.harm else (go_on,)


def _has_thread(thread: Thread) -> bool:
    return bool(thread.needs or thread.subject or (thread.shown and thread.shown.kind is Kind.QUESTION))
