"""What is wrong with a rule book, said so that its author finds the place and knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RulebookError(Exception):
    """The start stops here: `file`, `rule` (or the nearest id), `reason`, and the `remedy` in one readable line.

    `named` is the word at fault, as it stands in the file: the line is found by it.
    """

    def __init__(
        self, file: str, rule: str, reason: str, *, remedy: str = "", named: str = "", line: int | None = None
    ) -> None:
        where = file if line is None else f"{file}:{line}"
        told = f"{where}: {rule}: {reason}" if rule else f"{where}: {reason}"
        super().__init__(f"{told} ({remedy})" if remedy else told)
        self.file = file
        self.rule = rule
        self.reason = reason
        self.remedy = remedy
        self.named = named
        self.line = line

    def at(self, line: int | None) -> RulebookError:
        """The same, with the line it stands on."""
        return RulebookError(
            self.file, self.rule, self.reason, remedy=self.remedy, named=self.named, line=self.line or line
        )


def suggestion(written: object, known: Iterable[str], otherwise: str = "") -> str:
    """The nearest word that would have been right, or what else to do."""
    choices = sorted(set(known))
    near = get_close_matches(str(written), choices, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    if otherwise:
        return otherwise
    return f"one of: {', '.join(choices)}" if 0 < len(choices) <= MANY else "nothing like it is known"


MANY = 12
"""More words than this are not listed in an error."""
