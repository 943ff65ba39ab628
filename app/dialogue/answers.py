"""Answers: decisions with their reasons, and what is known about a service or a door, each with its sources."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogue.explaining import card_of, cards_of, nearest_door
from app.dialogue.finding import places_for, proper_name
from app.dialogue.going_on import best_first, facts_read
from app.dialogue.keeping import keeping
from app.dialogue.messages import Card, DecisionCard, Message, PapersCard, PlaceCard, Say, StepsCard
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.questions import needs
from app.dialogue.safety import may_propose
from app.dialogue.scene import HUMAN, MORE_NEEDS, Reply, Scene
from app.dialogue.turn import Step, StepKind
from app.dialogue.unsettled import meanwhile, waiting_for
from referral_directory.points import ServicePoint
from rules.answers import answer, is_protected
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId
from rules.model import Citation, Decision, ServiceId, Status, TextId

BESIDE = 3
CARDS = 3
"""Decisions shown in one message."""
TOPICS_OFFERED = ("documents", "steps", "place", "cost", "time")
REFERABLE = (Status.ELIGIBLE, Status.CONDITIONAL, Status.UNCERTAIN)
STEPWISE = ("steps", "documents")


@dataclass(frozen=True)
class Known:
    """What may be said on a topic to this person."""

    sentences: tuple[Say, ...]
    citations: tuple[Citation, ...]
    confirm: tuple[Say, ...]


def decisions(view: View, scene: Scene) -> Reply:
    """All services of the need, the best news first, three at a time."""
    ranked = best_first(scene)
    if not ranked:
        return door(View(Kind.SERVICE, scene.thread.needs[0]), scene) if scene.thread.needs else needs(view, scene)
    if _opens_with_a_door(scene):
        return door(View(Kind.SERVICE, scene.thread.needs[0]), scene)
    if len(ranked) == 1:
        return service(View(Kind.SERVICE, ranked[0].service, view.detail), scene)
    pages = -(-len(ranked) // CARDS)
    page = view.page % pages
    shown = ranked[page * CARDS : (page + 1) * CARDS]
    lead = Say(f"lead.several.{ranked[0].status}")
    message = Message((lead, *waiting_for(shown, scene)), cards=cards_of(shown, scene, view))
    step = Step(StepKind.ANSWER, decisions=tuple((each.service, each.status) for each in ranked))
    offers = (*_asking(ranked[0]), *_which(shown, page, pages, scene))
    return Reply((message, *meanwhile(ranked, scene)), offers, step)


def _opens_with_a_door(scene: Scene) -> bool:
    thread = scene.thread
    return thread.subject is None and bool(thread.needs) and thread.needs[0] in scene.rulebook.doors


def _which(shown: tuple[Decision, ...], page: int, pages: int, scene: Scene) -> tuple[Offer, ...]:
    named = tuple(
        Offer(Move(Verb.SUBJECT, each.service), Say("choice.about", {"service": scene.name_of(each.service)}))
        for each in shown
    )
    more = (Offer(Move(Verb.DECISIONS, value=(page + 1) % pages), Say("choice.more")),) if pages > 1 else ()
    return (*named, *_doors(scene), *more, *keeping(scene), MORE_NEEDS, HUMAN)


def _doors(scene: Scene) -> tuple[Offer, ...]:
    return tuple(
        Offer(Move(Verb.SUBJECT, each), Say("choice.about", {"service": scene.name_of(each)}))
        for each in scene.thread.needs
        if each in scene.rulebook.doors
    )


def _asking(decision: Decision) -> tuple[Offer, ...]:
    more_questions = Offer(Move(Verb.ENOUGH, value=False), Say("choice.more_questions"))
    return (more_questions,) if decision.status is Status.UNDETERMINED else ()


def service(view: View, scene: Scene) -> Reply:
    """One decision in full, with places where the city is known."""
    if view.about in scene.rulebook.doors:
        return door(view, scene)
    decision = evaluate(scene.rulebook, ServiceId(view.about), facts_read(scene), on=scene.today)
    places = _places_with(decision, scene)
    told = card_of(decision, scene, view)
    cards: tuple[Card, ...] = (told, *(PlaceCard(each) for each in places))
    lead = Say(f"lead.{decision.status}", {"service": scene.name_of(decision.service)})
    step = Step(
        StepKind.ANSWER,
        service=decision.service,
        decisions=((decision.service, decision.status),),
        places=tuple(str(each.id) for each in places),
    )
    message = Message((lead, *waiting_for((decision,), scene)), cards=cards)
    return Reply((message, *meanwhile((decision,), scene)), _after_decision(told, scene), step)


def _places_with(decision: Decision, scene: Scene) -> tuple[ServicePoint, ...]:
    if decision.status not in REFERABLE or not scene.facts.get(FactId("city")):
        return ()
    return tuple(places_for(decision.service, scene, limit=2))


def _after_decision(told: DecisionCard, scene: Scene) -> tuple[Offer, ...]:
    decision = told.decision
    refer = Offer(Move(Verb.REFER, decision.service), Say("choice.refer"))
    referring = (refer,) if decision.status in REFERABLE and may_propose(decision.service, scene.facts) else ()
    return (
        *_asking(decision),
        *referring,
        *_nearest(told, scene),
        *_topics_of(decision.service),
        *_others(scene),
        *_doors(scene),
        *keeping(scene),
        MORE_NEEDS,
        HUMAN,
    )


def _nearest(told: DecisionCard, scene: Scene) -> tuple[Offer, ...]:
    """Beside a no: where the way begins, or what is open instead."""
    near = nearest_door(told) if told.decision.status is Status.NOT_ELIGIBLE else None
    about = Say("choice.about", {"service": scene.name_of(near)}) if near else None
    return (Offer(Move(Verb.SUBJECT, near), about),) if near and about else ()


def _topics_of(subject: str, besides: str = "") -> tuple[Offer, ...]:
    return tuple(
        Offer(Move(Verb.TOPIC, subject, topic), Say(f"topic.{topic}")) for topic in TOPICS_OFFERED if topic != besides
    )


def _others(scene: Scene) -> tuple[Offer, ...]:
    """Back to the other services of the same need."""
    several = sum(each in scene.rulebook.services for each in scene.thread.needs) > 1
    return (Offer(Move(Verb.DECISIONS), Say("choice.others")),) if several else ()


def door(view: View, scene: Scene) -> Reply:
    """What a door without rules is, and what to do, with the services that help beside it."""
    known, todo = known_about(view.about, "definition", scene), known_about(view.about, "steps", scene)
    steps = StepsCard(Say("title.steps", {"service": scene.name_of(view.about)}), todo.sentences, todo.citations)
    message = Message(known.sentences, cards=(steps,), citations=known.citations)
    beside = tuple(
        Offer(Move(Verb.SUBJECT, each), Say("choice.about", {"service": scene.name_of(each)}))
        for each in scene.thread.needs
        if each != view.about
    )
    topics = tuple(offer for offer in _topics_of(view.about, besides="steps"))
    return Reply((message,), (*beside, *topics, MORE_NEEDS, HUMAN), Step(StepKind.ANSWER))


def topic(view: View, scene: Scene) -> Reply:
    """One question about one service or door: papers, steps, place, cost, time, what it is."""
    subject, about = view.about, view.detail
    if about == "place":
        return _place(subject, scene)
    if about == "documents" and subject in scene.rulebook.services:
        return _papers(subject, scene)
    known = known_about(subject, about, scene)
    title = Say(f"title.{about}", {"service": scene.name_of(subject)})
    if about in STEPWISE:
        card = StepsCard(title, known.sentences, known.citations)
        message = Message(known.confirm or (title,), cards=(card,))
    else:
        message = Message((title, *known.sentences, *known.confirm), citations=known.citations)
    return Reply((message,), _after_topic(subject, about, scene), _step(subject, scene))


def known_about(subject: str, about: str, scene: Scene) -> Known:
    """What the book says on a topic; never what would send a person who fears return to an embassy."""
    if about == "documents":
        return _papers_of_a_door(subject, scene)
    said = answer(scene.rulebook, subject, about, scene.facts)
    confirm = (Say(said.confirm_with.say),) if said.confirm_with else ()
    return Known(_or_unknown(said.sentences), said.citations, confirm)


def _papers_of_a_door(subject: str, scene: Scene) -> Known:
    protected = is_protected(scene.rulebook, scene.facts)
    entries = tuple(entry for entry in scene.rulebook.doors[subject].documents if not (entry.embassy and protected))
    confirmer = scene.rulebook.topics[subject].confirm_with
    unsure = not entries or any(entry.unknown for entry in entries)
    return Known(
        _or_unknown(tuple(entry.say for entry in entries)),
        tuple(dict.fromkeys(citation for entry in entries for citation in entry.citations)),
        (Say(confirmer.say),) if unsure and confirmer else (),
    )


def _or_unknown(sentences: tuple[TextId, ...]) -> tuple[Say, ...]:
    return tuple(Say(sentence) for sentence in sentences) or (Say("topic.unknown"),)


def _papers(subject: str, scene: Scene) -> Reply:
    decision = evaluate(scene.rulebook, ServiceId(subject), scene.facts, on=scene.today)
    depends = (Say("papers.depend"),) if scene.facts.is_unknown(SITUATION) else ()
    unsure = not decision.documents or any(paper.need == "unknown" for paper in decision.documents)
    confirmer = decision.confirm_with or scene.rulebook.topics[subject].confirm_with
    confirm = (Say(confirmer.say),) if unsure and confirmer else ()
    citations = dict.fromkeys(citation for reason in decision.because for citation in reason.citations)
    card = PapersCard(ServiceId(subject), decision)
    message = Message((*depends, *confirm, Say("papers.no_photo")), cards=(card,), citations=tuple(citations))
    return Reply((message,), _after_topic(subject, "documents", scene), _step(subject, scene))


def _place(subject: str, scene: Scene) -> Reply:
    places = tuple(places_for(subject, scene))
    known = known_about(subject, "place", scene)
    title = Say("title.place" if places else "title.place.unknown", {"service": scene.name_of(subject)})
    message = Message(
        (title, *known.sentences, *(known.confirm if not places else ())),
        cards=tuple(PlaceCard(each) for each in places),
        citations=known.citations,
    )
    going = _referrals_to(subject, places, scene)
    ids = tuple(str(each.id) for each in places)
    return Reply((message,), (*going, *_after_topic(subject, "place", scene)), _step(subject, scene, ids))


def _referrals_to(subject: str, places: tuple[ServicePoint, ...], scene: Scene) -> tuple[Offer, ...]:
    if subject not in scene.rulebook.services or not may_propose(subject, scene.facts):
        return ()
    return tuple(
        Offer(
            Move(Verb.REFER, subject, str(each.id)),
            Say("choice.refer_to", {"place": proper_name(each, scene.language)}),
        )
        for each in places
    )


def _after_topic(subject: str, about: str, scene: Scene) -> tuple[Offer, ...]:
    can_i = Offer(Move(Verb.SUBJECT, subject), Say("choice.can_i"))
    deciding = (can_i,) if subject in scene.rulebook.services else ()
    return (*deciding, *_topics_of(subject, besides=about), *beside(subject, about, scene), MORE_NEEDS, HUMAN)


def beside(subject: str, about: str, scene: Scene) -> tuple[Offer, ...]:
    """The same question about what else is open for the same need."""
    needs = scene.thread.needs
    others = [each for each in needs if each != subject] if subject in needs else []
    return tuple(
        Offer(Move(Verb.TOPIC, each, about), Say(f"title.{about}", {"service": scene.name_of(each)}))
        for each in others[:BESIDE]
    )


def _step(subject: str, scene: Scene, places: tuple[str, ...] = ()) -> Step:
    known = ServiceId(subject) if subject in scene.rulebook.services else None
    return Step(StepKind.ANSWER, service=known, places=places)
