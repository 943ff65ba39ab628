"""A decision receipt: what was decided, by which rules of which book, on which day. No personal data fits in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rules.facts import FactId
from rules.model import Decision, Lean, RuleId, ServiceId, Status, TextId

SCHEMA = "boussole-receipt/1"


class NotAReceipt(ValueError):
    """What was given is no receipt, or one of a version that this program does not know."""


@dataclass(frozen=True)
class Verdict:
    """One service as it was decided. The short form has service, status and lean only: a rule's id names the paper."""

    service: ServiceId
    status: Status
    lean: Lean | None = None
    rules: tuple[RuleId, ...] = ()
    reasons: tuple[TextId, ...] = ()
    conditions: tuple[TextId, ...] = ()
    missing: tuple[FactId, ...] = ()
    if_met: Status | None = None
    sources: tuple[str, ...] = ()
    """Ids of the facts of the fact base that the reasons rest on."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "service": str(self.service),
            "status": str(self.status),
            "lean": str(self.lean) if self.lean else None,
            "rules": list(self.rules),
            "reasons": list(self.reasons),
            "conditions": list(self.conditions),
            "missing": list(self.missing),
            "if_met": str(self.if_met) if self.if_met else None,
            "sources": list(self.sources),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Verdict:
        return cls(
            service=ServiceId(raw["service"]),
            status=Status(raw["status"]),
            lean=Lean(raw["lean"]) if raw["lean"] else None,
            rules=tuple(RuleId(rule) for rule in raw["rules"]),
            reasons=tuple(TextId(text) for text in raw["reasons"]),
            conditions=tuple(TextId(text) for text in raw["conditions"]),
            missing=tuple(FactId(fact) for fact in raw["missing"]),
            if_met=Status(raw["if_met"]) if raw["if_met"] else None,
            sources=tuple(raw["sources"]),
        )


@dataclass(frozen=True)
class BookName:
    """Which rule book: the version its authors gave it, and the hash of every byte of it."""

    version: str
    hash: str


@dataclass(frozen=True)
class Receipt:
    """`languages`: the person's, then the counter's. `as_of` is the day the rules were asked about."""

    book: BookName
    as_of: date
    languages: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    def short(self) -> Receipt:
        """Verdicts only: what a short code may open."""
        return replace(self, verdicts=tuple(Verdict(each.service, each.status, each.lean) for each in self.verdicts))

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "rulebook": {"version": self.book.version, "hash": self.book.hash},
            "as_of": self.as_of.isoformat(),
            "languages": list(self.languages),
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Receipt:
        """NotAReceipt for anything that `to_dict` of this version did not write."""
        if raw.get("schema") != SCHEMA:
            raise NotAReceipt("schema")
        try:
            return cls(
                book=BookName(raw["rulebook"]["version"], raw["rulebook"]["hash"]),
                as_of=date.fromisoformat(raw["as_of"]),
                languages=tuple(raw["languages"]),
                verdicts=tuple(Verdict.from_dict(verdict) for verdict in raw["verdicts"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise NotAReceipt("contents") from error


def receipt_of(decisions: Iterable[Decision], book: BookName, *, as_of: date, languages: tuple[str, ...]) -> Receipt:
    return Receipt(book, as_of, languages, tuple(verdict_of(decision) for decision in decisions))


def verdict_of(decision: Decision) -> Verdict:
    cited = (citation.fact for reason in decision.because for citation in reason.citations)
    return Verdict(
        service=decision.service,
        status=decision.status,
        lean=decision.lean,
        rules=tuple(reason.rule for reason in decision.because),
        reasons=tuple(reason.say for reason in decision.because),
        conditions=decision.conditions,
        missing=decision.missing,
        if_met=decision.if_met,
        sources=tuple(dict.fromkeys(cited)),
    )
