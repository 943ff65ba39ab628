"""What is said, or brought to the counter, only where a condition holds."""

from __future__ import annotations

from dataclasses import dataclass

from rules.conditions import ALWAYS, Condition
from rules.model import Document, TextId


@dataclass(frozen=True)
class Line:
    """A sentence said only where its condition holds."""

    say: TextId
    when: Condition = ALWAYS
    answerable: bool = False
    """What the person tells can settle it; else only the counter can check."""


@dataclass(frozen=True)
class Paper:
    document: Document
    when: Condition
