"""The logic of one service as a drawing: gate after gate along a line, each with the answer it leads to.

Places only: the template writes the SVG. Drawn from the start of the line to its end, so mirrored in Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.channels.shapes import Voice
from app.channels.web_rules_lines import in_lines
from app.channels.web_rules_when import BULLET, FEW, clause, paper_name, paragraphs
from rules.overview import Part, Step, steps_of
from rules.rulebook import Rulebook, ServiceRules

WIDTH = 360
SPINE, BOX, BOX_WIDTH = 18, 42, 206
ANSWER, ANSWER_WIDTH = 308, 100
"""The middle of the answers, and how wide their words may be."""
SIZE, LEADING, PADDING, GAP = 14, 20, 10, 18
MARK = 30
RISE = 15
"""From the top of a line down to where its letters stand."""
HEAD = 34
BULLET_WIDTH = 11


@dataclass(frozen=True)
class Line:
    """One line of text. `y` is where its letters stand."""

    x: float
    y: float
    say: str
    strong: bool = False


@dataclass(frozen=True)
class Gate:
    """A question on the way, its box, and the answer beside it."""

    number: int
    part: Part
    y: float
    height: float
    status: str
    lean: str | None
    lines: tuple[Line, ...]
    words: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Picture:
    """`mirrored`: drawn from right to left; x of lines are final, everything else is mirrored by the template."""

    height: float
    mirrored: bool
    gates: tuple[Gate, ...]
    heads: tuple[Line, ...]
    width: float = WIDTH

    def x(self, from_start: float, width: float = 0) -> float:
        return WIDTH - from_start - width if self.mirrored else from_start


def picture_of(service: ServiceRules, rulebook: Rulebook, on: date, voice: Voice) -> Picture:
    mirrored = voice.direction == "rtl"
    gates: list[Gate] = []
    heads: list[Line] = []
    y, before = 6.0, None
    steps = steps_of(rulebook, service, on)
    for number, step in enumerate(steps, 1):
        if step.part is not before:
            before, y = step.part, y + HEAD
            heads.append(Line(_x(BOX, mirrored), y - 10, voice.say(f"about.rules.part.{step.part}"), strong=True))
        told = list(_told(step, steps, rulebook, voice))
        gates.append(_gate(number, step, told, y, voice))
        y = gates[-1].y + gates[-1].height + GAP
    return Picture(y, mirrored, tuple(gates), tuple(heads))


def _gate(number: int, step: Step, told: list[tuple[str, bool]], y: float, voice: Voice) -> Gate:
    mirrored = voice.direction == "rtl"
    broken = list(_broken(told))
    word = voice.say(f"about.rules.short.{step.status}")
    leaning = [voice.say(f"about.rules.leans.{step.lean}")] if step.lean else []
    under = [line for text in (word, *leaning) for line in in_lines(text, ANSWER_WIDTH / SIZE)]
    height = max(len(broken) * LEADING + 2 * PADDING - 4, MARK + len(under) * LEADING + 8)
    first = y + (height - len(broken) * LEADING) / 2 + RISE
    lines = tuple(
        Line(_x(BOX + PADDING + indent, mirrored), first + place * LEADING, line, strong=strong)
        for place, (line, strong, indent) in enumerate(broken)
    )
    top = y + (height - MARK - len(under) * LEADING) / 2
    words = tuple(
        Line(_x(ANSWER, mirrored), top + MARK + 16 + place * LEADING, line, strong=place == 0)
        for place, line in enumerate(under)
    )
    return Gate(number, step.part, y, height, str(step.status), str(step.lean) if step.lean else None, lines, words)


def _broken(told: list[tuple[str, bool]]) -> Iterator[tuple[str, bool, float]]:
    """Line, whether it stands out, and how far in it begins: what goes on below a bullet stands under its text."""
    for text, strong in told:
        indent = BULLET_WIDTH if text.startswith(BULLET) else 0
        for place, line in enumerate(in_lines(text, (BOX_WIDTH - 2 * PADDING - indent) / SIZE)):
            yield line, strong, indent if place else 0


def _x(from_start: float, mirrored: bool) -> float:
    return WIDTH - from_start if mirrored else from_start


def _told(step: Step, steps: tuple[Step, ...], rulebook: Rulebook, voice: Voice) -> Iterator[tuple[str, bool]]:
    """Whom the gate lets through to its answer."""
    if step.when is not None:
        yield from paragraphs(clause(step.when, rulebook, voice))
        return
    sooner = {paper for other in steps if other.rank < step.rank for paper in other.papers}
    named = [paper for paper in step.papers if paper not in sooner]
    if len(named) == len(rulebook.rows):
        yield voice.say("about.rules.when.every"), True
    elif _is_rest(step, steps, rulebook):
        yield voice.say("about.rules.when.every_other"), True
    else:
        if step.part is not Part.PAPERS:
            yield voice.say("about.rules.when.papers"), False
        yield from ((f"{BULLET}{paper_name(paper, voice)}", False) for paper in named)


def _is_rest(step: Step, steps: tuple[Step, ...], rulebook: Rulebook) -> bool:
    """The last one, where all that it does not take has been named before."""
    named = {paper for other in steps if other is not step for paper in other.papers}
    left = set(rulebook.rows) - named
    return step is steps[-1] and len(left) > FEW and left <= set(step.papers)
