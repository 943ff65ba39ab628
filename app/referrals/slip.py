"""What stands on a referral slip, as ids: a channel finds the words. No personal data can enter this type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.model import Document, Status, TextId

COUNTER_LANGUAGE = "fr"
"""Read by whoever receives the person, whatever language the person reads."""


@dataclass(frozen=True)
class SlipContents:
    """`status` and `because` are the decision in one line; both are empty when the person does not share it."""

    code: str
    service: str
    place: str | None
    issued_on: date
    languages: tuple[str, ...]
    """The person's first, then the counter's."""
    status: Status | None = None
    because: TextId | None = None
    papers: tuple[Document, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "service": self.service,
            "place": self.place,
            "issued_on": self.issued_on.isoformat(),
            "languages": list(self.languages),
            "status": self.status,
            "because": self.because,
            "papers": [[paper.say, paper.need, paper.note] for paper in self.papers],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> SlipContents:
        return cls(
            code=raw["code"],
            service=raw["service"],
            place=raw["place"],
            issued_on=date.fromisoformat(raw["issued_on"]),
            languages=tuple(raw["languages"]),
            status=Status(raw["status"]) if raw["status"] else None,
            because=TextId(raw["because"]) if raw["because"] else None,
            papers=tuple(Document(TextId(say), need, note) for say, need, note in raw["papers"]),
        )


def languages_of(person: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((person or COUNTER_LANGUAGE, COUNTER_LANGUAGE)))
