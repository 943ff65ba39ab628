"""`python -m tests.rules.cases.count`: how many rules and cases there are, and how sure the sources are."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator

from rules.load import BOOK, load_rulebook
from rules.model import Confidence
from rules.rulebook import Rulebook
from tests.rules.cases.case import Case, all_cases

CONFLICT = re.compile(r"^\| F-\d{3}")
"""A row of the table of what the sources disagree about."""


def counted(rulebook: Rulebook, cases: tuple[Case, ...], conflicts: int) -> Iterator[str]:
    rules = [rule for service in rulebook.services.values() for rule in service.rules]
    expected = Counter(case.spec.expect.value for case in cases)
    per_service = Counter(case.service for case in cases)
    cited = [citation for rule in rules for citation in rule.citations]
    yield f"rule book       {rulebook.version} ({rulebook.hash[:12]})"
    yield f"services        {len(rulebook.services)}"
    yield f"rules           {len(rules)}"
    yield f"cases           {len(cases)} ({', '.join(f'{times} {status}' for status, times in expected.most_common())})"
    yield f"  per service   {min(per_service.values())} to {max(per_service.values())}"
    yield f"citations       {len(cited)} by rules ({_by_confidence(each.confidence for each in cited)})"
    yield f"  sources       {len(set(cited))} cited ({_by_confidence(each.confidence for each in set(cited))})"
    weakest = (max((each.confidence for each in rule.citations), key=list(Confidence).index) for rule in rules)
    yield f"  by rule       {_by_confidence(weakest)}, by the least sure of its sources"
    yield f"disagreements   {conflicts} between sources, listed in rules/book/CONFLICTS.md"


def _by_confidence(found: Iterator[Confidence]) -> str:
    times = Counter(found)
    return ", ".join(f"{times[confidence]} {confidence}" for confidence in Confidence)


def conflicts_listed() -> int:
    lines = (BOOK / "CONFLICTS.md").read_text("utf-8").splitlines()
    return sum(CONFLICT.match(line) is not None for line in lines)


if __name__ == "__main__":
    sys.stdout.write("\n".join(counted(load_rulebook(), all_cases(), conflicts_listed())) + "\n")
