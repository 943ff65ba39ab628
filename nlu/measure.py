"""How well the training data teaches itself: every example is judged by a model that has not seen it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Sequence, Tuple

import numpy as np
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import StratifiedGroupKFold

from nlu.examples import Example
from nlu.linear import READINGS, LinearClassifier, confidences
from nlu.text.danger import danger_in
from nlu.text.gazetteer import find_entities
from nlu.twins import groups

FOLDS, SEED = 5, 1
_DANGEROUS = {"emergency": "emergency", "need_protection": "protection", "need_asylum": "asylum"}

Rows = Any
"""Places of examples, as numpy has them."""


@dataclass(frozen=True)
class Judged:
    """A margin per example and class; `classes` are the columns."""

    examples: Sequence[Example]
    classes: Tuple[str, ...]
    margins: Any

    @property
    def guesses(self) -> List[str]:
        return [self.classes[place] for place in self.margins.argmax(axis=1)]

    def right(self) -> Any:
        return np.array([guess == example.intent for guess, example in zip(self.guesses, self.examples, strict=True)])

    def of_variety(self, variety: str) -> "Judged":
        """Only its examples."""
        rows = [row for row, example in enumerate(self.examples) if example.variety == variety]
        return Judged([self.examples[row] for row in rows], self.classes, self.margins[rows])

    def accuracy(self) -> float:
        return float(self.right().mean())

    def macro_f1(self) -> float:
        return float(np.mean([scores[2] for scores in self.per_intent().values()]))

    def per_intent(self) -> Dict[str, Tuple[float, float, float]]:
        """Precision, recall and F1 of every intent there are examples of."""
        meant = [example.intent for example in self.examples]
        names = sorted(set(meant))
        precision, recall, f1, _ = precision_recall_fscore_support(meant, self.guesses, labels=names, zero_division=0)
        return {name: (float(precision[row]), float(recall[row]), float(f1[row])) for row, name in enumerate(names)}

    def mistaken_for(self, intent: str) -> List[Tuple[str, int]]:
        """What the examples of an intent were wrongly taken for, most often first."""
        wrong = Counter(
            guess
            for guess, example in zip(self.guesses, self.examples, strict=True)
            if example.intent == intent and guess != intent
        )
        return sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))

    def at_least(self, confidence: float) -> Tuple[float, float]:
        """The share answered when only such confidence counts, and the share of those that is right."""
        sure = confidences(self.margins).max(axis=1) >= confidence
        return float(sure.mean()), float(self.right()[sure].mean()) if sure.any() else 0.0

    def surprise(self, sharpness: float) -> float:
        """Mean log loss with this sharpness: the smaller, the more honest the confidences."""
        columns = [self.classes.index(example.intent) for example in self.examples]
        shares = confidences(self.margins, sharpness)
        return float(-np.log(shares[np.arange(len(columns)), columns]).mean())


def cross_validated(examples: Sequence[Example]) -> Judged:
    """Stratified, shuffled with a fixed seed: the same data gives the same numbers. Twins stay on one side."""
    intents = [example.intent for example in examples]
    parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED).split(intents, intents, groups(examples))
    return _judged(examples, parts)


def without_its_variety(examples: Sequence[Example], variety: str) -> Judged:
    """The examples of a variety, judged by a model of the other four: what a new dialect may expect."""
    is_in = np.array([example.variety == variety for example in examples])
    return _judged(examples, [(np.flatnonzero(~is_in), np.flatnonzero(is_in))]).of_variety(variety)


def _judged(examples: Sequence[Example], parts: Iterable[Tuple[Rows, Rows]]) -> Judged:
    classes = tuple(sorted({example.intent for example in examples}))
    margins = np.full((len(examples), len(classes)), -np.inf)
    readings = _read_once(examples)
    for known, unseen in parts:
        classifier = LinearClassifier(readings=readings)
        classifier.fit([examples[row].text for row in known], [examples[row].intent for row in known])
        margins[unseen] = classifier.margins(examples[row].text for row in unseen)
    return Judged(examples, classes, margins)


def _read_once(examples: Sequence[Example]) -> Any:
    """Reading is the slow part, and every fold reads the same texts."""
    return tuple({example.text: reading(example.text) for example in examples}.__getitem__ for reading in READINGS)


def named_things(examples: Sequence[Example]) -> Dict[str, Tuple[int, int]]:
    """For each kind of thing: how many are marked in the examples, and how many of those the word lists find."""
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for example in examples:
        there = {(thing.type, str(thing.value)) for thing in find_entities(example.text)}
        kinds = {kind for kind, _ in there}
        for kind, value in example.entities:
            marked[kind] += 1
            found[kind] += (kind in kinds) if kind == "trade" else (kind, value) in there
    return {kind: (marked[kind], found[kind]) for kind in sorted(marked)}


def danger_seen(examples: Sequence[Example]) -> Dict[str, Tuple[int, int, int]]:
    """For each danger: its examples, those in which danger words are found, and other examples with its words."""
    seen = [(danger_in(example.text), _DANGEROUS.get(example.intent)) for example in examples]
    return {
        danger: (
            sum(meant == danger for _, meant in seen),
            sum(meant == danger and found is not None for found, meant in seen),
            sum(meant is None and found == danger for found, meant in seen),
        )
        for danger in _DANGEROUS.values()
    }
