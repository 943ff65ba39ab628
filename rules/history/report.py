"""Flips as a table that a lawyer can read and sign, one for each language: Markdown, or a page that prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from rules.catalogs import Words, word
from rules.facts import FactId
from rules.history.flips import ABSENT, Flip
from rules.history.personas import CELL, UNASKED
from rules.receipt import Verdict
from rules.rulebook import Rulebook

COLUMNS = ("number", "paper", "besides", "service", "before", "now", "reason_before", "reason_now", "sources")
RIGHT_TO_LEFT = frozenset({"ar"})
STYLE = """
body { font: 11pt/1.45 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; margin: 1.5rem; color: #000; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { border: 1px solid #000; padding: .25rem .4rem; text-align: start; vertical-align: top; }
section + section { break-before: page; }
.sign { margin-block-start: 2.5rem; border-block-start: 1px solid #000; padding-block-start: .3rem; }
code { font-size: .8em; overflow-wrap: anywhere; }
@page { size: A4 landscape; margin: 12mm; }
"""


@dataclass(frozen=True)
class Side:
    """One of two books, with the words it was published in."""

    name: str
    book: Rulebook
    words: Words


@dataclass(frozen=True)
class _Speaker:
    """Both books in one language; what only one of them says is said by that one."""

    old: Side
    new: Side
    language: str

    def say(self, sentence: str, **values: object) -> str:
        words = self.new.words if sentence in self.new.words else self.old.words
        return word(words, sentence, self.language).format(**values) if values else word(words, sentence, self.language)

    def row(self, number: int, flip: Flip) -> tuple[str, ...]:
        cell = flip.cell
        return (
            str(number),
            f"{self.say(f'situation.{cell.situation}')} ({cell.situation})",
            self._besides(cell.besides),
            f"{self.say(f'service.{cell.service}')} ({cell.service})",
            self._status(flip.before),
            self._status(flip.now),
            self._reasons(flip.before, self.old),
            self._reasons(flip.now, self.new),
            ", ".join(_sources(flip)),
        )

    def _besides(self, besides: str) -> str:
        if besides == CELL:
            return self.say("diff.rest_declined")
        if besides == UNASKED:
            return self.say("diff.nothing_else")
        fact, _, value = besides.partition("=")
        return f"{self.say(f'fact.{fact}')}: {self._value(fact, value)} ({besides})"

    def _value(self, fact: str, value: str) -> str:
        if value in {"true", "false"}:
            return self.say("ask.yes" if value == "true" else "ask.no")
        definition = self.new.book.facts.get(FactId(fact)) or self.old.book.facts[FactId(fact)]
        said = (option.say for option in definition.question.options if option.value == value)
        return next((self.say(text) for text in said), value)

    def _status(self, verdict: Verdict | None) -> str:
        if verdict is None:
            return self.say(f"diff.{ABSENT}")
        status = self.say(f"status.{verdict.status}")
        return f"{status} ({self.say(f'diff.lean.{verdict.lean}')})" if verdict.lean else status

    def _reasons(self, verdict: Verdict | None, side: Side) -> str:
        return " ".join(word(side.words, reason, self.language) for reason in verdict.reasons) if verdict else ""


def _sources(flip: Flip) -> Iterable[str]:
    cited = (source for verdict in (flip.before, flip.now) if verdict for source in verdict.sources)
    return dict.fromkeys(cited)


def to_markdown(old: Side, new: Side, flips: Sequence[Flip], languages: Iterable[str]) -> str:
    parts = []
    for language in languages:
        speaker = _Speaker(old, new, language)
        parts += [f"# {speaker.say('diff.title')}", "", speaker.say("diff.books", old=old.name, new=new.name), ""]
        parts += _markdown_table(speaker, flips) if flips else [speaker.say("diff.none")]
        parts += ["", f"{speaker.say('diff.sign')} ______________________________", ""]
    return "\n".join(parts)


def _markdown_table(speaker: _Speaker, flips: Sequence[Flip]) -> list[str]:
    headings = [speaker.say(f"diff.column.{column}") for column in COLUMNS]
    rows = [speaker.row(number, flip) for number, flip in enumerate(flips, 1)]
    lines = [headings, ["---"] * len(COLUMNS), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]


def to_html(old: Side, new: Side, flips: Sequence[Flip], languages: Iterable[str]) -> str:
    sections = "".join(_section(_Speaker(old, new, language), flips) for language in languages)
    first = _Speaker(old, new, next(iter(languages), "en"))
    head = f'<meta charset="utf-8"><title>{escape(first.say("diff.title"))}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{first.language}"><head>{head}</head><body>{sections}</body></html>\n'


def _section(speaker: _Speaker, flips: Sequence[Flip]) -> str:
    direction = "rtl" if speaker.language in RIGHT_TO_LEFT else "ltr"
    books = speaker.say("diff.books", old=speaker.old.name, new=speaker.new.name)
    body = _html_table(speaker, flips) if flips else f"<p>{escape(speaker.say('diff.none'))}</p>"
    return (
        f'<section lang="{speaker.language}" dir="{direction}"><h1>{escape(speaker.say("diff.title"))}</h1>'
        f'<p>{escape(books)}</p>{body}<p class="sign">{escape(speaker.say("diff.sign"))}</p></section>\n'
    )


def _html_table(speaker: _Speaker, flips: Sequence[Flip]) -> str:
    headings = "".join(f'<th scope="col">{escape(speaker.say(f"diff.column.{column}"))}</th>' for column in COLUMNS)
    rows = "".join(
        f"<tr>{''.join(f'<td><bdi>{escape(cell)}</bdi></td>' for cell in speaker.row(number, flip))}</tr>\n"
        for number, flip in enumerate(flips, 1)
    )
    return f"<table><thead><tr>{headings}</tr></thead><tbody>\n{rows}</tbody></table>"
