"""Receipts on a real database, both engines: kept short, forgotten in time, replayed from the book of their day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.cipher import Cipher
from app.adapters.database import Database, transaction
from app.adapters.receipt_seal import ReceiptSeal
from app.adapters.stores import ConversationStore
from app.adapters.tables import ReceiptRow
from app.dialogue.conversation import Conversation, Thread
from app.errors import ContradictoryFacts, InvalidInput
from app.receipts.model import ExpiredToken, UnknownReceipt, UnknownRulebook
from app.turns import ReceiptServices, Wanted, end_conversation, find_receipt, make_receipt, purge, replay
from rules.facts import Facts
from rules.history.archived import FOLDER, Archive
from tests.builders.facts import someone
from tests.builders.turns import SECRET, Desk, a_desk

ME, TOKEN = "a" * 32, "my token"
PUBLISHED = Archive(FOLDER)
BOOK = PUBLISHED.rulebook(PUBLISHED.entries[0])
OFPPT = Wanted("ar", ("ofppt_training",))


@pytest.fixture
def desk(database: Database) -> Desk:
    return a_desk(database)


def receipts_at(desk: Desk, **changes: object) -> ReceiptServices:
    services = desk.services
    made = ReceiptServices(services.sessions, services.cipher, ReceiptSeal([SECRET]), BOOK, PUBLISHED, services.now)
    return replace(made, **changes)


@pytest.fixture
def receipts(desk: Desk) -> ReceiptServices:
    told(desk, someone(situation="refugee_with_residence_card", age=24))
    return receipts_at(desk)


def told(desk: Desk, facts: Facts, **thread: object) -> None:
    conversation = Conversation(ME, language="ar", thread=Thread(facts=facts, **thread))
    with transaction(desk.services.sessions) as session:
        ConversationStore(session, desk.services.cipher).create(conversation, TOKEN, now=desk.clock())


def test_it_is_found_by_its_code_however_it_is_written(receipts):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    assert find_receipt(given.stored.code.lower().replace("-", " "), receipts) == given.stored
    assert given.stored.receipt == given.full.short()
    assert given.is_published


def test_neither_facts_nor_answers_can_be_read_in_the_database(receipts, desk):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    stored = desk.everything_stored()
    assert given.stored.code in stored
    for secret in ("refugee", "ofppt", given.token, given.full.verdicts[0].status, BOOK.hash):
        assert secret not in stored


def test_a_code_that_is_taken_is_made_anew(receipts):
    taken = make_receipt(ME, TOKEN, OFPPT, receipts).stored.code
    codes = iter([taken, "0000-0000-0"])
    assert make_receipt(ME, TOKEN, OFPPT, receipts, make_code=lambda: next(codes)).stored.code == "0000-0000-0"


def test_the_receipt_of_the_chat_keeps_its_code_while_it_says_the_same(receipts):
    code = make_receipt(ME, TOKEN, OFPPT, receipts).stored.code
    assert make_receipt(ME, TOKEN, replace(OFPPT, code=code), receipts).stored.code == code
    other = Wanted("ar", ("legal_aid",), code)
    assert make_receipt(ME, TOKEN, other, receipts).stored.code != code
    assert make_receipt(ME, TOKEN, replace(OFPPT, code="no code"), receipts).stored.code != code


def test_it_is_gone_after_180_days_and_the_worker_deletes_it(receipts, desk):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    desk.clock.advance(days=180)
    purge(desk.services)
    assert find_receipt(given.stored.code, receipts) == given.stored
    assert replay(given.token, receipts).receipt == given.full
    desk.clock.advance(days=1)
    with pytest.raises(UnknownReceipt):
        find_receipt(given.stored.code, receipts)
    with pytest.raises(ExpiredToken):
        replay(given.token, receipts)
    assert purge(desk.services)["receipt"] == 1
    assert desk.rows(ReceiptRow) == 0


def test_it_outlives_the_conversation_unless_everything_is_erased(receipts, desk):
    code = make_receipt(ME, TOKEN, OFPPT, receipts).stored.code
    desk.clock.advance(days=2)
    assert purge(desk.services)["conversation"] == 1
    assert find_receipt(code, receipts).code == code


def test_erasing_everything_takes_the_receipts_along(receipts, desk):
    make_receipt(ME, TOKEN, OFPPT, receipts)
    end_conversation(ME, TOKEN, desk.services)
    assert desk.rows(ReceiptRow) == 0


def test_what_today_s_rules_answer_otherwise_is_named_and_the_old_answer_stays(receipts):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    service = BOOK.services[given.decisions[0].service]
    closed = replace(service, rules=tuple(rule for rule in service.rules if rule.status == "not_eligible")[:1])
    today = replace(BOOK, hash="f" * 64, services={**BOOK.services, service.service: _closed(closed)})
    replayed = replay(given.token, replace(receipts, rulebook=today))
    assert replayed.receipt == given.full
    (change,) = replayed.changes
    assert change.before == given.decisions[0]
    assert change.now is not None
    assert change.now.status == "not_eligible"


def _closed(service):
    """A service whose only rule says no to everybody."""
    (rule,) = service.rules
    everybody = next(rule.when for rule in BOOK.services["amuddu_scholarship"].rules[-1:])
    return replace(service, rules=(replace(rule, when=everybody),))


def test_a_service_that_is_no_longer_in_the_book_is_named_as_gone(receipts):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    left = {service: rules for service, rules in BOOK.services.items() if service != "ofppt_training"}
    replayed = replay(given.token, replace(receipts, rulebook=replace(BOOK, hash="f" * 64, services=left)))
    assert [(change.service, change.now) for change in replayed.changes] == [("ofppt_training", None)]


def test_a_book_that_was_never_published_cannot_be_replayed(receipts, tmp_path: Path):
    given = make_receipt(ME, TOKEN, OFPPT, replace(receipts, archive=Archive(tmp_path)))
    assert not given.is_published
    with pytest.raises(UnknownRulebook):
        replay(given.token, replace(receipts, archive=Archive(tmp_path), rulebook=replace(BOOK, hash="f" * 64)))


def test_another_server_and_an_older_secret(receipts):
    given = make_receipt(ME, TOKEN, OFPPT, receipts)
    with pytest.raises(InvalidInput, match="token"):
        replay(given.token, replace(receipts, seal=ReceiptSeal([b"the secret of another one"])))
    renewed = ReceiptSeal([b"the secret of next year!!", SECRET])
    assert replay(given.token, replace(receipts, seal=renewed)).receipt == given.full


def test_answers_that_contradict_each_other_give_no_receipt(desk):
    told(desk, someone(situation="unaccompanied_minor", age=40))
    with pytest.raises(ContradictoryFacts):
        make_receipt(ME, TOKEN, OFPPT, receipts_at(desk))


def test_what_must_not_be_proposed_is_left_out_unless_named(desk):
    told(desk, someone(fears_return=True), needs=("assisted_return_iom",))
    services = receipts_at(desk)
    with pytest.raises(InvalidInput, match="services"):
        make_receipt(ME, TOKEN, Wanted("fr"), services)
    named = make_receipt(ME, TOKEN, Wanted("fr", ("assisted_return_iom",)), services)
    assert [verdict.service for verdict in named.full.verdicts] == ["assisted_return_iom"]


def test_the_cipher_of_older_secrets_opens_older_receipts(receipts):
    code = make_receipt(ME, TOKEN, OFPPT, receipts).stored.code
    renewed = replace(receipts, cipher=Cipher([b"the secret of next year!!", SECRET]))
    assert find_receipt(code, renewed).code == code
    with pytest.raises(UnknownReceipt):
        find_receipt(code, replace(receipts, cipher=Cipher([b"the secret of another one"])))
