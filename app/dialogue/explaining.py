"""Decisions as they are shown: the way to yes beside a no, and what stands in the way when the person asks why."""

from __future__ import annotations

from collections.abc import Iterable

from app.dialogue.going_on import facts_read
from app.dialogue.messages import DecisionCard
from app.dialogue.moves import View
from app.dialogue.scene import Scene
from rules.model import Decision, ServiceId
from rules.ways.search import way_to_yes
from rules.ways.told import NoWay, Way
from rules.ways.why_not import why_not

WHY = "why"
"""Detail of a view of decisions: the person asked why."""


def card_of(decision: Decision, scene: Scene, view: View) -> DecisionCard:
    facts = facts_read(scene)
    asked = view.detail == WHY
    return DecisionCard(
        decision,
        way_to_yes(scene.rulebook, decision.service, facts, on=scene.today),
        why_not(scene.rulebook, decision.service, facts, on=scene.today) if asked else (),
    )


def cards_of(decisions: Iterable[Decision], scene: Scene, view: View) -> tuple[DecisionCard, ...]:
    """One card each. A way that several services share is told once."""
    cards, told = [], set[tuple[str, ...]]()
    for decision in decisions:
        card = card_of(decision, scene, view)
        steps = tuple(step.change for step in card.way.steps) if isinstance(card.way, Way) else ()
        if isinstance(card.way, NoWay) or steps in told:
            card = DecisionCard(decision, None, card.why_not)
        told.add(steps)
        cards.append(card)
    return tuple(cards)


def nearest_door(card: DecisionCard) -> ServiceId | None:
    """Where the way begins, else the best that is open instead."""
    match card.way:
        case Way(steps=(first, *_)) if first.service != card.decision.service:
            return first.service
        case NoWay(alternatives=(first, *_)):
            return first.service
        case _:
            return None
