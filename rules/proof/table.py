"""What the open facts can still lead to, read off the truth table: no tree, no search, only unions.

A cell holds, as bits, the classes a person may get, the facts in which a neighbour of theirs gets another class, and
the rules that may speak. Leaving a fact unknown is the union of its slices. The engine finds the same in another
way (rules.compiled.reach); that both agree for everybody is what the proof checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from rules.compiled.reach import CLASS_OF, Class
from rules.conditions import holds
from rules.facts import SITUATION, FactId, FactValue
from rules.model import Status
from rules.papers import NOT_SAID
from rules.proof.space import Space

CLASS_BIT: Mapping[Class, int] = {Class.YES: 1, Class.NO: 2, Class.OPEN: 4}
CLASSES = 7
STATUSES = (Status.ELIGIBLE, Status.CONDITIONAL, Status.UNCERTAIN, Status.NOT_ELIGIBLE)
"""The best first."""


@dataclass(frozen=True)
class Seat:
    """Somebody who told `told` and left `open` unknown; `closed` is the place of who declines what is open."""

    told: Mapping[FactId, FactValue | None]
    open: frozenset[FactId]
    cell: int
    closed: int


@dataclass(frozen=True, eq=False)
class Table:
    """`statuses`: one for each person in the order of the product of `axes`; None for who cannot be."""

    space: Space
    axes: tuple[tuple[FactId, tuple[FactValue | None, ...]], ...]
    statuses: tuple[Status | None, ...]
    spoken: tuple[Status | None, ...]
    """The same, also for those who contradict themselves."""
    forced: FactId | None = None
    """A fact that stays unknown: the row of a kind of paper."""
    told: Mapping[FactId, FactValue | None] | None = None
    """What is known besides the axes."""

    @property
    def width(self) -> int:
        return (3 + len(STATUSES) + len(self.axes) + 7) // 8

    @cached_property
    def strides(self) -> tuple[int, ...]:
        found = [1]
        for _, values in reversed(self.axes):
            found.append(found[-1] * len(values))
        return tuple(reversed(found[:-1]))

    def moved(self, cell: int) -> frozenset[FactId]:
        """The facts that make a difference for some of those in the cell."""
        return frozenset(fact for place, (fact, _) in enumerate(self.axes) if cell >> (7 + place) & 1)

    def best(self, cell: int) -> Status:
        return next(status for place, status in enumerate(STATUSES) if cell >> (3 + place) & 1)

    def settled(self, cell: int) -> bool:
        return (cell & CLASSES).bit_count() == 1

    @cached_property
    def cells(self) -> tuple[int, ...]:
        bits = {status: CLASS_BIT[CLASS_OF[status]] | 1 << (3 + place) for place, status in enumerate(STATUSES)}
        cells = [bits[status] if status else 0 for status in self.statuses]
        classes = [cell & CLASSES for cell in cells]
        for place, stride in enumerate(self.strides):
            count = len(self.axes[place][1])
            for first in range(len(cells)):
                if first // stride % count:
                    continue
                alike = range(first, first + stride * count, stride)
                if reduce(or_, (classes[each] for each in alike)).bit_count() > 1:
                    for each in alike:
                        cells[each] |= 1 << (7 + place) if classes[each] else 0
        return tuple(cells)

    def expected(self, seat: Seat) -> Status | None:
        """Where it is settled: the status of who declines what is open, the least favourable of a kind of paper."""
        if self.forced is None:
            return self.spoken[seat.closed]
        place = next(place for place, (fact, _) in enumerate(self.axes) if fact == self.forced)
        numbers = range(len(self.axes[place][1]))
        found = {self.spoken[seat.closed + number * self.strides[place]] for number in numbers}
        return max((status for status in found if status), key=STATUSES.index, default=None)

    def seats(self, part: int = 0, parts: int = 1) -> Iterator[Seat]:
        """Everybody, complete or not. A fact that no longer matters is tried declined and unknown only.

        `part` of `parts`: those of every so many rows.
        """
        block = b"".join(cell.to_bytes(self.width) for cell in self.cells)
        yield from self._seats(0, block, Seat(dict(self.told or {}), frozenset(), 0, 0), (part, parts))

    def _seats(self, depth: int, block: bytes, seat: Seat, share: tuple[int, int]) -> Iterator[Seat]:
        if not any(block):
            return
        if depth == len(self.axes):
            yield Seat(seat.told, seat.open, int.from_bytes(block), seat.closed)
            return
        fact, values = self.axes[depth]
        size = len(block) // len(values)
        slices = [block[start : start + size] for start in range(0, len(block), size)]
        part, parts = share if fact == SITUATION else (0, 1)
        matters = len(set(filter(any, slices))) > 1
        if fact != self.forced:
            for place, value in enumerate(values):
                if place % parts != part or (place and not matters and slices[place] == slices[0]):
                    continue
                told = {**seat.told, fact: value}
                closed = seat.closed + place * self.strides[depth]
                yield from self._seats(depth + 1, slices[place], Seat(told, seat.open, 0, closed), share)
        if part == 0:
            yield from self._unknown(depth, slices, seat, share)

    def _unknown(self, depth: int, slices: list[bytes], seat: Seat, share: tuple[int, int]) -> Iterator[Seat]:
        fact, values = self.axes[depth]
        book, service = self.space.rulebook, self.space.service
        if book.facts[fact].volunteered and fact not in service.asks:
            return  # Counts as declined, which was tried.
        closed = seat.closed + self._declined(fact, values) * self.strides[depth]
        if fact != self.forced and fact in book.unasked_when and holds(book.unasked_when[fact], seat.told):
            block = slices[self._declined(fact, values)]
            yield from self._seats(depth + 1, block, Seat(seat.told, seat.open, 0, closed), share)
            return
        union = reduce(or_, (int.from_bytes(each) for each in slices)).to_bytes(len(slices[0]))
        yield from self._seats(depth + 1, union, Seat(seat.told, seat.open | {fact}, 0, closed), share)

    def _declined(self, fact: FactId, values: tuple[FactValue | None, ...]) -> int:
        """The place of the value that declining gives; for the situation, of the row of those who do not say."""
        axis = next(axis for axis in self.space.axes if axis.fact == fact)
        wanted = axis.representative(None if None in values else NOT_SAID)
        return values.index(wanted) if wanted in values else 0
