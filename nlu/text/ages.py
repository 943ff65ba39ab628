"""The age a person tells of themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, Iterator, List, Optional, Tuple

from nlu.text.cues import breaks_before
from nlu.text.found import Found, found_in
from nlu.text.normalise import fold
from nlu.text.numbers import number_at
from nlu.text.phrases import Message
from nlu.text.tables import rows

OLDEST = 110
_YOUNGEST_UNCLAIMED = 11
_AND = "\u0648"
_CHILD_REACH = 5
_REACH = 3
"""How many words before a number may say whose years they are."""


def ages_in(text: str, message: Message) -> Iterator[Found]:
    """Numbers told as the writer's age: "24 ans", "I'm 24", not "10 ans d'experience" nor a child's age."""
    words = [word.text for word in message.words]
    place = 0
    while place < len(words):
        number = _number_or_glued(words, place)
        if number is None:
            place += 1
            continue
        value, after = number
        if 0 < value <= OLDEST and _is_an_age(text, message, words, (value, (place, after))):
            yield found_in(text, message, "age", value, place, min(after + _has_unit(words, after), len(words)))
        place = after


def _number_or_glued(words: List[str], place: int) -> "Optional[Tuple[int, int]]":
    for unit in _words_for("glued"):
        head = words[place][: -len(unit)]
        if words[place].endswith(unit) and head.isdigit() and len(head) <= 3:
            return int(head), place + 1
    return number_at(words, place)


def _has_unit(words: List[str], after: int) -> int:
    return 1 if after < len(words) and words[after] in _words_for("unit") else 0


def _is_an_age(text: str, message: Message, words: List[str], number: Tuple[int, Tuple[int, int]]) -> bool:
    value, (first, after) = number
    before = [word[1:] if word[0] == _AND and len(word) > 3 else word for word in words[max(0, first - _REACH) : first]]
    following = _clause_after(text, message, after + _has_unit(words, after))
    if set(before[-1:]) & _words_for("not_before") or set(following[:1]) & _words_for("not_after"):
        return False
    claimed = _ends_with_claim(before)
    if _has_unit(words, after) or _is_glued(words[first]):
        unclaimed = value >= _YOUNGEST_UNCLAIMED and not _is_of_another(words, first)
        return claimed or (unclaimed and not _tells_a_duration(words, first))
    if set(following) & _words_for("other_unit") or not _looks_like_an_age(words[first]):
        return False
    listed = _stands_between_commas(text, message, (first, after))
    return (claimed or listed) and not _is_of_another(words, first)


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


def _is_of_another(words: List[str], first: int) -> bool:
    return bool(set(words[max(0, first - _CHILD_REACH) : first]) & _words_for("child"))


def _tells_a_duration(words: List[str], first: int) -> bool:
    return bool(set(words[max(0, first - 2) : first]) & _words_for("duration"))


def _ends_with_claim(before: List[str]) -> bool:
    tail = " " + " ".join(before)
    return any(tail.endswith(" " + claim) for claim in _words_for("claim"))


def _stands_between_commas(text: str, message: Message, span: Tuple[int, int]) -> bool:
    # "Guinean, 24, receipt": a list of facts.
    first, after = span
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
