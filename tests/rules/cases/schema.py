"""`python -m tests.rules.cases.schema`: the schema of the cases, and which schema is for which file."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from rules.json_schema import EDITOR, FOLDER, IDS, ROOT, as_text, editor_settings, written
from rules.load import load_rulebook
from rules.reading.schema_shapes import shape_of
from tests.rules.cases.case import FOLDER as CASES
from tests.rules.cases.case import CaseFile, CaseSpec

SCHEMA = CASES / "schema.json"


class WholeFile(CaseFile):
    cases: Annotated[list[CaseSpec], Field(min_length=1)]  # type: ignore[assignment]  # read one by one


def schema() -> Mapping[str, Any]:
    """Whose person may say what, and the rules that may be named, are those of the book."""
    rulebook = load_rulebook()
    up = f"{'../' * len(CASES.relative_to(ROOT).parts)}{FOLDER.relative_to(ROOT).as_posix()}/{IDS}"
    shape = shape_of(WholeFile, up)
    case = shape["definitions"]["CaseSpec"]["properties"]
    answers = {
        fact: {"anyOf": [{"$ref": f"{up}#/definitions/value_of_{fact}"}, {"type": "null"}]} for fact in rulebook.facts
    }
    case["person"] = {"type": "object", "properties": answers, "additionalProperties": False}
    case["missing"] = {"type": "array", "items": {"$ref": f"{up}#/definitions/fact"}}
    case["rule"] = {"enum": sorted(rule.id for service in rulebook.services.values() for rule in service.rules)}
    return shape


def wanted() -> Mapping[Path, str]:
    here = CASES.relative_to(ROOT).as_posix()
    settings = editor_settings({f"./{here}/{SCHEMA.name}": f"{here}/*.yaml"})
    return {SCHEMA: as_text(schema()), EDITOR: as_text(settings)}


def main(arguments: Sequence[str]) -> int:
    return written(wanted(), check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
