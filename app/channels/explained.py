"""What stands beside a decision, worded: why no better answer, and the way to yes."""

from __future__ import annotations

from app.channels.shapes import Json, Voice, citation_json, document_json
from rules.model import ServiceId, Status
from rules.ways.told import NoWay, Open, Step, Way
from rules.ways.why_not import WhyNot


def why_not_json(reasons: tuple[WhyNot, ...], voice: Voice) -> list[Json]:
    return [
        {**voice.item(each.say), "rule": each.rule, "status": str(each.status), "fact": each.fact} for each in reasons
    ]


def way_json(way: Way | NoWay | None, voice: Voice) -> Json | None:
    """The steps in order and where they lead; without steps there is no way, and `helps` is who may know one."""
    match way:
        case Way():
            return {
                "text": voice.say(f"way.reaches.{way.reaches}"),
                "steps": [step_json(step, voice) for step in way.steps],
                "reaches": str(way.reaches),
                "conditions": voice.items(way.reached.conditions),
                "warnings": voice.items(way.warnings),
                "alternatives": [open_json(each, voice) for each in way.alternatives],
                "helps": None,
            }
        case NoWay():
            return {
                "text": voice.say("way.none"),
                "steps": [],
                "reaches": None,
                "conditions": [],
                "warnings": voice.items(way.says),
                "alternatives": [open_json(each, voice) for each in way.alternatives],
                "helps": {"organisation": way.helps.organisation, "text": voice.say(way.helps.say)},
            }
        case None:
            return None


def step_json(step: Step, voice: Voice) -> Json:
    return {
        "id": step.change,
        "text": voice.say(step.say),
        "documents": [document_json(document, voice) for document in step.documents],
        "warnings": voice.items(step.warnings),
        "cite": [citation_json(citation, voice) for citation in step.citations],
        "time": voice.say(step.time) if step.time else None,
        "uncertain": step.uncertain,
        "uncertain_text": voice.say("way.others_decide") if step.uncertain else None,
        "service": step.service,
        "helps": (
            {"organisation": step.helps.organisation, "text": voice.say(f"organisation.{step.helps.organisation}")}
            if step.helps
            else None
        ),
    }


def open_json(door: Open, voice: Voice) -> Json:
    name, status = voice.say(f"service.{door.service}"), voice.say(f"status.{door.status}")
    return {
        "service": door.service,
        "status": str(door.status),
        "text": voice.say("way.open_door", service=name, status=status),
    }


def way_on_card(way: Way | NoWay | None, status: Status, said: tuple[str, ...], voice: Voice) -> Json | None:
    """As the API has it, but short: nothing that the next steps on the same card say already.

    Where nothing is certain and no way is known, who confirms it is the answer.
    """
    if way is None or (isinstance(way, NoWay) and status is not Status.NOT_ELIGIBLE):
        return None
    told = way_json(way, voice) or {}
    if isinstance(way, Way):
        citations = {citation.fact: citation for step in way.steps for citation in step.citations}
        return {**told, "alternatives": [], "cite": [citation_json(each, voice) for each in citations.values()]}
    untold = {each.service for each in way.alternatives if not each.said_by.intersection(said)}
    doors = [each for each in told["alternatives"] if ServiceId(each["service"]) in untold]
    warnings = [each for each in told["warnings"] if each["id"] not in said]
    return {**told, "alternatives": doors, "warnings": warnings, "cite": []}
