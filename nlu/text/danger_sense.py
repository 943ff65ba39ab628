"""How much a message sounds like a cry for help, by its words, their letters and their consonants.

A linear model in one small file: no library is needed, and reading it runs nothing. nlu/danger_learn.py writes it.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterator, List, Sequence, Set, Tuple

from nlu.text.arabizi import ARABIC_LETTER, skeleton
from nlu.text.normalise import words_of
from nlu.text.variety import may_be_arabizi

FILE = Path(__file__).parent / "data" / "danger_sense.bin"
DANGERS = ("emergency", "protection", "asylum")
PLACES = 1 << 16
"""Features are kept by a checksum of their name: two may share a place."""
RARITY_STEPS = 16
LONGEST = 600
"""Characters of a part that is read as a whole."""
_LETTERS = (2, 3, 4, 5)
_SOUNDS = (2, 3, 4)
_SENTENCE = re.compile(r"[.!?\u061f\u2026\n]+")
_WORDS_OF_A_SENTENCE = 3
_MOST_PARTS = 8


@dataclass(frozen=True)
class Sense:
    """`likelihood` is that of any danger, 0 to 1; `danger` the likeliest one, `lead` how far before the next."""

    likelihood: float
    danger: str
    lead: float


@dataclass(frozen=True)
class Weights:
    """Per place how rare its features are, and for alarm and each danger a weight with its step and bias."""

    rarities: "array[int]"
    weights: "Tuple[array[int], ...]"
    steps: Tuple[float, ...]
    biases: Tuple[float, ...]


def sensed(text: str) -> Sense:
    """Of the most alarming part of a text: one sentence of a long message counts as much as a message of its own."""
    return max((_sense_of(part) for part in parts_of(text)), key=lambda sense: sense.likelihood)


def parts_of(text: str) -> List[str]:
    """The text itself where it is short, or its beginning and its end, and its sentences."""
    whole = [text] if len(text) <= LONGEST else [text[:LONGEST], text[-LONGEST:]]
    sentences = [each for part in whole for each in _SENTENCE.split(part) if _says_enough(each)]
    return whole + sentences[:_MOST_PARTS] if len(sentences) > 1 else whole


def _says_enough(sentence: str) -> bool:
    return len(sentence.split()) >= _WORDS_OF_A_SENTENCE


def places_of(text: str) -> List[int]:
    """Where the features of a text are kept."""
    return sorted({zlib.crc32(name.encode("utf-8", "surrogatepass")) % PLACES for name in _features(text)})


def _features(text: str) -> Set[str]:
    words = [word.text for word in words_of(text)]
    found = {f"w{word}" for word in words}
    found.update(_pairs("b", words, 1), _pairs("g", words, 2))
    for word in words:
        found.update(_pieces(f" {word} ", _LETTERS))
    if may_be_arabizi(text) or any(ARABIC_LETTER.search(word) for word in words):
        sounds = [sound for sound in map(skeleton, words) if sound]
        found.update((f"s{sound}" for sound in sounds), _pairs("t", sounds, 1))
        for sound in sounds:
            found.update(f"k{piece}" for piece in _pieces(f"^{sound}$", _SOUNDS))
    return found


def _pairs(kind: str, words: Sequence[str], apart: int) -> Iterator[str]:
    return (f"{kind}{first}_{second}" for first, second in zip(words, words[apart:]))  # noqa: B905  the rest has no pair


def _pieces(word: str, lengths: Sequence[int]) -> Iterator[str]:
    return (word[start : start + length] for length in lengths for start in range(len(word) - length + 1))


def _sense_of(text: str) -> Sense:
    learned = _learned()
    places = places_of(text)
    length = math.sqrt(sum(learned.rarities[place] ** 2 for place in places)) or 1.0
    alarm, *dangers = (
        sum(weights[place] * learned.rarities[place] for place in places) * step / length + bias
        for weights, step, bias in zip(learned.weights, learned.steps, learned.biases, strict=True)
    )
    second, best = sorted(dangers)[-2:]
    return Sense(1 / (1 + math.exp(-max(min(alarm, 30.0), -30.0))), DANGERS[dangers.index(best)], best - second)


@lru_cache(maxsize=1)
def _learned(file: Path = FILE) -> Weights:
    return read_weights(file)


def read_weights(file: Path) -> Weights:
    """A line of JSON, then the rarities and the weights, a byte for each place."""
    head, _, body = zlib.decompress(file.read_bytes()).partition(b"\n")
    numbers: Dict[str, List[float]] = json.loads(head)
    blocks = [body[start : start + PLACES] for start in range(0, len(body), PLACES)]
    if [len(block) for block in blocks] != [PLACES] * (len(DANGERS) + 2):
        raise ValueError(f"not the weights of {PLACES} places: {file}")
    weights = tuple(array("b", block) for block in blocks[1:])
    return Weights(array("B", blocks[0]), weights, tuple(numbers["steps"]), tuple(numbers["biases"]))
