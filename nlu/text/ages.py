"""The age a person tells of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import FrozenSet, Iterator, List, Optional, Tuple

from nlu.text.cues import breaks_before
from nlu.text.found import Found, found_in
from nlu.text.normalise import fold
from nlu.text.numbers import number_at
from nlu.text.origins import is_nation
from nlu.text.phrases import Message
from nlu.text.tables import rows
from nlu.text.wards import ward_of

OLDEST = 110
_YOUNGEST_UNCLAIMED = 11
_YOUNGEST_WARD = 13
"""Smaller children do not ask for anything themselves: their age is told beside the wish of a parent."""
_AND = "\u0648"
_CHILD_REACH = 5
_REACH = 4
"""How many words before a number may say whose years they are."""
_DENIAL_REACH = 3


@dataclass(frozen=True)
class _Number:
    value: int
    first: int
    after: int


def ages_in(text: str, message: Message) -> Iterator[Found]:
    """Numbers told as the age of the person asked for: "24 ans", "I'm 24", not "10 ans d'experience"."""
    words = [word.text for word in message.words]
    numbers = list(_numbers(words))
    denied = {number for number in numbers if _is_denied(text, message, words, number)}
    for number in numbers:
        told = number not in denied and 0 < number.value <= OLDEST
        if told and _is_an_age(text, message, number, corrected=bool(denied)):
            last = number.after + _has_unit(words, number.after)
            yield found_in(text, message, "age", number.value, number.first, last)


def _numbers(words: List[str]) -> Iterator[_Number]:
    place = 0
    while place < len(words):
        number = _number_or_glued(words, place)
        if number is not None:
            yield _Number(number[0], place, number[1])
        place = place + 1 if number is None else number[1]


def _number_or_glued(words: List[str], place: int) -> "Optional[Tuple[int, int]]":
    for unit in _words_for("glued"):
        head = words[place][: -len(unit)]
        if words[place].endswith(unit) and head.isdigit() and len(head) <= 3:
            return int(head), place + 1
    return number_at(words, place)


def _has_unit(words: List[str], after: int) -> int:
    return 1 if after < len(words) and words[after] in _words_for("unit") else 0


def _is_denied(text: str, message: Message, words: List[str], number: _Number) -> bool:
    """As in "not 35 but 25": the number that is put right."""
    place = number.first
    while place > 0 and number.first - place < _DENIAL_REACH and not breaks_before(text, message, place):
        place -= 1
        if words[place] in _words_for("not"):
            return True
        if words[place].isdigit():
            return False
    return False


def _is_an_age(text: str, message: Message, number: _Number, *, corrected: bool) -> bool:
    words = [word.text for word in message.words]
    before = _before(words, number.first)
    following = _clause_after(text, message, number.after + _has_unit(words, number.after))
    if set(before[-1:]) & _words_for("not_before") or set(following[:1]) & _words_for("not_after"):
        return False
    ward = ward_of(message)
    if _ends_with(before, "limit") or (ward is not None and number.value < _YOUNGEST_WARD):
        return False
    claimed = _ends_with(before, "claim") or (ward is not None and _ends_with(before, "claim of another"))
    another = _is_of_another(message, number.first)
    if _has_unit(words, number.after) or _is_glued(words[number.first]):
        unclaimed = number.value >= _YOUNGEST_UNCLAIMED and not another
        return claimed or (unclaimed and not _tells_a_duration(words, number.first))
    readable = _looks_like_an_age(words[number.first]) or (corrected and number.value >= _YOUNGEST_WARD)
    if set(following) & _words_for("other_unit") or not readable:
        return False
    listed = corrected or _follows_a_nation(before) or _stands_between_commas(text, message, number)
    return (claimed or listed) and not another


def _before(words: List[str], first: int) -> List[str]:
    return [word[1:] if word[0] == _AND and len(word) > 3 else word for word in words[max(0, first - _REACH) : first]]


def _clause_after(text: str, message: Message, place: int) -> List[str]:
    """Up to two words that follow without punctuation between."""
    words: List[str] = []
    while place < len(message.words) and len(words) < 2 and not breaks_before(text, message, place):
        words.append(message.words[place].text)
        place += 1
    return words


def _is_glued(word: str) -> bool:
    """As in "24ans"."""
    return word[:1].isdigit() and not word.isdigit()


def _looks_like_an_age(word: str) -> bool:
    return word.isdigit() and len(word) <= 3 and 10 <= int(word) <= OLDEST


def _is_of_another(message: Message, first: int) -> bool:
    """Whether a relative is named shortly before, other than the person the message asks for."""
    ward = ward_of(message)
    places = [place for place in range(max(0, first - _CHILD_REACH), first) if not _is_within(place, ward)]
    words = [message.words[place].text for place in places]
    pairs = {" ".join(pair) for pair in pairwise(words)}
    return bool((set(words) | pairs) & _words_for("child"))


def _is_within(place: int, span: Optional[Tuple[int, int]]) -> bool:
    return span is not None and span[0] <= place < span[1]


def _tells_a_duration(words: List[str], first: int) -> bool:
    return bool(set(words[max(0, first - 2) : first]) & _words_for("duration"))


def _ends_with(before: List[str], role: str) -> bool:
    tail = " " + " ".join(before)
    return any(tail.endswith(" " + claim) for claim in _words_for(role))


def _follows_a_nation(before: List[str]) -> bool:
    """As in "Malian 28", "Sudanese man 35"."""
    told = [word for word in before[-2:] if word not in _words_for("man")]
    return bool(told) and is_nation(told[-1])


def _stands_between_commas(text: str, message: Message, number: _Number) -> bool:
    # "Guinean, 24, receipt": a list of facts.
    first, after = number.first, number.after
    left = text[message.words[first - 1].end : message.words[first].start] if first else ","
    right = text[message.words[after - 1].end : message.words[after].start] if after < len(message.words) else ","
    inside = first > 0 or after < len(message.words)
    return inside and _is_break(left) and _is_break(right)


def _is_break(between: str) -> bool:
    return any(mark in between for mark in ",;.\u060c\u061b\n/")


@lru_cache(maxsize=None)
def _words_for(role: str) -> FrozenSet[str]:
    return frozenset(
        " ".join(fold(word).replace("'", " ").split())
        for row in rows("ages")
        if row["role"] == role
        for word in row["words"].split("|")
    )
