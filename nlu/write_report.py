"""`python -m nlu.write_report`: measures everything and writes REPORT.md, figures.json and the pictures; minutes.

`--again` writes the report from the figures that are there. `--without-rasa` leaves Rasa out.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any, Iterable, Iterator, List, Optional, Sequence

from nlu.figures import measured
from nlu.learn import learn
from nlu.reported import REPORT, Figures, read_figures, write_figures
from nlu.text.variety import VARIETIES

TEXTS = Path(__file__).parent / "report_texts.md"
_PART = "## "


def main(arguments: Optional[List[str]] = None) -> int:
    options = _options(arguments)
    began = time.monotonic()

    def say(line: str) -> None:
        sys.stdout.write(f"  nlu {time.monotonic() - began:5.1f} s  {line}\n")
        sys.stdout.flush()

    if not options.again:
        learn()
        write_figures(measured(say, rasa=not options.without_rasa))
    figures = read_figures()
    from nlu.pictures import draw  # noqa: PLC0415  a second long, and only this command draws

    draw(figures)
    REPORT.write_text(report(figures), encoding="utf-8")
    say(f"written: {REPORT.name}")
    return 0


def report(figures: Figures) -> str:
    """The same figures give the same report."""
    tables = {
        "Data": _data(figures),
        "By variety": _varieties(figures),
        "Answered, asked, refused": _outcomes(figures),
        "By intent": _intents(figures),
        "Mistaken for each other": _confusions(figures),
        "Named things": _entities(figures),
        "Danger": _danger(figures),
        "Cross-validation": _cross_validation(figures),
        "Speed and size": _speed(figures),
    }
    parts = TEXTS.read_text(encoding="utf-8").format(**_named(figures)).split(f"\n{_PART}")
    return "\n".join(_with_table(part, tables) for part in parts)


def _with_table(part: str, tables: "dict[str, Iterator[str]]") -> str:
    title, _, text = part.partition("\n")
    if title not in tables:
        return part
    return f"\n{_PART}{title}\n{text.rstrip()}\n\n" + "\n".join(tables[title]) + "\n"


def _named(figures: Figures) -> "dict[str, Any]":
    return {
        "made_on": figures["made_on"],
        "seed": figures["seed"],
        "model": figures["model"],
        "messages": figures["parsers"]["local"]["development"]["varieties"]["all"]["messages"],
    }


def _data(figures: Figures) -> Iterator[str]:
    messages = _of(figures, "local")
    yield from _head("variety", "examples that teach", "development messages")
    for variety in VARIETIES:
        yield _row(variety, figures["examples"][variety], messages[variety]["messages"])


def _varieties(figures: Figures) -> Iterator[str]:
    parsers = list(figures["parsers"])
    yield from _head("variety", *(f"{name}: {what}" for name in parsers for what in ("accuracy", "macro-F1")))
    for variety in (*VARIETIES, "all"):
        scores = (_of(figures, name)[variety] for name in parsers)
        yield _row(variety, *(each[what] for each in scores for what in ("accuracy", "macro_f1")))


def _outcomes(figures: Figures) -> Iterator[str]:
    yield from _head(
        "variety", "answer from", "ask from", "answered", "wrong", "asked", "helped", "refused", "rightly", "buttons"
    )
    for variety in VARIETIES:
        told, band = _of(figures, "local")[variety]["outcome"], figures["bands"][variety]
        shares = (told[name] for name in ("answered", "wrong", "asked", "helped", "refused", "rightly", "buttons"))
        yield _row(variety, band["answer"], band["clarify"], *shares)


def _intents(figures: Figures) -> Iterator[str]:
    yield from _head("intent", "precision", "recall", "F1", "messages")
    for name, row in figures["parsers"]["local"]["development"]["intents"].items():
        yield _row(name, *row)


def _confusions(figures: Figures) -> Iterator[str]:
    yield from _head("meant", "heard", "messages")
    for row in figures["parsers"]["local"]["development"]["confusions"][:20]:
        yield _row(*row)


def _entities(figures: Figures) -> Iterator[str]:
    yield from _head("kind", "variety", "precision", "recall", "F1", "marked")
    for name, row in figures["entities"].items():
        yield _row(*name.split(), *row)


def _danger(figures: Figures) -> Iterator[str]:
    yield from _head("messages", "variety", "heard by", "recall", "right door", "false alarms", "cries", "harmless")
    for name, ways in figures["danger"].items():
        for way, varieties in ways.items():
            for variety, told in varieties.items():
                yield _row(name, variety, way, *told.values())


def _cross_validation(figures: Figures) -> Iterator[str]:
    yield from _head("variety", "examples", "accuracy", "macro-F1")
    for variety, told in figures["cross_validation"].items():
        yield _row(variety, *told.values())


def _speed(figures: Figures) -> Iterator[str]:
    yield from _head("parser", "start s", "memory MB", "callers", "p50 ms", "p95 ms", "per second")
    for name, parser in figures["parsers"].items():
        speed = parser["speed"]
        for callers, told in speed["callers"].items():
            times = (f"{told[what]:.1f}" for what in ("p50", "p95", "per_second"))
            yield _row(name, f"{speed['start_seconds']:.1f}", f"{speed['megabytes']:.0f}", callers, *times)
    training = figures["parsers"].get("rasa", {}).get("training")
    if training:
        seconds, peak, size = (training[name] for name in ("seconds", "megabytes_peak", "megabytes_archive"))
        yield f"\nRasa's training: {seconds:.0f} s, at most {peak:.0f} MB of memory; the archive has {size:.1f} MB."


def _of(figures: Figures, parser: str) -> Any:
    return figures["parsers"][parser]["development"]["varieties"]


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + " --- |" * len(names)


def _row(*cells: Any) -> str:
    return "| " + " | ".join(_shown(cells)) + " |"


def _shown(cells: Sequence[Any]) -> Iterable[str]:
    return (f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells)


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nlu.write_report")
    parser.add_argument("--again", action="store_true", help="from the figures that are there")
    parser.add_argument("--without-rasa", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
