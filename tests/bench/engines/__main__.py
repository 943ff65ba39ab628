"""`python -m tests.bench.engines`: our rules against zen-engine and openfisca-core, same rules, same people, one run.

Only complete people are compared: the other engines know no unknown. Ours gives the whole decision (reasons, sources,
conditions, papers, next steps), theirs the status, the rule, its reason and its sources. Times are of the processor.
Prints Markdown tables and draws the curve. About ten minutes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rules.load import load_rulebook
from tests.bench.engines.curve import SIZES, Curve, curves, drawn
from tests.bench.engines.duel import Duel, Row

PICTURE = Path("docs/pictures/engines.svg")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000, help="measured one by one")
    parser.add_argument("--batch", type=int, default=100_000, help="decided all at once")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    options = parser.parse_args(arguments)
    rulebook = load_rulebook()
    duel = Duel(rulebook, options.people, options.batch)
    for line in (*_compared(duel), *_memory(duel)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    found = curves(rulebook)
    for line in _grown(found):
        sys.stdout.write(f"{line}\n")
    drawn(found, options.picture)
    return 0


def _compared(duel: Duel) -> Iterator[str]:
    duel.check_agreement()
    yield f"{duel.one_by_one} people one by one, {duel.batch} at once, {duel.services} services, {duel.rules} rules\n"
    yield "| engine | one person, µs: median | p95 | batch, people/s |"
    yield "| --- | ---: | ---: | ---: |"
    for row in duel.rows():
        yield _line(row)


def _line(row: Row) -> str:
    times = (f"{row.times.middle:.0f}", f"{row.times.p95:.0f}") if row.times else ("", "")
    return f"| {row.engine} | {times[0]} | {times[1]} | {f'{row.per_second:,.0f}' if row.per_second else ''} |"


def _memory(duel: Duel) -> Iterator[str]:
    kept = duel.memory()
    yield f"\nkept after {kept.people} people: {kept.states} states and {kept.decisions} ready decisions compiled, "
    yield f"{kept.cells} cells of at most {kept.most_cells}; {kept.megabytes:.0f} MB in all"


def _grown(found: list[Curve]) -> Iterator[str]:
    yield f"\n| one person, median µs | {' | '.join(f'{size}×' for size in SIZES)} |"
    yield f"| --- |{' ---: |' * len(SIZES)}"
    for curve in found:
        yield f"| {curve.name} | {' | '.join(f'{value:.0f}' for value in curve.microseconds)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
