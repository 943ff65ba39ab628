"""Each entry of a YAML file of this folder is a test: no Python is needed to add one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules.errors import RulebookError
from rules.load import load_rulebook
from rules.preview.places import places_of
from tests.rules.cases.case import Case, cases_of
from tests.rules.cases.verdict import differences


class NotAsExpected(Exception):
    """What the case says and what the engine says, line by line."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CasesInFile | None:
    if file_path.suffix != ".yaml":
        return None
    return CasesInFile.from_parent(parent, path=file_path)


class CasesInFile(pytest.File):
    def collect(self) -> Iterator[CaseItem]:
        try:
            cases = tuple(cases_of(self.path))
        except RulebookError as error:
            raise self.CollectError(f"{self.path.parent.name}/{error}") from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, case=case)


class CaseItem(pytest.Item):
    def __init__(self, *, case: Case, **given: Any) -> None:
        super().__init__(**given)
        self.case = case

    def runtest(self) -> None:
        rulebook = _rulebook()
        if wrong := differences(self.case, rulebook, places_of()):
            raise NotAsExpected("\n".join(wrong))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, NotAsExpected | RulebookError):
            return f"{self.path.name}:{self.case.line}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.name


@cache
def _rulebook() -> Any:
    return load_rulebook()
