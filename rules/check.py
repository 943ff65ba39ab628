"""`python -m rules.check [folder] [--prove] [--on DAY]`: is the rule book sound? What it holds, or what is wrong.

With --prove every claim of rules/proof is tried on everybody its rules can tell apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rules.load import BOOK, RulebookError, load_rulebook
from rules.proof.report import Asked, proved
from rules.rulebook import Rule, Rulebook

SOON = timedelta(days=60)
LOCALES = BOOK.parents[1] / "locales"


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        rulebook = load_rulebook(options.folder)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join([*summary(rulebook), *due(rulebook, options.on)]) + "\n")
    if options.prove:
        asked = Asked(options.folder, options.on, options.service or tuple(rulebook.services))
        return proved(rulebook, asked, locales=options.locales, jobs=options.jobs)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rules.check", description="Is the rule book sound?")
    parser.add_argument("folder", nargs="?", type=Path, default=BOOK, help="the rule book")
    parser.add_argument("--prove", action="store_true", help="try every claim on everybody")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), help="the day, if not today")
    parser.add_argument("--locales", type=Path, default=LOCALES, help="the catalogs to prove complete")
    parser.add_argument("--service", action="append", help="prove only this service; may be repeated")
    parser.add_argument("--jobs", type=int, default=2, help="processors to prove on")
    return parser.parse_args(arguments)


def summary(rulebook: Rulebook) -> Iterator[str]:
    rules = _rules(rulebook)
    cited = {citation.fact for rule in rules for citation in rule.citations}
    statuses = Counter(rule.status for rule in rules)
    yield f"rule book {rulebook.version} ({rulebook.hash[:12]})"
    yield f"services        {len(rulebook.services)}"
    yield f"situations      {len(rulebook.rows)}"
    yield f"rules           {len(rules)} ({', '.join(f'{count} {status}' for status, count in statuses.most_common())})"
    yield f"facts asked     {len(rulebook.facts)}"
    yield f"contradictions  {len(rulebook.contradictions)}"
    yield f"promises        {len(rulebook.promises)}"
    yield f"sources         {len(rulebook.citations)}, of which rules cite {len(cited)}"
    yield f"papers          {sum(len(service.papers) for service in rulebook.services.values())}"
    yield f"doors           {len(rulebook.doors)}, emergency lines {len(rulebook.numbers)}"
    yield f"sentences       {len(rulebook.texts)}"
    yield f"oldest check    {min(rule.verified_on for rule in rules).isoformat()}"


def due(rulebook: Rulebook, on: date) -> Iterator[str]:
    """What to check again: what is overdue, then what soon will be."""
    waiting = sorted(
        (rule.review_by, rule.id) for rule in _rules(rulebook) if rule.review_by and rule.review_by <= on + SOON
    )
    overdue = sum(day < on for day, _ in waiting)
    next_day = min((rule.review_by for rule in _rules(rulebook) if rule.review_by), default=None)
    yield f"next check due  {next_day.isoformat() if next_day else 'no day set'}"
    yield f"to check again  {overdue} overdue, {len(waiting) - overdue} due by {(on + SOON).isoformat()}"
    for day, rule in waiting:
        yield f"  {'overdue since' if day < on else 'due on'} {day.isoformat()}: {rule}"


def _rules(rulebook: Rulebook) -> list[Rule]:
    return [rule for service in rulebook.services.values() for rule in service.rules]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
