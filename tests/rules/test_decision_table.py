"""Every cell of the decision table follows from the rules, and every question left open is worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from rules.admit import contradictions
from rules.compiled.reach import BEST_FIRST, CLASS_OF
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.load import BOOK, load_rulebook
from rules.model import Decision, ServiceId, Status
from rules.rulebook import Rulebook
from tests.builders.facts import TODAY, Cells, Decide

SERVICES = sorted(path.stem for path in (BOOK / "services").glob("*.yaml"))

# Values a brute force tries; between them they meet every threshold the fact base knows.
TRIED: dict[str, tuple[FactValue | None, ...]] = {
    "age": (12, 13, 14, 15, 16, 17, 18, 19, 30, 31, None),
    "education": ("none", "primary_6", "higher", None),
    "nationality": ("SN", "ML", "PS"),
    "activity_kind": ("craft", "excluded_profession", None),
    "years_resident": (9, 10),
}


def test_the_table_has_621_cells(cells: Cells, rulebook: Rulebook) -> None:
    assert len(cells) == 621
    assert {situation for situation, _ in cells} == set(rulebook.rows)
    assert {service for _, service in cells} == set(rulebook.services)


@pytest.mark.parametrize("service", SERVICES)
def test_situation_known_and_all_else_declined_gives_exactly_the_cell(
    service: str, cells: Cells, settle: Decide, rulebook: Rulebook
) -> None:
    wrong = {
        row: (settle(service, situation=row).status, cells[row, service])
        for row in rulebook.rows
        if settle(service, situation=row).status != cells[row, service]
    }
    assert wrong == {}


@pytest.mark.parametrize("service", SERVICES)
def test_situation_known_and_nothing_else_gives_the_cell_or_says_what_is_missing(
    service: str, cells: Cells, decide: Decide, rulebook: Rulebook
) -> None:
    for row in rulebook.rows:
        decision = decide(service, situation=row)
        if decision.status is Status.UNDETERMINED:
            assert decision.missing
        else:
            assert decision.status == cells[row, service]


@dataclass(frozen=True)
class Everybody:
    """All who may come to a service, each as the values of `facts`, and the status each gets."""

    facts: tuple[FactId, ...]
    statuses: dict[tuple[FactValue | None, ...], Status]

    def in_row(self, row: str) -> Everybody:
        place = self.facts.index(SITUATION)
        here = {person: status for person, status in self.statuses.items() if person[place] == row}
        return Everybody(self.facts, here)

    def moved_by(self) -> set[FactId]:
        """Facts in which two people differ, and in nothing else, and get answers of different classes."""
        if len({CLASS_OF[status] for status in self.statuses.values()}) == 1:
            return set()
        return {fact for place, fact in enumerate(self.facts) if self._moves(place)}

    def _moves(self, place: int) -> bool:
        alike: dict[tuple[FactValue | None, ...], set[str]] = {}
        for person, status in self.statuses.items():
            alike.setdefault(person[:place] + person[place + 1 :], set()).add(CLASS_OF[status])
        return any(len(classes) > 1 for classes in alike.values())


@pytest.mark.parametrize("service", SERVICES)
def test_missing_facts_are_exactly_those_that_can_move_the_verdict(
    service: str, rulebook: Rulebook, decide: Decide
) -> None:
    everybody = _everybody(rulebook, ServiceId(service))
    for row in rulebook.rows:
        _agrees_with_brute_force(decide(service, situation=row), everybody.in_row(row), row)
    _agrees_with_brute_force(decide(service), everybody, "nothing told")


def _everybody(rulebook: Rulebook, service: ServiceId) -> Everybody:
    rules = rulebook.services[service]
    facts = tuple(
        fact
        for fact in sorted(rules.deciding | {SITUATION})
        if not rulebook.facts[fact].volunteered or fact in rules.asks
    )
    rest = dict.fromkeys(set(rulebook.facts) - set(facts))
    statuses = {}
    for values in product(*(rulebook.rows if fact == SITUATION else TRIED.get(fact, (True, False)) for fact in facts)):
        person = Facts({**rest, **dict(zip(facts, values, strict=True))})
        if not contradictions(rulebook, person):
            statuses[values] = evaluate(rulebook, service, person, on=TODAY).status
    return Everybody(facts, statuses)


def _agrees_with_brute_force(decision: Decision, everybody: Everybody, who: str) -> None:
    assert set(decision.missing) == everybody.moved_by(), who
    assert (decision.status is Status.UNDETERMINED) == bool(decision.missing), who
    if decision.missing:
        assert decision.if_met is next(status for status in BEST_FIRST if status in everybody.statuses.values()), who


def test_the_whole_table_is_settled_within_a_book_that_loads_the_same_twice(rulebook: Rulebook) -> None:
    again = load_rulebook()
    assert again.hash == rulebook.hash
    assert again.services.keys() == rulebook.services.keys()
