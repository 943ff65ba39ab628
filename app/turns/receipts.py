"""Receipts: made out of a conversation, found by their code, shown again and decided anew by the book of their day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.adapters.cipher import CannotOpen, Cipher
from app.adapters.database import Sessions, persistently, reading, transaction, tries
from app.adapters.receipt_seal import ReceiptSeal
from app.adapters.stores import ConversationStore, ReceiptStore
from app.dialogue.conversation import Conversation
from app.errors import Conflict, ContradictoryFacts, InvalidInput, Unavailable
from app.privacy.retention import RECEIPT
from app.receipts.model import (
    BadToken,
    Change,
    ExpiredToken,
    Given,
    Replayed,
    StoredReceipt,
    UnknownReceipt,
    UnknownRulebook,
)
from app.receipts.token import MARK, to_bytes, to_text
from app.referrals.codes import new_code
from app.turns.begin import check_id
from app.turns.services import CASABLANCA
from rules.admit import InvalidFact, admit, contradictions
from rules.evaluate import evaluate, evaluate_all
from rules.facts import Facts
from rules.history.archived import Archive
from rules.model import Decision, ServiceId
from rules.receipt import BookName, NotAReceipt, Receipt, receipt_of
from rules.receipt_coding import Coded, book_of, in_order, needed, pack, unpack
from rules.rulebook import Rulebook

ATTEMPTS = 8
COUNTER_LANGUAGE = "fr"


@dataclass(frozen=True)
class ReceiptServices:
    """What receipts need: the running rule book, the published ones, and the key of their tokens."""

    sessions: Sessions
    cipher: Cipher
    seal: ReceiptSeal
    rulebook: Rulebook
    archive: Archive
    now: Callable[[], datetime]

    def today(self) -> date:
        return self.now().astimezone(CASABLANCA).date()

    def book(self, named: str) -> Rulebook:
        """The book whose hash begins so. UnknownRulebook where it is neither running nor published."""
        if self.rulebook.hash.startswith(named):
            return self.rulebook
        entry = self.archive.find(named)
        if entry is None:
            raise UnknownRulebook
        return self.archive.rulebook(entry)


@dataclass(frozen=True)
class Wanted:
    """`services` None: what the conversation is about. `code`: of a receipt to show in full, where it says the same."""

    language: str
    services: Sequence[str] | None = None
    code: str | None = None


def make_receipt(
    conversation_id: str,
    token: str,
    wanted: Wanted,
    services: ReceiptServices,
    *,
    make_code: Callable[[], str] = new_code,
) -> Given:
    """NotFound, NotAllowed, InvalidInput (nothing to put on it), ContradictoryFacts, Unavailable."""
    check_id(conversation_id)
    conversation = persistently(lambda: _conversation(conversation_id, token, services))
    book, today = services.rulebook, services.today()
    if clashes := contradictions(book, conversation.facts):
        raise ContradictoryFacts(tuple(clashes[0].facts))
    asked = _asked(wanted, conversation, services)
    coded = needed(book, Coded(conversation.facts, asked, today, wanted.language))
    decisions = evaluate_all(book, asked, coded.facts, on=today)
    languages = tuple(dict.fromkeys((wanted.language, COUNTER_LANGUAGE)))
    full = receipt_of(decisions, BookName(book.version, book.hash), as_of=today, languages=languages)
    sealed = to_text(services.seal.seal(pack(book, coded), mark=MARK))
    stored = _same_as_kept(wanted, full, services) or _kept(full, conversation_id, services, make_code)
    return Given(stored, full, decisions, sealed, is_published=services.archive.find(book.hash) is not None)


def find_receipt(typed: str, services: ReceiptServices) -> StoredReceipt:
    """`typed` as a person writes a code. UnknownReceipt when there is none, or not any more."""

    def read() -> StoredReceipt | None:
        with reading(services.sessions) as session:
            return ReceiptStore(session, services.cipher).get(typed, now=services.now())

    found = persistently(read)
    if found is None:
        raise UnknownReceipt
    return found


def replay(shown: str, services: ReceiptServices) -> Replayed:
    """The same decisions from the book and as of the day of the token. BadToken, ExpiredToken, UnknownRulebook."""
    try:
        packed = services.seal.open(to_bytes(shown), mark=MARK)
        book = services.book(book_of(packed))
        coded = unpack(book, packed)
    except (CannotOpen, NotAReceipt) as error:
        raise BadToken from error
    today = services.today()
    if coded.as_of + RECEIPT < today:
        raise ExpiredToken
    decisions = evaluate_all(book, coded.services, coded.facts, on=coded.as_of)
    languages = tuple(dict.fromkeys((coded.language, COUNTER_LANGUAGE)))
    receipt = receipt_of(decisions, BookName(book.version, book.hash), as_of=coded.as_of, languages=languages)
    return Replayed(receipt, decisions, _changes(decisions, coded.facts, services, today), today)


def _conversation(conversation_id: str, token: str, services: ReceiptServices) -> Conversation:
    with reading(services.sessions) as session:
        store = ConversationStore(session, services.cipher)
        return store.load(conversation_id, token, now=services.now()).conversation


def _asked(wanted: Wanted, conversation: Conversation, services: ReceiptServices) -> tuple[ServiceId, ...]:
    """In the order of the book. What was not named never puts a danger on paper, nor a service not to be proposed."""
    book, today = services.rulebook, services.today()
    if wanted.services is not None:
        if not set(wanted.services) <= book.services.keys():
            raise InvalidInput("services", code="unknown_service")
        asked = in_order(book, (ServiceId(service) for service in wanted.services))
    else:
        thread = conversation.thread
        about = {thread.subject} if thread.subject else set(thread.needs)
        open_now = [service for service in book.services if service in about]
        harmless = [service for service, rules in book.services.items() if not rules.door_of]
        named = open_now or harmless
        asked = tuple(each for each in named if evaluate(book, each, conversation.facts, on=today).proposable)
    if not asked:
        raise InvalidInput("services", code="receipt_of_nothing")
    return asked


def _same_as_kept(wanted: Wanted, full: Receipt, services: ReceiptServices) -> StoredReceipt | None:
    """The receipt of the chat, when nothing changed since: its code then stands on the paper too."""
    if wanted.code is None:
        return None
    try:
        kept = find_receipt(wanted.code, services)
    except UnknownReceipt:
        return None
    return kept if kept.receipt == full.short() else None


def _kept(
    full: Receipt, conversation_id: str, services: ReceiptServices, make_code: Callable[[], str]
) -> StoredReceipt:
    def attempt() -> StoredReceipt:
        stored = new_stored(make_code(), full, services.now())
        with transaction(services.sessions) as session:
            ReceiptStore(session, services.cipher).create(stored, conversation=conversation_id)
        return stored

    for _ in tries(ATTEMPTS):
        try:
            return persistently(attempt)
        except Conflict:
            continue
    raise Unavailable


def new_stored(code: str, receipt: Receipt, now: datetime) -> StoredReceipt:
    """Gone at midnight after its last day: the moment it was made is not kept."""
    made_on = now.astimezone(CASABLANCA).date()
    ends_on = made_on + RECEIPT + timedelta(days=1)
    midnight = datetime(ends_on.year, ends_on.month, ends_on.day, tzinfo=CASABLANCA)
    return StoredReceipt(code, receipt.short(), made_on, midnight)


def _changes(decisions: Sequence[Decision], facts: Facts, services: ReceiptServices, today: date) -> tuple[Change, ...]:
    """What the rules of today answer otherwise, for the same facts as far as today's book still knows them."""
    book, known = services.rulebook, _known_today(services.rulebook, facts)
    changes = []
    for before in decisions:
        now = evaluate(book, before.service, known, on=today) if before.service in book.services else None
        if now is None or (now.status, now.lean) != (before.status, before.lean):
            changes.append(Change(before.service, before, now))
    return tuple(changes)


def _known_today(book: Rulebook, facts: Facts) -> Facts:
    kept = Facts()
    for fact, value in facts.items():
        try:
            kept = Facts({**kept, **admit(book, {fact: value})})
        except InvalidFact:
            continue
    return kept
