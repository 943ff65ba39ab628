"""Where nothing is settled: what each answer waits for, in words, and help that needs no answer."""

from __future__ import annotations

from collections.abc import Iterable

from app.dialogue.messages import DecisionCard, Message, Say
from app.dialogue.scene import Scene, says
from rules.evaluate import evaluate
from rules.model import Decision, ServiceId, Status

ALWAYS_OPEN = (ServiceId("entraide_social_assistance"), ServiceId("legal_aid"))
OPEN = (Status.ELIGIBLE, Status.CONDITIONAL)


def waiting_for(decisions: Iterable[Decision], scene: Scene) -> tuple[Say, ...]:
    """For each answer that waits: the facts it waits for, and what it is if they turn out well."""
    return tuple(_waiting_for(each, scene) for each in decisions if each.status is Status.UNDETERMINED)


def _waiting_for(decision: Decision, scene: Scene) -> Say:
    facts = tuple(Say(f"fact.{fact}") for fact in decision.missing)
    met = decision.if_met if decision.if_met in OPEN else Status.UNCERTAIN
    return Say(f"missing.{met}", {"service": scene.name_of(decision.service), "facts": facts})


def meanwhile(decisions: Iterable[Decision], scene: Scene) -> tuple[Message, ...]:
    """One door that is open whatever the answers, where nothing better is known."""
    known = tuple(decisions)
    open_ended = {Status.UNDETERMINED, Status.NOT_ELIGIBLE}
    if not {Status.UNDETERMINED} <= {each.status for each in known} <= open_ended:
        return ()
    besides = (each for each in ALWAYS_OPEN if each not in {decision.service for decision in known})
    made = (evaluate(scene.rulebook, each, scene.facts, on=scene.today) for each in besides)
    door = next((decision for decision in made if decision.status in OPEN), None)
    return (Message(says("missing.meanwhile"), cards=(DecisionCard(door),)),) if door else ()
