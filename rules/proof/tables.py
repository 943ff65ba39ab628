"""The truth tables of one service: one for those who know their row, and one for each kind of paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from rules.compiled.reach import CLASS_OF
from rules.facts import SITUATION, FactId, FactValue
from rules.model import Status
from rules.papers import FIRST_CARD, rows_of
from rules.proof.space import Space
from rules.proof.table import Table

type Told = Mapping[FactId, FactValue | None]
type Axes = tuple[tuple[FactId, tuple[FactValue | None, ...]], ...]


def tables_of(space: Space) -> Iterator[Table]:
    yield _plain(space)
    for kind, situation in space.rulebook.situations.items():
        for campaign in ({}, {FIRST_CARD: None}, {FIRST_CARD: True}, {FIRST_CARD: False}) if situation.rows else ():
            told: Told = {SITUATION: kind, **campaign}
            rows = rows_of(space.rulebook, told)
            if campaign.get(FIRST_CARD) is not None and rows == situation.rows:
                continue  # The campaign rules out none of these rows: as if it were not known.
            yield _several(space, told, rows) if campaign == {FIRST_CARD: None} else _narrowing(space, told, rows)


def _plain(space: Space) -> Table:
    axes = tuple((axis.fact, axis.values) for axis in space.axes)
    spoken = tuple(_status(space, number) for number in range(space.size))
    statuses = tuple(None if number in space.impossible else status for number, status in enumerate(spoken))
    return Table(space, axes, statuses, spoken)


def _narrowing(space: Space, told: Told, rows: tuple[str, ...]) -> Table:
    """Which of the rows it is may still be asked."""
    kept = _representatives(space, rows)
    axes = tuple((axis.fact, kept if axis.fact == SITUATION else axis.values) for axis in space.axes)
    numbers = tuple(_numbers(space, axes))
    spoken = tuple(_status(space, number) for number in numbers)
    statuses = tuple(None if number in space.impossible else _status(space, number) for number in numbers)
    return Table(space, axes, statuses, spoken, forced=SITUATION, told=told)


def _several(space: Space, told: Told, rows: tuple[str, ...]) -> Table:
    """The person cannot say which of the rows it is: their common status, or uncertain."""
    impossible = space.contradicting(tuple(fact for fact in space.facts if fact != SITUATION))
    axes = tuple((axis.fact, axis.values) for axis in space.axes if axis.fact != SITUATION)
    by_row = [
        tuple(
            _numbers(
                space, tuple((axis.fact, (row,) if axis.fact == SITUATION else axis.values) for axis in space.axes)
            )
        )
        for row in _representatives(space, rows)
    ]
    spoken = tuple(_common({_status(space, number) for number in numbers}) for numbers in zip(*by_row, strict=True))
    people = zip(by_row[0], spoken, strict=True)
    statuses = tuple(None if number in impossible else status for number, status in people)
    return Table(space, axes, statuses, spoken, told=told)


def _representatives(space: Space, rows: tuple[str, ...]) -> tuple[FactValue | None, ...]:
    axis = next(axis for axis in space.axes if axis.fact == SITUATION)
    return tuple(dict.fromkeys(axis.representative(row) for row in rows))


def _numbers(space: Space, axes: Axes) -> Iterator[int]:
    """Those of the space who have these values, in the order of the axes."""
    places = []
    for axis, (_, values) in zip(space.axes, axes, strict=True):
        stride = space.strides[axis.fact]
        places.append([axis.values.index(value) * stride for value in values])
    return (sum(each) for each in product(*places))


def _status(space: Space, number: int) -> Status | None:
    mask = space.true_of[number]
    return space.first(mask).status if mask else None


def _common(statuses: set[Status | None]) -> Status | None:
    return next(iter(statuses)) if len(statuses) == 1 else Status.UNCERTAIN


def told_apart_by_campaign(space: Space) -> frozenset[FactId]:
    """Whether the first card came from a campaign, where that narrows a kind of paper to rows of another class."""
    for kind, situation in space.rulebook.situations.items():
        rows = {rows_of(space.rulebook, {SITUATION: kind, FIRST_CARD: campaign}) for campaign in (True, False)}
        if situation.rows and len({_classes(space, each) for each in rows}) > 1:
            return frozenset({FIRST_CARD})
    return frozenset()


def _classes(space: Space, rows: tuple[str, ...]) -> frozenset[str]:
    """Those of people in these rows who decline everything else."""
    axes = ((axis.fact, _representatives(space, rows) if axis.fact == SITUATION else (None,)) for axis in space.axes)
    statuses = (_status(space, number) for number in _numbers(space, tuple(axes)))
    return frozenset(CLASS_OF[status] for status in statuses if status)
