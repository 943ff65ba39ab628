"""The facts behind a receipt as few bytes as they need, and back. Not secret by itself: whoever keeps it seals it.

A mixed-radix number: one digit a fact, in the order of the book that decided (0 unknown, 1 declined, else a value),
before it one bit a service, and a short head that names book, day and language. Only that book can read it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.evaluate import evaluate_all
from rules.facts import FactId, Facts, FactValue
from rules.model import ServiceId
from rules.papers import FIRST_CARD
from rules.receipt import NotAReceipt, verdict_of
from rules.rulebook import FactDefinition, FactType, Rulebook

HASH_BYTES, DAY_BYTES, LANGUAGE_BYTES = 8, 2, 2
HEAD = HASH_BYTES + DAY_BYTES + LANGUAGE_BYTES
FIRST_DAY = date(2020, 1, 1)
UNKNOWN, DECLINED = 0, 1


@dataclass(frozen=True)
class Coded:
    """What has to be known to decide again: the facts, the services asked about, the day, and in which language."""

    facts: Facts
    services: tuple[ServiceId, ...]
    as_of: date
    language: str


def needed(rulebook: Rulebook, coded: Coded) -> Coded:
    """The same with as few facts as give the very same decisions. Typed text (a city) never enters a receipt."""
    codable = [fact.fact for fact in rulebook.facts.values() if fact.type is not FactType.TEXT]
    read = frozenset[FactId]().union(*(rulebook.services[service].reads for service in coded.services)) | {FIRST_CARD}
    wanted = _decided(rulebook, coded, coded.facts)
    fewest = coded.facts.about(*(fact for fact in codable if fact in read))
    kept = fewest if _decided(rulebook, coded, fewest) == wanted else coded.facts.about(*codable)
    return Coded(kept, coded.services, coded.as_of, coded.language)


def _decided(rulebook: Rulebook, coded: Coded, facts: Facts) -> list[object]:
    return [verdict_of(each) for each in evaluate_all(rulebook, coded.services, facts, on=coded.as_of)]


def pack(rulebook: Rulebook, coded: Coded) -> bytes:
    """ValueError where a fact cannot be coded: it was not admitted by this book."""
    digits = [(1 if service in coded.services else 0, 2) for service in rulebook.services]
    digits += [(_digit(values, coded.facts, fact), len(values) + 2) for fact, values in _codes(rulebook)]
    number = 0
    for digit, radix in digits:
        number = number * radix + digit
    head = bytes.fromhex(rulebook.hash)[:HASH_BYTES]
    head += (coded.as_of - FIRST_DAY).days.to_bytes(DAY_BYTES) + coded.language.encode("ascii")
    return head + number.to_bytes((number.bit_length() + 7) // 8)


def book_of(packed: bytes) -> str:
    """The first letters of the hash of the book that can read it."""
    if len(packed) < HEAD:
        raise NotAReceipt("too short")
    return packed[:HASH_BYTES].hex()


def unpack(rulebook: Rulebook, packed: bytes) -> Coded:
    """NotAReceipt where this book did not write it."""
    if not rulebook.hash.startswith(book_of(packed)):
        raise NotAReceipt("another book")
    day, language = packed[HASH_BYTES : HASH_BYTES + DAY_BYTES], packed[HASH_BYTES + DAY_BYTES : HEAD]
    number, facts = int.from_bytes(packed[HEAD:]), dict[FactId, FactValue | None]()
    for fact, values in reversed(_codes(rulebook)):
        number, digit = divmod(number, len(values) + 2)
        if digit != UNKNOWN:
            facts[fact] = None if digit == DECLINED else values[digit - 2]
    asked = []
    for service in reversed(tuple(rulebook.services)):
        number, bit = divmod(number, 2)
        asked += [service] if bit else []
    if number:
        raise NotAReceipt("contents")
    told = Facts({fact: facts[fact] for fact in rulebook.facts if fact in facts})
    as_of = FIRST_DAY + timedelta(days=int.from_bytes(day))
    return Coded(told, tuple(reversed(asked)), as_of, language.decode("ascii", "replace"))


def in_order(rulebook: Rulebook, services: Iterable[ServiceId]) -> tuple[ServiceId, ...]:
    """As the book lists them: a set of services has no other order in a receipt."""
    wanted = frozenset(services)
    return tuple(service for service in rulebook.services if service in wanted)


def _codes(rulebook: Rulebook) -> list[tuple[FactId, Sequence[FactValue]]]:
    known = rulebook.facts.values()
    return [(each.fact, _values(each)) for each in known if each.type is not FactType.TEXT]


def _values(definition: FactDefinition) -> Sequence[FactValue]:
    match definition.type:
        case FactType.BOOLEAN:
            return (False, True)
        case FactType.INTEGER:
            return range(definition.minimum or 0, (definition.maximum or 0) + 1)
        case _:
            return sorted(definition.values)


def _digit(values: Sequence[FactValue], facts: Facts, fact: FactId) -> int:
    if facts.is_unknown(fact):
        return UNKNOWN
    value = facts[fact]
    return DECLINED if value is None else values.index(value) + 2
