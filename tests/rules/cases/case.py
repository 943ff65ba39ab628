"""A golden case: a person in facts, a service, and what they must be told. Written by reading the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from rules.admit import InvalidFact, admit, contradictions
from rules.errors import RulebookError, suggestion
from rules.facts import FactId, Facts, FactValue
from rules.model import Lean, ServiceId, Status
from rules.reading.files import read_file
from rules.reading.misfits import parsed
from rules.reading.schema import DottedName, Name, Spec
from rules.rulebook import Rulebook

FOLDER = Path(__file__).parent


class Rest(StrEnum):
    """What became of the facts that the case does not name."""

    DECLINED = "declined"
    UNASKED = "unasked"


class CaseSpec(Spec):
    name: Annotated[str, Field(min_length=1)]
    person: dict[Name, str | int | bool | None]
    rest: Annotated[Rest, Field(strict=False)] = Rest.DECLINED
    as_of: date | None = None
    expect: Annotated[Status, Field(strict=False)]
    lean: Annotated[Lean | None, Field(strict=False)] = None
    rule: DottedName | None = None
    missing: list[Name] | None = None
    if_met: Annotated[Status | None, Field(strict=False)] = None
    conditions: list[DottedName] = Field(default_factory=list)
    no_conditions: list[DottedName] = Field(default_factory=list)
    says: list[DottedName] = Field(default_factory=list)
    never_says: list[DottedName] = Field(default_factory=list)
    confirm_with: Name | None = None
    proposable: bool | None = None


class CaseFile(Spec):
    service: Name
    as_of: date
    cases: Annotated[list[dict[str, Any]], Field(min_length=1)]


@dataclass(frozen=True, eq=False)
class Case:
    """One entry of a file, with the line it stands on."""

    file: str
    line: int
    service: ServiceId
    on: date
    spec: CaseSpec

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def told(self) -> Mapping[str, FactValue | None]:
        return self.spec.person

    def facts(self, rulebook: Rulebook) -> Facts:
        """Everything the person said, the rest declined or still to be asked. RulebookError for nobody who can be."""
        try:
            told = admit(rulebook, self.told)
        except InvalidFact as error:
            raise self.wrong(*_misfit(rulebook, error, self.told), named=error.fact) from error
        facts = told if self.spec.rest is Rest.UNASKED else Facts({**dict.fromkeys(rulebook.facts), **told})
        if clashes := contradictions(rulebook, facts):
            raise self.wrong(f"nobody is both: {rulebook.texts[clashes[0].say]}", "change the person")
        return facts

    def wrong(self, reason: str, remedy: str, *, named: str = "") -> RulebookError:
        return RulebookError(self.file, self.name, reason, remedy=remedy, named=named, line=self.line)


def _misfit(rulebook: Rulebook, error: InvalidFact, told: Mapping[str, object]) -> tuple[str, str]:
    if error.reason_code == "unknown_fact":
        return f"unknown fact {error.fact!r}", suggestion(error.fact, rulebook.facts)
    known = rulebook.facts[FactId(error.fact)].values
    return f"{told[error.fact]!r} is no value of {error.fact}", suggestion(told[error.fact], known, error.reason_code)


def files(folder: Path = FOLDER) -> tuple[str, ...]:
    return tuple(path.name for path in sorted(folder.glob("*.yaml")))


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file. RulebookError at the first thing that is not written as it must be."""
    file = path.name
    written = parsed(CaseFile, read_file(path, file), file)
    for line, entry in zip(_lines(path), written.cases, strict=True):
        try:
            spec = parsed(CaseSpec, entry, file, str(entry.get("name", "")))
        except RulebookError as error:
            raise error.at(line) from error
        yield Case(file, line, ServiceId(written.service), spec.as_of or written.as_of, spec)


def _lines(path: Path) -> list[int]:
    root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    written = root.value if isinstance(root, yaml.MappingNode) else []
    listed = next(value for key, value in written if key.value == "cases")
    return [entry.start_mark.line + 1 for entry in listed.value]


def all_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    return tuple(case for file in files(folder) for case in cases_of(folder / file))
