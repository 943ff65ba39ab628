"""`python -m nlu.floors`: sets floors.yaml just under the figures that were measured last. A test fails below them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator

import yaml

from nlu.reported import Figures, read_figures
from nlu.text.variety import VARIETIES

FLOORS = Path(__file__).parent / "floors.yaml"
MARGIN = 0.01
"""One message of a hundred: less would fail by chance after a harmless change, more would hide a loss."""
HEAD = "# Written by `python -m nlu.floors` just under what nlu.write_report measured. Raise them; never lower them.\n"
Floors = Dict[str, Any]


@dataclass(frozen=True)
class Crossed:
    """What fell below its floor, or rose above its ceiling."""

    what: str
    limit: float
    found: float


def floors_under(figures: Figures) -> Floors:
    scores, screening = figures["parsers"]["local"]["development"]["varieties"], figures["danger"]
    locked = screening["locked"]["words"]["all"]
    return {
        "accuracy": {variety: _under(scores[variety]["accuracy"]) for variety in VARIETIES},
        "danger_recall": {
            **{variety: _under(screening["development"]["words"][variety]["recall"]) for variety in VARIETIES},
            "locked": _under(locked["recall"]),
        },
        "false_alarms_at_most": {
            "development": _over(screening["development"]["words"]["all"]["false_alarms"]),
            "locked": _over(locked["false_alarms"]),
        },
    }


def crossed(development: Figures, screening: Figures, floors: Floors) -> Iterator[Crossed]:
    """`development` and `screening` as `nlu.figures` measures them."""
    words = {name: sets["words"] for name, sets in screening.items()}
    for variety, floor in floors["accuracy"].items():
        yield from _below(f"accuracy {variety}", floor, development["varieties"][variety]["accuracy"])
    for name, floor in floors["danger_recall"].items():
        told = words["locked"]["all"] if name == "locked" else words["development"][name]
        yield from _below(f"danger recall {name}", floor, told["recall"])
    for name, ceiling in floors["false_alarms_at_most"].items():
        alarms = words[name]["all"]["false_alarms"]
        if alarms > ceiling:
            yield Crossed(f"false alarms {name}", ceiling, alarms)


def read_floors(file: Path = FLOORS) -> Floors:
    floors: Floors = yaml.safe_load(file.read_text(encoding="utf-8"))
    return floors


def main() -> int:
    FLOORS.write_text(HEAD + yaml.safe_dump(floors_under(read_figures()), sort_keys=False), encoding="utf-8")
    sys.stdout.write(f"  nlu written: {FLOORS.name}\n")
    return 0


def _below(what: str, floor: float, found: float) -> Iterator[Crossed]:
    if found < floor:
        yield Crossed(what, floor, found)


def _under(share: float) -> float:
    return max(0.0, round(share - MARGIN, 3))


def _over(share: float) -> float:
    return round(share + MARGIN, 3)


if __name__ == "__main__":
    sys.exit(main())
