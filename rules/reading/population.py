"""population.yaml as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from rules.errors import suggestion
from rules.facts import SITUATION, FactId, FactValue
from rules.population import Holders, Population, Shares
from rules.reading.misfits import parsed
from rules.reading.references import Place
from rules.reading.schema import FactRef, Name, Spec
from rules.reading.services import Ground
from rules.rulebook import FactDefinition, FactType

POPULATION = "population.yaml"
LEVELS = 4

type Count = Annotated[int, Field(ge=0)]


class Grounded(Spec):
    """A figure, and what it rests on."""

    cite: list[FactRef] = Field(default_factory=list)
    assumed: bool = False
    why: str = ""


class HoldersSpec(Grounded):
    says: Annotated[list[Name], Field(min_length=1)]
    row: Name | None = None
    people: Count


class AnswerSpec(Spec):
    value: str | bool | None = None
    first: Annotated[int | None, Field(alias="from")] = None
    to: int | None = None
    people: Count


class SharesSpec(Grounded):
    fact: Name
    rows: list[Name] = Field(default_factory=list)
    answers: Annotated[list[AnswerSpec], Field(min_length=1)]


class PopulationFile(Spec):
    sensitivity_weight: Annotated[float, Field(ge=0)]
    declines: Annotated[list[Annotated[int, Field(ge=0, le=99)]], Field(min_length=LEVELS, max_length=LEVELS)]
    holders: Annotated[list[HoldersSpec], Field(min_length=1)]
    shares: list[SharesSpec]


def population_of(raw: Any, ground: Ground) -> Population | None:
    """None for a book from before the file."""
    if raw is None:
        return None
    spec = parsed(PopulationFile, raw, POPULATION)
    shares: dict[FactId, tuple[Shares, ...]] = {}
    for each in spec.shares:
        fact = FactId(each.fact)
        _closed(shares.get(fact, ()), Place(POPULATION, each.fact, ground.refer))
        shares[fact] = (*shares.get(fact, ()), _shares(each, ground))
    for fact, several in shares.items():
        if several[-1].rows:
            place = Place(POPULATION, fact, ground.refer)
            raise place.wrong("nothing is said of everybody else", remedy="add an entry without rows, after these")
    return Population(
        holders=tuple(_holders(each, ground) for each in spec.holders),
        shares=shares,
        declines=tuple(percent / 100 for percent in spec.declines),
        sensitivity_weight=spec.sensitivity_weight,
    )


def _closed(before: tuple[Shares, ...], place: Place) -> None:
    if before and not before[-1].rows:
        raise place.wrong("it comes after the entry about everybody", remedy="move the entry without rows to the end")


def _holders(spec: HoldersSpec, ground: Ground) -> Holders:
    place = Place(POPULATION, spec.says[-1], ground.refer)
    _check_ground(spec, place)
    row = spec.row or spec.says[-1]
    rows = {situation.id for situation in ground.situations.values() if not situation.rows}
    for name, known in ((row, rows), *((said, set(ground.situations)) for said in spec.says)):
        if name not in known:
            raise place.wrong(f"unknown situation {name!r}", remedy=suggestion(name, known), named=name)
    return Holders(row, tuple(spec.says), float(spec.people))


def _shares(spec: SharesSpec, ground: Ground) -> Shares:
    place = Place(POPULATION, spec.fact, ground.refer)
    _check_ground(spec, place)
    definition = ground.facts.get(FactId(spec.fact))
    if definition is None or definition.fact == SITUATION or definition.type is FactType.TEXT:
        remedy = suggestion(spec.fact, set(ground.facts) - {SITUATION})
        raise place.wrong(f"{spec.fact} is no fact to give shares of", remedy=remedy, named=spec.fact)
    rows: set[str] = set()
    for name in spec.rows:
        if name not in ground.groups and name not in ground.situations:
            remedy = suggestion(name, [*ground.groups, *ground.situations])
            raise place.wrong(f"unknown situation or group {name!r}", remedy=remedy, named=name)
        rows |= ground.groups.get(name, frozenset({name}))
    people: defaultdict[FactValue, float] = defaultdict(float)
    for answer in spec.answers:
        for value, count in _answers(answer, definition, place):
            people[value] += count
    if not any(people.values()):
        raise place.wrong("nobody answers", remedy="give people to an answer")
    return Shares(frozenset(rows), dict(people))


def _answers(spec: AnswerSpec, definition: FactDefinition, place: Place) -> Iterator[tuple[FactValue, float]]:
    if definition.type is FactType.INTEGER:
        low, high = definition.minimum or 0, definition.maximum or 0
        if spec.first is None or spec.to is None or not low <= spec.first <= spec.to <= high:
            remedy = f"write {{from: {low}, to: {high}, people: 1}}"
            raise place.wrong("a range of numbers is needed", remedy=remedy, named=spec.value or "answers")
        years = range(spec.first, spec.to + 1)
        yield from ((year, spec.people / len(years)) for year in years)
        return
    allowed = {True, False} if definition.type is FactType.BOOLEAN else definition.values
    if spec.value is None or spec.value not in allowed:
        remedy = suggestion(spec.value, [str(value) for value in allowed])
        raise place.wrong(f"{spec.value!r} is no answer to it", remedy=remedy, named=spec.value or "answers")
    yield spec.value, float(spec.people)


def _check_ground(spec: Grounded, place: Place) -> None:
    place.cite(spec.cite)
    if not spec.cite and not spec.assumed:
        raise place.wrong("a figure rests on a source", remedy="add cite, or assumed: true and why")
    if spec.assumed and not spec.why:
        raise place.wrong("assumed for no reason", remedy="add why")
