"""What is wrong with a rule book, said so that its author finds the place."""

from __future__ import annotations


class RulebookError(Exception):
    """The start stops here: `file`, `rule` (or the nearest id) and `reason`."""

    def __init__(self, file: str, rule: str, reason: str) -> None:
        super().__init__(f"{file}: {rule}: {reason}" if rule else f"{file}: {reason}")
        self.file = file
        self.rule = rule
        self.reason = reason
