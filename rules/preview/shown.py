"""`python -m rules.try --service S fact=value …`: the answer of the book on disk, with where it was written.

Without --watch once; with it again after every change. What is wrong with the book is said as the loader says it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import sleep

from rules.admit import InvalidFact, admit, contradictions
from rules.catalogs import LANGUAGES, SOURCE, Words, read_catalogs, word, words_of
from rules.errors import RulebookError, suggestion
from rules.facts import FactId, Facts
from rules.load import BOOK, load_rulebook
from rules.model import ServiceId
from rules.preview.near import Wanted
from rules.preview.places import places_of
from rules.preview.told import told
from rules.rulebook import FactDefinition, FactType, Rulebook

DECLINED = ("declined", "?", "")
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
PAUSE = 0.5
"""Seconds between two looks at the files."""


class NotKnown(Exception):
    """A word of the command line that the book does not have, and the nearest that it has."""


def main(arguments: Sequence[str], again: Callable[[], Iterator[None]] | None = None) -> int:
    """`again` yields whenever it is time to look whether the book has changed."""
    options = _options(arguments)
    code = _show(options)
    if options.watch:
        seen = _state_of(options.folder)
        for _ in (again or _ticks)():
            if (now := _state_of(options.folder)) != seen:
                seen = now
                sys.stdout.write(f"\n{'─' * 80}\n")
                code = _show(options)
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rules.try", description="What would this person be told?")
    parser.add_argument("--service", required=True)
    parser.add_argument("facts", nargs="*", metavar="fact=value", help="fact=? where the person would rather not say")
    parser.add_argument("--rest", choices=("unasked", "declined"), default="unasked", help="the facts not named")
    parser.add_argument("--language", choices=LANGUAGES, default=SOURCE)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the day, if not today")
    parser.add_argument("--watch", action="store_true", help="again after every change of the book")
    parser.add_argument("--folder", type=Path, default=BOOK, help="the rule book")
    return parser.parse_args(arguments)


def _show(options: argparse.Namespace) -> int:
    try:
        rulebook = load_rulebook(options.folder)
        facts = facts_of(rulebook, options.facts, declined=options.rest == "declined")
        wanted = Wanted(rulebook, _service(rulebook, options.service), facts, options.on)
        words = _words(rulebook, options.language)
        lines = told(wanted, places_of(options.folder), partial(_said, words, options.language))
        sys.stdout.write("\n".join(lines) + "\n")
    except (RulebookError, NotKnown) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _words(rulebook: Rulebook, language: str) -> Words:
    return words_of(rulebook.texts, {} if language == SOURCE else read_catalogs())


def _said(words: Words, language: str, text: str) -> str:
    return word(words, text, language).replace("\n", " ")


def facts_of(rulebook: Rulebook, written: Sequence[str], *, declined: bool = False) -> Facts:
    """`age=17` and the like. NotKnown for what no person can say."""
    raw = dict(_answer(rulebook, each) for each in written)
    try:
        facts = admit(rulebook, raw)
    except InvalidFact as error:
        raise NotKnown(_misfit(rulebook.facts[FactId(error.fact)], raw[error.fact])) from error
    if clashes := contradictions(rulebook, facts):
        raise NotKnown(
            f"nobody is both: {rulebook.texts[clashes[0].say]} (change one of {', '.join(clashes[0].facts)})"
        )
    return Facts({**dict.fromkeys(rulebook.facts), **facts}) if declined else facts


def _answer(rulebook: Rulebook, written: str) -> tuple[str, object]:
    name, separator, value = written.partition("=")
    if not separator:
        raise NotKnown(f"{written!r} is no answer (write fact=value, as in age=17)")
    definition = rulebook.facts.get(FactId(name))
    if definition is None:
        raise NotKnown(f"unknown fact {name!r} ({suggestion(name, rulebook.facts)})")
    if value in DECLINED:
        return name, None
    if definition.type is FactType.BOOLEAN:
        return name, TRUTHS.get(value, value)
    if definition.type is FactType.INTEGER and value.lstrip("-").isdecimal():
        return name, int(value)
    return name, value


def _misfit(definition: FactDefinition, value: object) -> str:
    match definition.type:
        case FactType.BOOLEAN:
            remedy = "true or false"
        case FactType.INTEGER:
            remedy = f"a whole number from {definition.minimum} to {definition.maximum}"
        case FactType.CHOICE:
            remedy = suggestion(value, definition.values)
        case FactType.TEXT:
            remedy = f"a text like {definition.pattern}"
    return f"{value!r} is no value of {definition.fact} ({remedy})"


def _service(rulebook: Rulebook, name: str) -> ServiceId:
    if name not in rulebook.services:
        raise NotKnown(f"unknown service {name!r} ({suggestion(name, rulebook.services)})")
    return ServiceId(name)


def _state_of(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple((path.as_posix(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*.yaml")))


def _ticks() -> Iterator[None]:
    try:
        while True:
            sleep(PAUSE)
            yield
    except KeyboardInterrupt:
        return
