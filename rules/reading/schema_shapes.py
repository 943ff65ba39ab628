"""From a shape the loader reads with to a schema whose names are those of the book."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from rules.model import Status
from rules.reading.schema_ids import DRAFT, HERE, Schema

NAMED: Mapping[str, str] = {
    "asks": "volunteered",
    "confirm_with": "organisation",
    "door_of": "volunteered",
    "education": "education",
    "fact": "fact",
    "facts": "fact",
    "groups": "row",
    "help": "organisation",
    "need": "need",
    "needs": "subject",
    "row": "row",
    "rows": "row",
    "same_as": "row",
    "says": "situation",
    "service": "service",
    "services": "service",
    "silent": "service",
    "situations": "row",
    "through": "service",
    "to:keys": "fact",
}
"""Keys whose value, or whose own keys, are names of something the book knows, and of what."""
OWN = frozenset(
    {("SituationsFile", "services"), ("DocumentSpec", "service"), ("FactSpec", "fact"), ("SourcesFile", "facts")}
)
"""Where such a key names something new, or something beyond the book."""
NEW = frozenset({"id", "overlay", "promise", "precedence", "rule"})
"""Keys whose dotted name is not that of a sentence."""
EVERYWHERE = {"Conditions": "condition", "FactRef": "source"}
NO_NEWS = frozenset({"title", "default"})

HINTS: Mapping[str, str] = {
    "asks": "Facts never asked out of the blue that this service asks for all the same",
    "bar": "A known no that comes before everything uncertain",
    "cite": "Ids of sources.yaml",
    "conditions": "What must hold: said while it is not known",
    "confirm_with": "Who can settle it: an id of organisations.yaml",
    "door_of": "Safety facts whose own door this service is",
    "in_force": "From when, and until when, the rule holds",
    "lean": "Only beside uncertain: where the sources lean",
    "never_propose": "Whom the service is never suggested to",
    "next_steps": "What to do now; beside a no the way to yes, or what is open meanwhile",
    "precedence": "Who speaks first; bars and others stand for the rules not named",
    "reason": "One plain sentence, or the id of one",
    "review_by": "The day by which it must be checked again",
    "status": "What the person is told. undetermined is found, not written",
    "verified_on": "The day on which the sources were read",
    "warnings": "What must be known before",
    "when": "All of it must be true: facts, row, and the words all, any, not, unless",
    "while_open": "Said only while this is neither known to hold nor known to fail",
}
"""What editors show beside a key."""

NOT_ELIGIBLE, UNCERTAIN = {"const": Status.NOT_ELIGIBLE.value}, {"const": Status.UNCERTAIN.value}
BESIDES: Mapping[str, Schema] = {
    "RuleSpec": {
        "allOf": [
            {"properties": {"status": {"not": {"const": Status.UNDETERMINED.value}}}},
            {
                "if": {"required": ["bar"], "properties": {"bar": {"const": True}}},
                "then": {"properties": {"status": NOT_ELIGIBLE}},
            },
            {
                "if": {"required": ["lean"], "properties": {"lean": {"type": "string"}}},
                "then": {"properties": {"status": UNCERTAIN}},
            },
            {
                "if": {"properties": {"status": NOT_ELIGIBLE}},
                "then": {"required": ["next_steps"], "properties": {"next_steps": {"minItems": 1}}},
            },
        ]
    },
    "LineSpec": {
        "oneOf": [
            {"required": ["text"], "not": {"required": ["say"]}},
            {"required": ["id", "say"], "not": {"required": ["text"]}},
        ]
    },
    "ChangeSpec": {"oneOf": [{"required": ["say"]}, {"required": ["text"]}]},
}
"""What the loader asks for beyond the shape; a test holds both against the same mistakes."""


def shape_of(model: type[BaseModel], ids: str) -> Schema:
    """`ids` is the file that holds the names."""
    made = model.model_json_schema(ref_template=f"{HERE}{{model}}")
    inner = made.pop("$defs", {})
    definitions = {name: _clean(each, name, "", ids) for name, each in inner.items()}
    shape = {"$schema": DRAFT, **_clean(made, model.__name__, "", ids), "definitions": definitions}
    used = json.dumps(shape)
    return {**shape, "definitions": {name: each for name, each in definitions.items() if f'"{HERE}{name}"' in used}}


def _clean(node: Any, owner: str, key: str, ids: str) -> Any:
    """`owner` is the shape we are in, `key` the last key on the way."""
    if isinstance(node, list):
        return [_clean(each, owner, key, ids) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": _target(str(node["$ref"]), owner, key, ids)}
    kept = {
        name: _properties(value, owner, ids)
        if name == "properties"
        else _clean(value, owner, f"{key}:keys" if name == "propertyNames" else key, ids)
        for name, value in node.items()
        if name not in NO_NEWS
    }
    kept.pop("description", None)
    return {**kept, **BESIDES.get(owner, {})} if "properties" in kept else kept


def _properties(properties: Mapping[str, Any], owner: str, ids: str) -> Schema:
    found = {key: _clean(value, owner, key, ids) for key, value in properties.items()}
    return {key: {**value, "description": HINTS[key]} if key in HINTS else value for key, value in found.items()}


def _target(ref: str, owner: str, key: str, ids: str) -> str:
    name = ref.removeprefix(HERE)
    if (owner, key) in OWN:
        return ref
    if name in EVERYWHERE:
        return f"{ids}{HERE}{EVERYWHERE[name]}"
    if name == "Name" and key in NAMED:
        return f"{ids}{HERE}{NAMED[key]}"
    if name == "DottedName" and key not in NEW:
        return f"{ids}{HERE}sentence"
    return ref
