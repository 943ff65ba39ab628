"""The facts behind a receipt: few bytes, no more than needed, and back again without loss."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.cipher import CannotOpen
from app.adapters.receipt_seal import ReceiptSeal
from app.receipts.model import BadToken
from app.receipts.token import MARK, in_groups, to_bytes, to_text
from rules.admit import contradictions
from rules.evaluate import evaluate_all
from rules.facts import FactId, Facts
from rules.load import load_rulebook
from rules.receipt import BookName, NotAReceipt, Receipt, receipt_of
from rules.receipt_coding import Coded, book_of, needed, pack, unpack
from rules.rulebook import FactType

BOOK = load_rulebook()
TODAY = date(2026, 11, 21)
SERVICES = tuple(BOOK.services)
CODED = [fact for fact in BOOK.facts.values() if fact.type is not FactType.TEXT]


def answers(fact):
    if fact.type is FactType.BOOLEAN:
        return st.booleans()
    if fact.type is FactType.INTEGER:
        return st.integers(fact.minimum, fact.maximum)
    return st.sampled_from(sorted(fact.values))


people = st.fixed_dictionaries({}, optional={fact.fact: st.none() | answers(fact) for fact in CODED}).map(
    lambda told: Facts({FactId(fact): told[fact] for fact in BOOK.facts if fact in told})
)
asked = st.sets(st.sampled_from(SERVICES), min_size=1).map(
    lambda chosen: tuple(service for service in SERVICES if service in chosen)
)


@given(people, asked)
@settings(max_examples=60, deadline=None)
def test_what_is_packed_is_read_back(facts, services):
    coded = Coded(facts, services, TODAY, "ar")
    assert unpack(BOOK, pack(BOOK, coded)) == coded


@given(people.filter(lambda facts: not contradictions(BOOK, facts)), asked)
@settings(max_examples=25, deadline=None)
def test_with_the_fewest_facts_the_decisions_are_the_same(facts, services):
    fewest = needed(BOOK, Coded(facts, services, TODAY, "fr"))
    full = evaluate_all(BOOK, services, facts, on=TODAY)
    again = evaluate_all(BOOK, services, fewest.facts, on=TODAY)
    name = BookName(BOOK.version, BOOK.hash)
    assert receipt_of(again, name, as_of=TODAY, languages=("fr",)) == receipt_of(
        full, name, as_of=TODAY, languages=("fr",)
    )
    assert set(fewest.facts.items()) <= set(facts.items())


def test_facts_that_no_rule_of_the_services_reads_stay_out():
    told = Facts({FactId("situation"): "card_work", FactId("seconded"): True, FactId("city"): "casablanca"})
    kept = needed(BOOK, Coded(told, (SERVICES[SERVICES.index("ofppt_training")],), TODAY, "en")).facts
    assert set(kept) == {"situation"}


def test_everything_there_is_to_tell_takes_few_bytes():
    everything = Facts({fact.fact: max(fact.values) if fact.values else True for fact in CODED})
    everything = everything.learning(age=120, years_resident=120)
    assert len(pack(BOOK, Coded(everything, SERVICES, TODAY, "ar"))) <= 32


def test_a_value_that_the_book_does_not_know_is_not_coded():
    with pytest.raises(ValueError, match="not in"):
        pack(BOOK, Coded(Facts({FactId("situation"): "moon"}), SERVICES, TODAY, "ar"))


def test_another_book_refuses_to_read_it():
    packed = pack(BOOK, Coded(Facts(), SERVICES, TODAY, "ar"))
    assert BOOK.hash.startswith(book_of(packed))
    with pytest.raises(NotAReceipt):
        unpack(BOOK, bytes(8) + packed[8:])
    with pytest.raises(NotAReceipt):
        book_of(b"short")


def test_more_than_the_book_can_say_is_no_receipt():
    with pytest.raises(NotAReceipt):
        unpack(BOOK, pack(BOOK, Coded(Facts(), SERVICES, TODAY, "ar"))[:12] + b"\xff" * 60)


@given(st.binary(min_size=1, max_size=120))
def test_the_letters_of_a_token_give_back_its_bytes(sealed):
    written = to_text(sealed)
    assert to_bytes(written) == sealed
    assert to_bytes(f"https://boussole.example/receipts/replay#{in_groups(written).lower()}") == sealed
    assert to_bytes(written.replace("0", "O").replace("1", "l").replace("Bl", "B1")) == sealed


@pytest.mark.parametrize("text", ["", "B1", "B2AAAA", "hello", "B1 %%%", "🙂", "B1U", "B1Z"])
def test_other_letters_are_no_token(text):
    with pytest.raises(BadToken):
        to_bytes(text)


SEAL = ReceiptSeal([b"a secret only tests know"])


@given(st.binary(max_size=60))
def test_only_the_seal_opens_what_it_closed(packed):
    sealed = SEAL.seal(packed, mark=MARK)
    assert SEAL.open(sealed, mark=MARK) == packed
    assert packed not in sealed[12:] or len(packed) < 4
    with pytest.raises(CannotOpen):
        ReceiptSeal([b"another secret, not that"]).open(sealed, mark=MARK)
    with pytest.raises(CannotOpen):
        SEAL.open(sealed, mark="B2")


@given(st.integers(0, 51), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(place, change):
    sealed = bytearray(SEAL.seal(bytes(23), mark=MARK))
    sealed[place] ^= change
    with pytest.raises(CannotOpen):
        SEAL.open(bytes(sealed), mark=MARK)


def test_after_the_secret_was_replaced_older_tokens_still_open():
    renewed = ReceiptSeal([b"a newer secret of tests!", b"a secret only tests know"])
    assert renewed.open(SEAL.seal(b"facts", mark=MARK), mark=MARK) == b"facts"
    with pytest.raises(CannotOpen):
        SEAL.open(renewed.seal(b"facts", mark=MARK), mark=MARK)


def test_the_length_hardly_tells_how_much_was_said():
    assert {len(SEAL.seal(bytes(said), mark=MARK)) for said in range(16, 24)} == {52}


def test_a_receipt_survives_json_and_refuses_what_is_none():
    decisions = evaluate_all(BOOK, SERVICES[:3], Facts(), on=TODAY)
    receipt = receipt_of(decisions, BookName("1", "a" * 64), as_of=TODAY, languages=("ar", "fr"))
    assert Receipt.from_dict(receipt.to_dict()) == receipt
    for broken in ({}, {**receipt.to_dict(), "schema": "x"}, {**receipt.to_dict(), "verdicts": [{}]}):
        with pytest.raises(NotAReceipt):
            Receipt.from_dict(broken)


def test_the_short_form_holds_answers_only():
    decisions = evaluate_all(BOOK, SERVICES, Facts({FactId("situation"): "card_work"}), on=TODAY)
    short = receipt_of(decisions, BookName("1", "a" * 64), as_of=TODAY, languages=("fr",)).short()
    for verdict in short.verdicts:
        told = {name for name, value in verdict.to_dict().items() if value}
        assert told <= {"service", "status", "lean"}
