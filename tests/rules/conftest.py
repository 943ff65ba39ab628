"""The rule book of the project, loaded once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from rules.evaluate import evaluate
from rules.facts import FactValue
from rules.load import BOOK, load_rulebook
from rules.model import Decision, ServiceId
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, Cells, Decide, someone, telling_only


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def decide(rulebook: Rulebook) -> Decide:
    """The decision for someone who told these facts; the rest may still be asked."""

    def decide(service: str, **told: FactValue | None) -> Decision:
        return evaluate(rulebook, ServiceId(service), someone(**told), on=TODAY)

    return decide


@pytest.fixture(scope="session")
def settle(rulebook: Rulebook) -> Decide:
    """The decision for someone who told these facts and declined the rest."""

    def settle(service: str, **told: FactValue | None) -> Decision:
        return evaluate(rulebook, ServiceId(service), telling_only(rulebook, **told), on=TODAY)

    return settle


@pytest.fixture(scope="session")
def cells() -> Cells:
    """(situation, service) -> status, as the fact base has it."""
    with (Path(__file__).parent / "decision_table.csv").open(encoding="utf-8") as table:
        return {(row["situation"], row["service"]): row["decision"] for row in csv.DictReader(table)}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the rule book to spoil."""
    return Path(shutil.copytree(BOOK, tmp_path / "book"))
