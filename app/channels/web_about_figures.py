"""The figures about understanding as the page shows them: out of 100, and as lines of a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.channels.shapes import Json
from nlu.text.variety import VARIETIES

WIDTH, HEIGHT = 340, 220
START, END, TOP, BOTTOM = 30, 330, 10, 195
"""The edges of the drawing inside its frame."""
HIGHEST = 20
"""Wrong answers of 100 that the drawing shows at most; a curve ends at its edge."""
STEP_ACROSS, STEP_UP = 25, 5
SHARES = ("answered", "asked", "refused", "buttons", "wrong")

type Point = Sequence[float]


def varieties_shown(figures: Json) -> list[Json]:
    """A row per way of writing."""
    scores = figures["parsers"]["local"]["development"]["varieties"]
    return [
        {
            "name": variety,
            "right": percent(scores[variety]["accuracy"]),
            **{share: percent(scores[variety]["outcome"][share]) for share in SHARES},
        }
        for variety in VARIETIES
    ]


def picture_shown(figures: Json) -> Json:
    """A line per way of writing with a dot where answers stop, and the lines of the grid with their numbers."""
    scores = figures["parsers"]["local"]["development"]["varieties"]
    highest = highest_of([each["curve"] for each in scores.values()])
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "frame": {"start": START, "end": END, "top": TOP, "bottom": BOTTOM},
        "across": [{"at": _x(value), "value": value} for value in range(0, 101, STEP_ACROSS)],
        "up": [{"at": _y(value, highest), "value": value} for value in range(0, highest + 1, STEP_UP)],
        "lines": [_line(variety, scores[variety], highest) for variety in VARIETIES],
    }


def danger_shown(figures: Json) -> Json:
    """Of both sets of messages together, by the words alone: that is what works with every parser and with none."""
    told = [figures["danger"][name]["words"]["all"] for name in ("development", "locked")]
    cries, harmless = (sum(each[kind] for each in told) for kind in ("dangerous", "harmless"))
    noticed = sum(each["recall"] * each["dangerous"] for each in told) / cries
    alarms = sum(each["false_alarms"] * each["harmless"] for each in told) / harmless
    return {"cries": cries, "noticed": percent(noticed), "harmless": harmless, "alarms": percent(alarms)}


def percent(share: float) -> float:
    """Out of 100, with one decimal where there is one."""
    rounded = round(100 * share, 1)
    return int(rounded) if rounded.is_integer() else rounded


def highest_of(curves: Sequence[Sequence[Point]]) -> int:
    """The upper end of the scale: whole steps, and never so high that the small shares cannot be seen."""
    most = max((100 * wrong for curve in curves for _, wrong in curve), default=0)
    return min(HIGHEST, max(STEP_UP, STEP_UP * math.ceil(most / STEP_UP)))


def _line(variety: str, scores: Any, highest: int) -> Json:
    shown = [(_x(100 * answered), _y(100 * wrong, highest)) for answered, wrong in scores["curve"]]
    told = scores["outcome"]
    return {
        "name": variety,
        "points": " ".join(f"{across},{up}" for across, up in shown),
        "dot": {"across": _x(100 * told["answered"]), "up": _y(100 * told["wrong"], highest)},
    }


def _x(value: float) -> float:
    return round(START + (END - START) * value / 100, 1)


def _y(value: float, highest: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(value, highest) / highest, 1)
