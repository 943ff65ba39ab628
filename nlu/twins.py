"""Examples that say the same: a scenario in Darija and its writing in Latin letters, a message with a word changed.

A twin among the examples that teach makes a score too good. Twins of one group stay on one side.
"""

from __future__ import annotations

from typing import Dict, List, Sequence

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from nlu.examples import Example
from nlu.text.features import sounded
from nlu.text.normalise import fold

ALIKE = 0.8
LONG = 8
"""Letters below which two texts are twins only where they are the same."""


def groups(examples: Sequence[Example]) -> List[int]:
    """For each example the number of its group."""
    parents = list(range(len(examples)))
    by_intent: Dict[str, List[int]] = {}
    for row, example in enumerate(examples):
        by_intent.setdefault(example.intent, []).append(row)
    for rows in by_intent.values():
        for reading in (fold, sounded):
            read = {row: reading(examples[row].text) for row in rows}
            # How French and English sound is not read.
            heard = [row for row in rows if read[row]]
            _join([read[row] for row in heard], heard, parents)
    return [_first(row, parents) for row in range(len(examples))]


def _join(texts: List[str], rows: List[int], parents: List[int]) -> None:
    alike = cdist(texts, texts, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, dtype=float)
    for one, other in zip(*(places.tolist() for places in alike.nonzero()), strict=True):
        if one < other and (texts[one] == texts[other] or min(len(texts[one]), len(texts[other])) >= LONG):
            parents[_first(rows[other], parents)] = _first(rows[one], parents)


def _first(row: int, parents: List[int]) -> int:
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row
