"""rules/book/CHANGES.md: which changed verdicts somebody has looked at and taken responsibility for.

Every row of the table under `## Unreleased` acknowledges one flip, or a group of flips that share their reason:

    | paper | told besides | service | before | now | why | source | acknowledged by | on |

`paper`, `told besides` and `service` hold ids, several parted by commas; `all` in `paper` stands for every paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from rules.history.flips import Flip, Key
from rules.load import BOOK
from rules.rulebook import Rulebook

CHANGES = BOOK / "CHANGES.md"
UNRELEASED = "Unreleased"
COLUMNS = ("paper", "told besides", "service", "before", "now", "why", "source", "acknowledged by", "on")
EVERY_PAPER = "all"


class BadChanges(Exception):
    """A row of CHANGES.md that cannot be read: line and reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"CHANGES.md:{line}: {reason}")


@dataclass(frozen=True)
class Acknowledged:
    """One row: the flips it stands for, and who looked at them."""

    line: int
    flips: frozenset[Key]
    why: str
    sources: tuple[str, ...]
    by: str
    on: date


def read_changes(path: Path, rulebook: Rulebook, *, section: str = UNRELEASED) -> tuple[Acknowledged, ...] | None:
    """The rows of one section; None where there is no such section. BadChanges at the first row that cannot be read."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    rows = _rows(lines, section)
    return None if rows is None else tuple(_acknowledged(line, cells, rulebook) for line, cells in rows)


def _rows(lines: list[str], section: str) -> list[tuple[int, list[str]]] | None:
    found: list[tuple[int, list[str]]] | None = None
    inside = False
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            inside = line[3:].split("·")[0].strip() == section
            found = [] if inside and found is None else found
        elif inside and line.startswith("|") and found is not None:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if cells[0] != COLUMNS[0] and set("".join(cells)) - set("-: "):
                found.append((number, cells))
    return found


def _acknowledged(line: int, cells: list[str], rulebook: Rulebook) -> Acknowledged:
    if len(cells) != len(COLUMNS):
        raise BadChanges(line, f"{len(cells)} columns where {len(COLUMNS)} are needed: {', '.join(COLUMNS)}")
    papers, besides, services, before, now, why, source, by, on = cells
    for column, cell in (("why", why), ("source", source), ("acknowledged by", by)):
        if not cell:
            raise BadChanges(line, f"{column!r} is empty")
    sources = tuple(_listed(source))
    if unknown := [each for each in sources if each not in rulebook.citations]:
        raise BadChanges(line, f"unknown source {unknown[0]!r}")
    named = tuple(rulebook.situations) if papers == EVERY_PAPER else tuple(_listed(papers))
    groups = product(named, tuple(_listed(besides)) or ("",), tuple(_listed(services)))
    flips = frozenset(Key(paper, told, service, before, now) for paper, told, service in groups)
    return Acknowledged(line, flips, why, sources, by, _day(on, line))


def _listed(cell: str) -> Iterator[str]:
    return (name for part in cell.split(",") if (name := part.strip().strip("`")))


def _day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadChanges(line, f"{text!r} is not a day such as 2026-11-21") from error


def compare(flips: tuple[Flip, ...], acknowledged: tuple[Acknowledged, ...]) -> Iterator[str]:
    """What is wrong between what flips and what was acknowledged; nothing where both say the same."""
    real, seen = {flip.key for flip in flips}, set[Key]()
    for row in acknowledged:
        for key in sorted(row.flips - real):
            yield f"CHANGES.md:{row.line}: acknowledged, but it does not flip: {key}"
        for key in sorted(row.flips & seen):
            yield f"CHANGES.md:{row.line}: acknowledged twice: {key}"
        seen |= row.flips
    for flip in flips:
        if flip.key not in seen:
            yield f"not acknowledged: {flip.key}"


def rows_to_fill_in(flips: tuple[Flip, ...]) -> Iterator[str]:
    """The missing rows, ready to be completed: one for each group of papers that flips alike."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for flip in flips:
        groups.setdefault((flip.key.besides, flip.key.service, flip.key.before, flip.key.now), []).append(
            flip.key.paper
        )
    for (besides, service, before, now), papers in groups.items():
        yield f"| {', '.join(papers)} | {besides} | {service} | {before} | {now} |  |  |  |  |"
