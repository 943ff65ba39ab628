"""What one person costs as the book grows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from rules.facts import FactId, Facts
from rules.rulebook import Rulebook
from tests.bench.engines.duel import ON
from tests.bench.engines.enlarged import more_rows, more_services
from tests.bench.engines.fisca_system import FiscaSystem
from tests.bench.engines.measure import one_by_one
from tests.bench.engines.ours import Ours
from tests.bench.engines.people import complete_people
from tests.bench.engines.zen_tables import ZenTables, as_context

SIZES = (1, 10, 100)
PEOPLE, FEW = 400, 30
SAID = (FactId("situation"), FactId("age"))


@dataclass(frozen=True)
class Curve:
    name: str
    microseconds: tuple[float, ...]


def curves(rulebook: Rulebook) -> list[Curve]:
    people = complete_people(rulebook, PEOPLE)
    hardly_known = [person.about(*SAID) for person in people]
    more = [more_services(rulebook, size) for size in SIZES]
    longer = [more_rows(rulebook, size) for size in SIZES]
    return [
        Curve("ours, more services", tuple(_ours(rulebook, book, people) for book in more)),
        Curve("ours, more rules in each", tuple(_ours(rulebook, book, people) for book in longer)),
        Curve("ours, only paper and age told", tuple(_ours(rulebook, book, hardly_known) for book in longer)),
        Curve("zen-engine, more rules in each", tuple(_zen(book, people[:FEW]) for book in longer)),
        Curve("openfisca-core, more rules in each", tuple(_fisca(book, people[:FEW]) for book in longer)),
    ]


def _ours(small: Rulebook, book: Rulebook, people: list[Facts]) -> float:
    """The services of the small book, in the large one, compiled, no cell kept."""
    ours = Ours(book, small.services, ON)
    for person in people:
        ours.decide(person)
    return one_by_one(people, ours.decide, before=ours.forget).middle


def _zen(book: Rulebook, people: list[Facts]) -> float:
    tables = ZenTables(book, book.services, ON)
    return one_by_one([as_context(person) for person in people], tables.decide).middle


def _fisca(book: Rulebook, people: list[Facts]) -> float:
    system = FiscaSystem(book, book.services, ON)
    return one_by_one([system.columns([person]) for person in people], system.decide_all).middle


def drawn(found: list[Curve], picture: Path) -> None:
    mpl.rcParams["svg.hashsalt"] = "engines"
    figure = Figure(figsize=(7, 4.2), layout="constrained")
    axes = figure.subplots()
    for curve in found:
        axes.plot(SIZES, curve.microseconds, marker="o", label=curve.name)
    axes.set(xscale="log", yscale="log", xlabel="size of the rule book", ylabel="µs for 23 decisions (median)")
    axes.set_xticks(SIZES, [f"{size}×" for size in SIZES])
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, metadata={"Date": None})
