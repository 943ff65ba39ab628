"""From consent to slip: who receives it, what stands on it, and only then a code."""

from __future__ import annotations

from dataclasses import replace

from app.dialogue.conversation import Conversation
from app.dialogue.finding import places_for, proper_name
from app.dialogue.going_on import arrive, go_on
from app.dialogue.messages import Message, PlaceCard, Say, SlipCard
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.opening import talked_about
from app.dialogue.safety import harm_before_referral, is_exploited, is_under_age, may_propose
from app.dialogue.scene import HUMAN, MORE_NEEDS, Next, Reply, Scene, says
from app.dialogue.turn import CreateReferral, Step, StepKind
from app.referrals.model import SharedField
from referral_directory.points import ServicePoint
from rules.evaluate import evaluate
from rules.facts import FactId
from rules.model import ServiceId, Status

CITY = FactId("city")
EVERYTHING = tuple(SharedField)


def ask_consent(move: Move, scene: Scene) -> Next:
    """First what protects, then a service that is open, then a place, then the question of consent."""
    service = move.about or talked_about(scene) or _only(scene)
    if service is None:
        return arrive(scene.conversation, View(Kind.SUBJECTS, detail="referral"))
    if service not in scene.rulebook.services:
        return arrive(scene.conversation, View(Kind.TOPIC, service, "place"), Say("refer.no_slip"))
    scene = scene.now(_about(scene.conversation, service))
    if not _is_open(service, scene):
        return arrive(scene.conversation, View(Kind.SERVICE, service), Say("refer.not_today"))
    view = View(Kind.CONSENT, service, str(move.value or ""))
    harm = harm_before_referral(scene.conversation)
    if harm is not None:
        waiting = replace(scene.thread, then=view, shown=None)
        return arrive(replace(scene.conversation, thread=waiting), View(Kind.PROTECT, harm))
    if not move.value and scene.facts.is_unknown(CITY) and len(places_for(service, scene, limit=2)) > 1:
        asking = scene.conversation.on(replace(scene.thread, then=view))
        return arrive(asking, View(Kind.QUESTION, CITY))
    return arrive(scene.conversation, view)


def make_slip(move: Move, scene: Scene) -> Next:
    """The person agreed to exactly what the last message showed."""
    service, code = move.about, scene.ports.new_code()
    fields = _shared(move, scene)
    effect = CreateReferral(code, ServiceId(service), str(move.value) if move.value else None, fields)
    thread = replace(scene.thread, place=effect.place)
    conversation = replace(scene.conversation.on(thread), referrals=(*scene.conversation.referrals, code))
    return arrive(conversation, View(Kind.SLIP, service, code), effects=(effect,))


def refuse(_move: Move, scene: Scene) -> Next:
    scene = scene.now(scene.conversation.on(replace(scene.thread, then=None)))
    return arrive(scene.conversation, go_on(scene), Say("refer.refused"))


def consent(view: View, scene: Scene) -> Reply:
    point = _place(view, scene)
    place = str(point.id) if point else None
    sentences = [
        _recipient(view.about, point, scene),
        Say("refer.shows_little" if _is_protected(scene) else "refer.shows"),
        Say("refer.never"),
    ]
    if is_under_age(scene.facts):
        sentences.append(Say("refer.minor.pupil" if scene.thread.has_pupils_age else "refer.minor"))
    message = Message(tuple(sentences), cards=(PlaceCard(point),) if point else ())
    step = Step(StepKind.REFER, service=ServiceId(view.about), places=(place,) if place else ())
    return Reply((message,), _consents(view.about, place, scene), step)


def _recipient(service: str, point: ServicePoint | None, scene: Scene) -> Say:
    if point is None:
        return Say("refer.recipient.any", {"service": scene.name_of(service)})
    return Say("refer.recipient", {"recipient": proper_name(point, scene.language), "service": scene.name_of(service)})


def slip(view: View, scene: Scene) -> Reply:
    service, code = view.about, view.detail
    message = Message(says("slip.ready", "slip.keep"), cards=(SlipCard(code, service, scene.thread.place),))
    offers = (
        Offer(Move(Verb.TOPIC, service, "documents"), Say("topic.documents")),
        Offer(Move(Verb.TOPIC, service, "place"), Say("topic.place")),
        MORE_NEEDS,
        HUMAN,
    )
    places = (scene.thread.place,) if scene.thread.place else ()
    return Reply((message,), offers, Step(StepKind.REFER, service=ServiceId(service), places=places))


def _about(conversation: Conversation, service: str) -> Conversation:
    thread = conversation.thread
    needs = thread.needs if service in thread.needs else (service,)
    return conversation.on(replace(thread, needs=needs, subject=service))


def _only(scene: Scene) -> str | None:
    return scene.thread.needs[0] if len(scene.thread.needs) == 1 else None


def _is_open(service: str, scene: Scene) -> bool:
    decision = evaluate(scene.rulebook, ServiceId(service), scene.facts, on=scene.today)
    return decision.status is not Status.NOT_ELIGIBLE and may_propose(service, scene.facts)


def _is_protected(scene: Scene) -> bool:
    return is_under_age(scene.facts) or is_exploited(scene.facts)


def _shared(move: Move, scene: Scene) -> tuple[str, ...]:
    if move.verb is Verb.CONSENT_BARE or _is_protected(scene):
        return ()
    return tuple(part.value for part in EVERYTHING)


def _place(view: View, scene: Scene) -> ServicePoint | None:
    if view.detail and (chosen := scene.ports.places.get(view.detail)) is not None:
        return chosen
    return next(iter(places_for(view.about, scene, limit=1)), None)


def _consents(service: str, place: str | None, scene: Scene) -> tuple[Offer, ...]:
    bare = Offer(Move(Verb.CONSENT_BARE, service, place), Say("refer.yes_bare"))
    if _is_protected(scene):
        agreeing: tuple[Offer, ...] = (replace(bare, label=Say("refer.yes"), means=True),)
    else:
        agreeing = (Offer(Move(Verb.CONSENT, service, place), Say("refer.yes"), means=True), bare)
    return (*agreeing, Offer(Move(Verb.REFUSE, service), Say("refer.no"), means=False))
