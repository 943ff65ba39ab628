"""`python -m nlu.danger_score [file]`: how many cries for help of a set are noticed. Prints totals, never a message."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterable, List, Optional

from nlu.danger_learn import HARMLESS, read_lines
from nlu.examples import read_examples
from nlu.text.danger import Alarm, alarm_in

DEVELOPMENT = Path(__file__).parent / "evaluation" / "danger_development.csv"


@dataclass(frozen=True)
class Screened:
    """A message of a set and what the screening made of it; `danger` is empty for a harmless one."""

    variety: str
    danger: str
    kind: str
    alarm: Optional[Alarm]


@dataclass(frozen=True)
class Tally:
    """Shares: noticed at all, noticed surely, and under the right heading."""

    count: int
    noticed: float
    sure: float
    right: float


def screened(file: Path) -> List[Screened]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["text"]]
    return [Screened(row["variety"], row["danger"] or "", row["kind"], alarm_in(row["text"])) for row in rows]


def tally(messages: Iterable[Screened]) -> Tally:
    every = list(messages)
    alarms = [(message.danger, message.alarm) for message in every if message.alarm is not None]
    count = len(every) or 1
    return Tally(
        len(every),
        len(alarms) / count,
        sum(alarm.sure for _, alarm in alarms) / count,
        sum(danger == alarm.danger for danger, alarm in alarms) / count,
    )


def told(messages: Iterable[Screened], of: Callable[[Screened], str]) -> Dict[str, Tally]:
    groups: Dict[str, List[Screened]] = defaultdict(list)
    for message in messages:
        groups[of(message)].append(message)
    return {name: tally(group) for name, group in sorted(groups.items())}


def report(file: Path) -> List[str]:
    messages = screened(file)
    dangerous = [message for message in messages if message.danger]
    harmless = [message for message in messages if not message.danger]
    lines = [_line("all", tally(dangerous))]
    for of in (_variety, _danger, _kind):
        lines += ["", *(_line(name, each) for name, each in told(dangerous, of).items())]
    lines += ["", "false alarms", _line("all", tally(harmless), harmless=True)]
    return [*lines, *(_line(name, each, harmless=True) for name, each in told(harmless, _variety).items())]


def among_examples() -> List[str]:
    """False alarms among the training examples that are no danger; the screening has seen them."""
    examples = [each for each in read_examples() if each.intent not in _DANGEROUS]
    every = [Screened(each.variety, "", each.intent, alarm_in(each.text)) for each in examples]
    return [_line("examples of other intents", tally(every), harmless=True)]


_DANGEROUS = ("emergency", "need_protection", "need_asylum")


def _variety(message: Screened) -> str:
    return message.variety


def _danger(message: Screened) -> str:
    return message.danger


def _kind(message: Screened) -> str:
    return message.kind


def _line(name: str, each: Tally, *, harmless: bool = False) -> str:
    right = "" if harmless else f"  right door {each.right:.3f}"
    return f"  {name:<26} {each.count:>5}  noticed {each.noticed:.3f}  surely {each.sure:.3f}{right}"


def main(arguments: List[str]) -> int:
    file = Path(arguments[0]) if arguments else DEVELOPMENT
    lines = report(file)
    if not arguments:
        own = [line for line in read_lines() if line.danger == HARMLESS]
        seen = [Screened(line.variety, "", HARMLESS, alarm_in(line.text)) for line in own]
        lines += [*among_examples(), _line("harmless lines of our own", tally(seen), harmless=True)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
