"""Words of all varieties by what they mean, for the classifiers: "combien", "how much", "bch7al" are one concept."""

from __future__ import annotations

from functools import lru_cache
from typing import Dict, Iterator, List, Optional, Sequence, Set

from nlu.text.arabizi import ARABIC_LETTER, skeleton
from nlu.text.normalise import words_of
from nlu.text.phrases import forms_of
from nlu.text.tables import rows

_SHORTEST_STEM = 2
_SHORTEST_SOUND = 3


def concepts_of(words: Sequence[str], *, spoken: bool) -> List[str]:
    """The concepts that folded words name, in order; `spoken` also goes by sound."""
    found: List[str] = []
    for place, word in enumerate(words):
        pair = f"{word} {words[place + 1]}" if place + 1 < len(words) else ""
        found += sorted(_meanings(word, pair, spoken=spoken))
    return found


def _meanings(word: str, pair: str, *, spoken: bool) -> Set[str]:
    table = _table()
    meanings: Set[str] = set(table.get(pair, ()))
    for form in forms_of(word):
        meanings |= table.get(form, set())
        for length in range(_SHORTEST_STEM, len(form) + 1):
            meanings |= table.get(form[:length] + "~", set())
    if spoken and not meanings:
        meanings |= _sounds().get(_sound(word) or "", set())
    return meanings


def _sound(word: str) -> Optional[str]:
    sound = skeleton(word)
    return sound if len(sound) >= _SHORTEST_SOUND else None


def _entries() -> Iterator["tuple[str, str]"]:
    for row in rows("concepts"):
        for written in row["words"].split("|"):
            ending = "~" if written.endswith("~") else ""
            words = [word.text for word in words_of(written)]
            yield " ".join(words) + ending, row["concept"]
            if len(words) == 1 and words[0].startswith("\u0627\u0644") and len(words[0]) > 4:
                yield words[0][2:] + ending, row["concept"]


@lru_cache(maxsize=1)
def _table() -> Dict[str, Set[str]]:
    table: Dict[str, Set[str]] = {}
    for written, concept in _entries():
        table.setdefault(written, set()).add(concept)
    return table


@lru_cache(maxsize=1)
def _sounds() -> Dict[str, Set[str]]:
    """Concepts by the skeletons of their Arabic-script words, with and without the article."""
    sounds: Dict[str, Set[str]] = {}
    for written, concept in _entries():
        if ARABIC_LETTER.match(written) and " " not in written:
            sound = _sound(written.rstrip("~"))
            for spoken in (sound, f"l{sound}") if sound else ():
                sounds.setdefault(spoken, set()).add(concept)
    return sounds
