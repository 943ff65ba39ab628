"""Kernel ridge regression over two likenesses of texts: common words and letters, and closeness of meaning.

On the same folds it beats linear machines on the same features, kernel SVMs and fine-tuning: see nlu/compare.py.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, Tuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from sklearn.preprocessing import normalize

WORDS_SHARE = 0.3
"""Of the likeness; the rest is meaning."""
SMOOTHING = 0.1
_AT_ONCE = 512


class KernelClassifier:
    """One against all others for each class; solved exactly, the same rows make the same model."""

    def __init__(self, numbers: Dict[str, Any]) -> None:
        self._numbers = numbers
        self._anchors = numbers["anchors"].astype(np.float32)
        self._lengths = (self._anchors * self._anchors).sum(axis=1)
        self._weights = numbers["weights"].astype(np.float32)

    @classmethod
    def fitted(cls, words: Any, vectors: Any, places: Any, *, share: float = WORDS_SHARE) -> "KernelClassifier":
        """`words` are sparse rows, `vectors` dense ones, `places` the column of each row's class."""
        centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
        # Kept in 16 bits, and learned from what is kept: a model read back says the same.
        anchors = ((vectors - centre) / spread).astype(np.float16)
        rows = normalize(words)
        pulls = _solved(_likeness(rows, anchors.astype(np.float32), share), places)
        return cls(
            {
                "anchors": anchors,
                "centre": centre,
                "spread": spread,
                "pulls": ((1 - share) * pulls).astype(np.float32),
                "weights": (rows.T @ (share * pulls)).astype(np.float16),
            }
        )

    def margins(self, words: Any, vectors: Any) -> Any:
        """How far each text lies on each class's side."""
        seen = (vectors - self._numbers["centre"]) / self._numbers["spread"]
        close = _closeness(seen.astype(np.float32), self._anchors, self._lengths)
        return close @ self._numbers["pulls"] + normalize(words) @ self._weights

    @property
    def numbers(self) -> Dict[str, Any]:
        return self._numbers

    @property
    def shape(self) -> Tuple[int, int]:
        """Of the words' rows: classes and columns."""
        return self._weights.shape[1], self._weights.shape[0]


def _solved(likeness: Any, places: Any) -> Any:
    sides = np.full((len(places), int(places.max()) + 1), -1, np.float32)
    sides[np.arange(len(places)), places] = 1
    likeness[np.diag_indices(len(places))] += SMOOTHING
    # Transposed it is laid out as LAPACK wants it: solved in its own place, not in a copy of a gigabyte.
    factor = cho_factor(likeness.T, lower=True, overwrite_a=True, check_finite=False)
    return cho_solve(factor, sides, check_finite=False)


def _likeness(rows: Any, anchors: Any, share: float) -> Any:
    lengths = (anchors * anchors).sum(axis=1)
    likeness = np.empty((len(anchors), len(anchors)), np.float32)
    for part in _parts(len(anchors)):
        likeness[part] = _closeness(anchors[part], anchors, lengths)
        likeness[part] *= 1 - share
        # A sparse matrix times a dense one is several times faster than times a sparse one.
        likeness[part] += share * (rows @ rows[part].T.toarray()).T
    return likeness


def _closeness(seen: Any, anchors: Any, lengths: Any) -> Any:
    apart = (-2 * seen) @ anchors.T
    apart += lengths
    apart += (seen * seen).sum(axis=1, keepdims=True)
    np.maximum(apart, 0, out=apart)
    apart *= -1 / anchors.shape[1]
    return np.exp(apart, out=apart)


def _parts(count: int) -> "Iterator[slice]":
    for start in range(0, count, _AT_ONCE):
        yield slice(start, start + _AT_ONCE)
