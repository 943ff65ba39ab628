"""`python -m rules.questions [--on DAY]`: how many questions each need takes, ours against a form and the optimum."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from rules.load import BOOK, load_rulebook
from rules.questions.plan import Worth
from rules.questions.report import POLICIES, Line, compared

HEADER = ("need", "population", *POLICIES, "optimum", "price of the order")
EXPLAINED = """
Each cell: questions on average (cost, with what is sensitive weighing more). Whole form: every question the services
read, as the book lists them; until settled: the same, stopping once no verdict is open; where it matters: without
those that can no longer move a verdict; most verdicts first: by stage, then what most open verdicts wait for.
Ours and safety: with the questions of safety that no verdict waits for. Optimum: the best of all orders, by dynamic
programming, with nothing asked first; the price is what asking for the paper, the family and the nationality first
costs against it. Where there are too many orders: the best after the paper, and in brackets what none can go below.
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m rules.questions", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BOOK, help="the rule book")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the day, if not today")
    options = parser.parse_args(arguments)
    rulebook = load_rulebook(options.folder)
    sys.stdout.write(f"{_row(HEADER)}\n{_row(['---', '---', *['---:'] * (len(HEADER) - 2)])}\n")
    for line in compared(rulebook, options.on):
        sys.stdout.write(f"{row_of(line)}\n")
        sys.stdout.flush()
    sys.stdout.write(EXPLAINED)
    return 0


def row_of(line: Line) -> str:
    best = _told(line.best) if line.is_optimum else f"{_told(line.best)} [{_told(line.least)}]"
    price = line.by_policy["ours"].cost - line.best.cost
    return _row([line.need, line.population, *map(_told, line.by_policy.values()), best, f"{price:.2f}"])


def _told(worth: Worth) -> str:
    return f"{worth.questions:.2f} ({worth.cost:.2f})"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
