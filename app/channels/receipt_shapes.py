"""A receipt in words: as JSON for programs, and as the two columns of its page."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request

from app.channels.cards import subject_name
from app.channels.doorstep import services_of
from app.channels.shapes import Json, Voice, decision_json
from app.i18n.translator import Translator
from app.receipts.model import Change, StoredReceipt
from app.receipts.words import WordsOfThen
from app.wiring import Services
from rules.model import Decision
from rules.receipt import Receipt, Verdict


def origin_of(request: Request) -> str:
    """How the outside reaches this server: what stands before a path in a picture that is scanned elsewhere."""
    return services_of(request).settings.public_url or str(request.base_url).rstrip("/")


def words_for(receipt: Receipt, services: Services) -> Translator:
    """The words of the book that decided: today's where it still runs, else as they were archived."""
    entry = services.receipts.archive.find(receipt.book.hash)
    if entry is None or receipt.book.hash == services.rulebook.hash:
        return services.translator
    return WordsOfThen(services.translator, services.receipts.archive.words(entry))


def stored_json(stored: StoredReceipt, voice: Voice) -> Json:
    """Verdicts only: whoever holds the code learns nothing else."""
    receipt = stored.receipt
    return {
        "code": stored.code,
        "created_on": stored.created_on.isoformat(),
        "expires_on": stored.expires_at.date().isoformat(),
        "as_of": receipt.as_of.isoformat(),
        "rulebook": {"version": receipt.book.version, "hash": receipt.book.hash},
        "verdicts": [verdict_json(verdict, voice) for verdict in receipt.verdicts],
    }


def verdict_json(verdict: Verdict, voice: Voice) -> Json:
    return {
        "service": verdict.service,
        "name": subject_name(verdict.service, voice),
        "status": str(verdict.status),
        "status_text": voice.say(f"status.{verdict.status}"),
        "lean": str(verdict.lean) if verdict.lean else None,
        "lean_text": voice.say(f"card.decision.lean.{verdict.lean}") if verdict.lean else None,
    }


def change_json(change: Change, voice: Voice, today: Voice) -> Json:
    """Before in the words of then, now in those of today."""
    return {
        "service": change.service,
        "name": subject_name(change.service, voice),
        "before": {"status": str(change.before.status), "text": voice.say(f"status.{change.before.status}")},
        "now": decision_json(change.now, today) if change.now else None,
        "now_text": today.say(f"status.{change.now.status}") if change.now else None,
    }


def side(receipt: Receipt, voice: Voice, decisions: Sequence[Decision] = ()) -> Json:
    """One column. With `decisions` each verdict has its reasons, conditions and sources."""
    told = {decision.service: decision_json(decision, voice) for decision in decisions}
    verdicts = [{**verdict_json(verdict, voice), "told": told.get(verdict.service)} for verdict in receipt.verdicts]
    return {
        "lang": voice.language,
        "dir": voice.direction,
        "verdicts": verdicts,
    }
