"""`python -m rules.json_schema`: the shape of each YAML file for editors, which then complete ids and mark mistakes.

Made from the shapes the loader itself reads with, and from the ids of the book. `--check` only says what is stale.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from rules.errors import RulebookError
from rules.load import BOOK, load_rulebook
from rules.reading.population import PopulationFile
from rules.reading.schema import (
    AnswersSpec,
    ContradictionSpec,
    DocumentsFile,
    FactsFile,
    Name,
    NumberSpec,
    OrganisationSpec,
    PromiseSpec,
    ReviewFile,
    RuleSpec,
    Sentence,
    ServiceSpec,
    SituationsFile,
    SourcesFile,
    Spec,
)
from rules.reading.schema_ids import ids_of
from rules.reading.schema_shapes import shape_of
from rules.reading.ways import ChangesFile, WhyNotFile

ROOT = BOOK.parents[1]
FOLDER = BOOK / "schema"
IDS = "ids.json"
EDITOR = ROOT / ".vscode" / "settings.json"


class ServiceFile(ServiceSpec):
    rules: Annotated[list[RuleSpec], Field(min_length=1)]  # type: ignore[assignment]  # the loader reads them one by one


class NeedsFile(Spec):
    needs: dict[Name, list[Name]]


class AnswersFile(AnswersSpec):
    service: Name


class DoorSpec(AnswersSpec):
    door: Name


def _list_of(key: str, entry: type[BaseModel]) -> type[BaseModel]:
    """A file that holds one list."""
    fields: dict[str, Any] = {key: (list[entry], ...)}  # type: ignore[valid-type]  # a shape made from a value
    return create_model(f"{key.capitalize()}File", __base__=Spec, **fields)


@dataclass(frozen=True)
class Kind:
    """One kind of file: its schema, the files it is for, and what they hold."""

    schema: str
    files: str
    model: type[BaseModel] | None


KINDS: Sequence[Kind] = (
    Kind("service.json", "services/*.yaml", ServiceFile),
    Kind("answers.json", "answers/*.yaml", AnswersFile),
    Kind("changes.json", "changes.yaml", ChangesFile),
    Kind("contradictions.json", "contradictions.yaml", _list_of("contradictions", ContradictionSpec)),
    Kind("documents.json", "documents.yaml", DocumentsFile),
    Kind("doors.json", "doors.yaml", _list_of("doors", DoorSpec)),
    Kind("facts.json", "facts.yaml", FactsFile),
    Kind("needs.json", "needs.yaml", NeedsFile),
    Kind("numbers.json", "numbers.yaml", _list_of("numbers", NumberSpec)),
    Kind("organisations.json", "organisations.yaml", _list_of("organisations", OrganisationSpec)),
    Kind("population.json", "population.yaml", PopulationFile),
    Kind("promises.json", "promises.yaml", _list_of("promises", PromiseSpec)),
    Kind("review.json", "review.yaml", ReviewFile),
    Kind("sentences.json", "sentences.yaml", None),
    Kind("situations.json", "situations.yaml", SituationsFile),
    Kind("sources.json", "sources.yaml", SourcesFile),
    Kind("why_not.json", "why_not.yaml", WhyNotFile),
)


def schemas(folder: Path = BOOK) -> Mapping[str, Any]:
    """Every schema by the name of its file."""
    found = {kind.schema: shape_of(kind.model, IDS) if kind.model else _lists_of_sentences() for kind in KINDS}
    return {IDS: ids_of(load_rulebook(folder), folder), **found}


def _lists_of_sentences() -> Any:
    """Lists under any name."""
    shape = shape_of(_list_of("sentences", Sentence), IDS)
    lists = shape.pop("properties")["sentences"]
    del shape["required"]
    return {**shape, "additionalProperties": lists}


def editor_settings(cases: Mapping[str, str]) -> Mapping[str, Any]:
    """Which schema is for which file. `cases`: other schemas, by their path, and their files."""
    book, folder = BOOK.relative_to(ROOT).as_posix(), FOLDER.relative_to(ROOT).as_posix()
    return {"yaml.schemas": {**{f"./{folder}/{kind.schema}": f"{book}/{kind.files}" for kind in KINDS}, **cases}}


def as_text(content: Any) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def stale(wanted: Mapping[Path, str]) -> list[Path]:
    return [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]


def wanted(folder: Path = BOOK, target: Path = FOLDER) -> Mapping[Path, str]:
    return {target / name: as_text(content) for name, content in schemas(folder).items()}


def written(files: Mapping[Path, str], *, check: bool) -> int:
    """Writes what is stale, or only says so: then 1 where there is any."""
    changed = stale(files)
    for path in changed:
        named = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        sys.stdout.write(f"{'stale' if check else 'written'}: {named.as_posix()}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], "utf-8")
    return 1 if check and changed else 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m rules.json_schema", description="Schemas of the rule book's YAML")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where a schema is stale")
    options = parser.parse_args(arguments)
    try:
        return written(wanted(), check=options.check)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
