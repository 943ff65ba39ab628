"""Phrases of our word lists, compiled once and looked for in a message.

A phrase is words separated by spaces, each of which may be `word`, `stem~` (any ending), `one|other`, `word?`
(optional); `*` stands for up to three words of any kind, `^` and `$` for the ends of the message.
Arabic words also match with their glued particles, and Darija phrases match any spelling in Latin letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Dict, Generic, Iterable, Iterator, List, Pattern, Sequence, Set, Tuple, TypeVar

from nlu.text.arabizi import ARABIC_LETTER, skeleton
from nlu.text.normalise import Word, fold, words_of

Value = TypeVar("Value")

_ARTICLE = "\u0627\u0644"
_PARTICLES = "(?:[\u0648\u0641])?(?:[\u0628\u0643\u0641\u0644\u062f])?"
_SHORTEST_WITH_PARTICLES = 3
_SHORTEST_ALONE = 4
_SHORTEST_BESIDE = 1
_SPOKEN = ("darija", "arabizi")


@dataclass(frozen=True)
class Message:
    """A text prepared for looking up phrases: its words, folded and as consonant skeletons."""

    words: Tuple[Word, ...]
    surface: str
    spoken: str

    @classmethod
    def of(cls, text: str) -> "Message":
        words = _with_negations_joined(words_of(text))
        surface = [word.text for word in words]
        return cls(words, _stream(surface), _stream([skeleton(word) or "_" for word in surface]))


def _with_negations_joined(words: Tuple[Word, ...]) -> Tuple[Word, ...]:
    """Darija's two-part negation as one word, however it was spaced: "ma bghitch", "mabghitch"."""
    joined: List[Word] = []
    for word in words:
        text, start = word.text, word.start
        if joined and _NEGATION.match(joined[-1].text) and _NEGATED.search(text):
            negation = joined.pop()
            text, start = negation.text + text, negation.start
        joined.append(Word(_plain_negation(text), start, word.end))
    return tuple(joined)


def _plain_negation(word: str) -> str:
    return _LONG_NEGATION.sub("\\1", word)


_NEGATION = re.compile("^(?:\u0645\u0627|\u0648\u0645\u0627|ma)$")
_NEGATED = re.compile("..(?:\u0634|ch|sh)$")
_LONG_NEGATION = re.compile("^(\u0648?\u0645)\u0627(?=\\w{3,}\u0634$)")


def _stream(pieces: Sequence[str]) -> str:
    return " " + "".join(piece + " " for piece in pieces)


@dataclass(frozen=True)
class Hit(Generic[Value]):
    """A phrase found, with its place in words; `last` is excluded."""

    value: Value
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first


def without_overlaps(hits: "Iterable[Hit[Value]]") -> "List[Hit[Value]]":
    """The hits in the order given, leaving out those that overlap an earlier one."""
    kept: List[Hit[Value]] = []
    for hit in hits:
        if all(hit.last <= other.first or other.last <= hit.first for other in kept):
            kept.append(hit)
    return kept


Entry = Tuple[str, Callable[[str], Pattern[str]], Value]
"""A phrase, what makes a pattern of it, and what it stands for."""


class Phrasebook(Generic[Value]):
    """Many phrases, each standing for a value, filed under words they cannot do without."""

    def __init__(self, entries: Iterable[Tuple[str, str, Value]]) -> None:
        """Entries are (phrase, variety, value)."""
        self._written: Dict[str, List[Entry[Value]]] = {}
        self._spoken: Dict[str, List[Entry[Value]]] = {}
        for phrase, variety, value in entries:
            for key in _keys(phrase, _written_key):
                self._written.setdefault(key, []).append((phrase, written_pattern, value))
            spoken = _spoken_phrase(phrase) if variety in _SPOKEN else ""
            if spoken:
                for key in _keys(spoken, _spoken_key):
                    self._spoken.setdefault(key, []).append((spoken, _spoken_pattern, value))

    def hits(self, message: Message, *, spoken: bool) -> "List[Hit[Value]]":
        """Every phrase found, longest first; `spoken` also compares how the words sound."""
        keys = {key for word in message.words for form in forms_of(word.text) for key in _beginnings(form)}
        found = [hit for entry in _filed(self._written, keys) for hit in _found(entry, message.surface)]
        if spoken:
            sounds = {
                key for sound in message.spoken.split() for form in _sound_forms(sound) for key in _beginnings(form)
            }
            found += [
                hit
                for entry in _filed(self._spoken, sounds)
                for hit in _found(entry, message.spoken)
                if _is_telling(message.spoken.split()[hit.first : hit.last])
            ]
        return sorted(set(found), key=lambda hit: (-hit.length, hit.first, hit.last, str(hit.value)))


def _filed(index: "Dict[str, List[Entry[Value]]]", keys: Set[str]) -> "Set[Entry[Value]]":
    return {entry for key in keys if key in index for entry in index[key]}


def _beginnings(form: str) -> Iterator[str]:
    yield form
    for length in range(1, len(form) + 1):
        yield form[:length] + "~"


def _sound_forms(sound: str) -> Set[str]:
    """A skeleton with and without a glued particle and article."""
    return {sound, *(sound[cut:] for cut in (1, 2) if _GLUED_SOUND.match(sound[:cut]) and sound[cut:])}


_GLUED_SOUND = re.compile(r"^(?:[fbdl]|[fbd]l)$")


def _keys(phrase: str, key_of: Callable[[str], str]) -> List[str]:
    """The words of the slot that must be there and offers the least choice."""
    slots = [part.split("|") for part in _parts(phrase) if part not in "*^$" and part[-1] != "?"]
    keyed = [[key_of(word) for word in slot] for slot in slots]
    usable = [keys for keys in keyed if all(key.strip("~_") for key in keys)]
    return min(usable, key=lambda keys: (len(keys), -min(len(key) for key in keys)))


def _found(entry: "Entry[Value]", stream: str) -> "Iterator[Hit[Value]]":
    phrase, pattern_of, value = entry
    for match in pattern_of(phrase).finditer(stream):
        first = max(stream.count(" ", 0, match.start()) - 1, 0)
        last = stream.count(" ", 0, match.end()) - 1
        if last > first:
            yield Hit(value, first, last)


def forms_of(word: str) -> Set[str]:
    """An Arabic word with and without its glued particles and article; another word as it is."""
    forms = {word}
    if ARABIC_LETTER.match(word):
        for pattern in _STRIPPERS:
            forms |= {pattern.sub("", form) for form in forms}
    return forms


_STRIPPERS = (
    re.compile("^[\u0648\u0641](?=..)"),
    re.compile("^[\u0628\u0643\u0641\u0644\u062f](?=..)"),
    re.compile("^(?:\u0627\u0644|\u0644)(?=..)"),
)


def _parts(phrase: str) -> List[str]:
    return phrase.replace("'", " ").replace("\u2019", " ").replace("-", " ").split()


@lru_cache(maxsize=None)
def written_pattern(phrase: str) -> Pattern[str]:
    """The phrase as a pattern over folded words; compiled when a message first has a word of it."""
    return re.compile("".join(_slots(phrase, _written_word)))


@lru_cache(maxsize=None)
def _spoken_pattern(spoken: str) -> Pattern[str]:
    """A phrase that `_spoken_phrase` left as a pattern over skeletons."""
    return re.compile("".join(_slots(spoken, _spoken_word)))


def _spoken_phrase(phrase: str) -> str:
    """The phrase without the choices whose consonants could be anybody's; empty where that leaves a gap in it."""
    needed = [part for part in _parts(phrase) if part not in "*^$" and part[-1] != "?"]
    shortest = _SHORTEST_ALONE if len(needed) == 1 else _SHORTEST_BESIDE
    kept = {part: [word for word in part.split("|") if len(_sounds(word)) >= shortest] for part in needed}
    if not all(kept.values()):
        return ""
    return " ".join("|".join(kept.get(part, [part])) for part in _parts(phrase))


def _is_telling(sounds: Sequence[str]) -> bool:
    return len("".join(sounds)) >= _SHORTEST_ALONE + (len(sounds) > 1)


def _slots(phrase: str, as_pattern: Callable[[str], str]) -> Iterator[str]:
    parts = _parts(phrase)
    yield "^ " if parts[0] == "^" else "(?<= )"
    for part in parts:
        if part == "*":
            yield r"(?:\S+ ){0,3}?"
        elif part not in ("^", "$"):
            choice = "|".join(as_pattern(word) for word in part.rstrip("?").split("|"))
            yield f"(?:(?:{choice}) )?" if part.endswith("?") else f"(?:{choice}) "
    if parts[-1] == "$":
        yield "$"


@lru_cache(maxsize=None)
def _listed(word: str) -> str:
    """A word of our lists in matching form."""
    return _plain_negation(fold(word.rstrip("~?")))


def _written_word(word: str) -> str:
    folded = _listed(word)
    ending = r"\S*" if word.endswith("~") else ""
    if not ARABIC_LETTER.match(folded):
        return re.escape(folded) + ending
    if len(folded) < _SHORTEST_WITH_PARTICLES:
        return "[\u0648\u0641]?" + re.escape(folded) + ending
    stem = folded[2:] if folded.startswith(_ARTICLE) and len(folded) > 4 else folded
    article = f"(?:{_ARTICLE}|\u0644)" if stem != folded else f"(?:{_ARTICLE}|\u0644)?"
    return _PARTICLES + article + re.escape(stem) + ending


def _spoken_word(word: str) -> str:
    ending = r"\S*" if word.endswith("~") else ""
    sounds = _sounds(word)
    glued = "(?:[fbd]?l?)" if len(sounds) >= _SHORTEST_WITH_PARTICLES else ""
    return glued + re.escape(sounds) + ending


@lru_cache(maxsize=None)
def _sounds(word: str) -> str:
    folded = _listed(word)
    stem = folded[2:] if folded.startswith(_ARTICLE) and len(folded) > 4 else folded
    return skeleton(stem) or "_"


def _written_key(word: str) -> str:
    folded = _listed(word)
    stem = folded[2:] if folded.startswith(_ARTICLE) and len(folded) > 4 else folded
    return stem + ("~" if word.endswith("~") else "")


def _spoken_key(word: str) -> str:
    return _sounds(word) + ("~" if word.endswith("~") else "")
