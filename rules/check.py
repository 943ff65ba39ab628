"""`python -m rules.check [folder]`: is the rule book sound? Prints what it holds, or what is wrong and where."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rules.load import BOOK, RulebookError, load_rulebook
from rules.rulebook import Rulebook


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else BOOK
    try:
        rulebook = load_rulebook(folder)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join(summary(rulebook)) + "\n")
    return 0


def summary(rulebook: Rulebook) -> Iterator[str]:
    rules = [rule for service in rulebook.services.values() for rule in service.rules]
    cited = {citation.fact for rule in rules for citation in rule.citations}
    statuses = Counter(rule.status for rule in rules)
    yield f"rule book {rulebook.version} ({rulebook.hash[:12]})"
    yield f"services        {len(rulebook.services)}"
    yield f"situations      {len(rulebook.rows)}"
    yield f"rules           {len(rules)} ({', '.join(f'{count} {status}' for status, count in statuses.most_common())})"
    yield f"facts asked     {len(rulebook.facts)}"
    yield f"contradictions  {len(rulebook.contradictions)}"
    yield f"sources         {len(rulebook.citations)}, of which rules cite {len(cited)}"
    yield f"papers          {sum(len(service.papers) for service in rulebook.services.values())}"
    yield f"doors           {len(rulebook.doors)}, emergency lines {len(rulebook.numbers)}"
    yield f"sentences       {len(rulebook.texts)}"
    yield f"oldest check    {min(rule.verified_on for rule in rules).isoformat()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
