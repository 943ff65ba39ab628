"""`python -m nlu.floors`: measures what every start has, and sets floors.yaml just under it. A test fails below.

That is the fast part of the classifier and the screening for danger: both learned or read in seconds. What the whole
classifier adds stands in the report.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, Tuple

import yaml

from nlu.classifier import Classifier
from nlu.examples import read_examples
from nlu.figures import danger, development
from nlu.reported import Figures
from nlu.speed import DEVELOPMENT
from nlu.text.variety import VARIETIES

FLOORS = Path(__file__).parent / "floors.yaml"
MARGIN = 0.01
"""One message of a hundred: less would fail by chance after a harmless change, more would hide a loss."""
HEAD = "# Written by `python -m nlu.floors` just under what it measured. Raise them; never lower them.\n"
Floors = Dict[str, Any]


@dataclass(frozen=True)
class Crossed:
    """What fell below its floor, or rose above its ceiling."""

    what: str
    limit: float
    found: float


def measured() -> Tuple[Figures, Figures]:
    """The development set as the fast part hears it, and both danger sets as they are screened without a parser."""
    known = read_examples()
    classifier = Classifier.fast_only([each.text for each in known], [each.intent for each in known])
    return development(read_examples(DEVELOPMENT), classifier.rankings), danger(None)


def floors_under(development: Figures, screening: Figures) -> Floors:
    """`development` and `screening` as `measured` has them."""
    scores, locked = development["varieties"], screening["locked"]["words"]["all"]
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
    FLOORS.write_text(HEAD + yaml.safe_dump(floors_under(*measured()), sort_keys=False), encoding="utf-8")
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
