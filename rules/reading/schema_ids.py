"""What the book knows by name, and how conditions are written, as definitions that all schemas share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rules.conditions import NUMERIC, OPERATORS
from rules.facts import SITUATION
from rules.reading.facts import SITUATIONS
from rules.reading.files import read_file
from rules.reading.grammar import JOINS, TURNS
from rules.reading.misfits import parsed
from rules.reading.schema import SituationsFile
from rules.reading.services import EDUCATION
from rules.rulebook import FactDefinition, FactType, Rulebook

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The one that editors know best."""
DOTTED = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
HERE = "#/definitions/"

type Schema = dict[str, Any]


def ids_of(rulebook: Rulebook, folder: Path) -> Schema:
    groups = parsed(SituationsFile, read_file(folder / SITUATIONS, SITUATIONS), SITUATIONS).groups
    names: Mapping[str, Iterable[str]] = {
        "service": rulebook.services,
        "subject": rulebook.topics,
        "row": (*groups, *rulebook.rows),
        "situation": rulebook.situations,
        "fact": rulebook.facts,
        "volunteered": (fact.fact for fact in rulebook.facts.values() if fact.volunteered),
        "organisation": rulebook.organisations,
        "source": rulebook.citations,
        "education": rulebook.facts[EDUCATION].values,
        "need": (text.removeprefix("need.") for text in rulebook.texts if text.startswith("need.")),
    }
    definitions: Schema = {name: {"enum": sorted(each)} for name, each in names.items()}
    # A new sentence is written where it is used: known ids are offered, others not marked. The loader knows better.
    definitions["sentence"] = {"anyOf": [{"enum": sorted(rulebook.texts)}, {"type": "string", "pattern": DOTTED}]}
    definitions["rows"] = {"anyOf": [_ref("row"), _list(_ref("row"))]}
    definitions["condition"] = _condition(rulebook)
    for fact in rulebook.facts.values():
        definitions[f"value_of_{fact.fact}"] = _value(fact)
        definitions[f"test_of_{fact.fact}"] = _test(fact)
    return {"$schema": DRAFT, "title": "Names of the rule book", "definitions": definitions}


def _condition(rulebook: Rulebook) -> Schema:
    words: Schema = {word: {**_list(_ref("condition")), "minItems": 1} for word in JOINS}
    words |= {word: _ref("condition") for word in TURNS}
    asked = {str(fact): rulebook.texts[definition.question.say] for fact, definition in rulebook.facts.items()}
    facts: Schema = {fact: {**_ref(f"test_of_{fact}"), "description": question} for fact, question in asked.items()}
    return _mapping({**words, "row": _ref("rows"), **facts})


def _test(fact: FactDefinition) -> Schema:
    """A value, one of several, or an operator."""
    value = _ref(f"value_of_{fact.fact}")
    several = {**_list(value), "minItems": 1}
    plain = [_ref("rows")] if fact.fact == SITUATION else [value, several]
    operators = {
        name: several if name in {"one_of", "none_of"} else value
        for name in OPERATORS
        if fact.type is FactType.INTEGER or name not in NUMERIC
    }
    return {"anyOf": [*plain, _mapping(operators)]}


def _value(fact: FactDefinition) -> Schema:
    match fact.type:
        case FactType.BOOLEAN:
            return {"type": "boolean"}
        case FactType.INTEGER:
            return {"type": "integer", "minimum": fact.minimum, "maximum": fact.maximum}
        case FactType.CHOICE:
            return {"enum": sorted(fact.values)}
        case FactType.TEXT:
            return {"type": "string", "pattern": f"^(?:{fact.pattern})$"}


def _ref(name: str) -> Schema:
    return {"$ref": f"{HERE}{name}"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _mapping(keys: Schema) -> Schema:
    return {"type": "object", "properties": keys, "additionalProperties": False}
