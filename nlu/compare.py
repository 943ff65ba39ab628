"""`python -m nlu.compare CSV`: the classifiers that were tried, on the same grouped folds of any labelled texts.

What was tried once and left out, because it helped nothing or cost too much, stands in nlu/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC, LinearSVC

from nlu.benchmark import Row, read_rows, scores, splits
from nlu.kept_vectors import vectors_of
from nlu.kernel import KernelClassifier
from nlu.linear import LinearClassifier
from nlu.transliteration import Transliteration

FOLDS = 5
Rows = Any
Way = Callable[[Rows, Rows, Any, Rows, Rows], Any]
"""Words and meanings known, their places, words and meanings unseen: the places guessed."""


def _kernel(share: float) -> Way:
    def guess(words: Rows, meant: Rows, places: Any, unseen_words: Rows, unseen_meant: Rows) -> Any:
        classifier = KernelClassifier.fitted(words, meant, places, share=share)
        return classifier.margins(unseen_words, unseen_meant).argmax(axis=1)

    return guess


def _of_words(words: Rows, _meant: Rows, places: Any, unseen: Rows, _unseen_meant: Rows) -> Any:
    return LinearSVC(C=0.5, random_state=1).fit(words, places).predict(unseen)


def _of_both(words: Rows, meant: Rows, places: Any, unseen: Rows, unseen_meant: Rows) -> Any:
    known = hstack([words, csr_matrix(meant)]).tocsr()
    return LinearSVC(C=1.0, random_state=1).fit(known, places).predict(hstack([unseen, csr_matrix(unseen_meant)]))


def _of_meaning(_words: Rows, meant: Rows, places: Any, _unseen: Rows, unseen_meant: Rows) -> Any:
    centre, spread = meant.mean(axis=0), meant.std(axis=0)
    return SVC(C=10).fit((meant - centre) / spread, places).predict((unseen_meant - centre) / spread)


def _neighbours(_words: Rows, meant: Rows, places: Any, _unseen: Rows, unseen_meant: Rows) -> Any:
    return KNeighborsClassifier(5, weights="distance").fit(meant, places).predict(unseen_meant)


WAYS: Dict[str, Way] = {
    "linear SVM, words": _of_words,
    "linear SVM, words + meaning": _of_both,
    "kernel SVM, meaning": _of_meaning,
    "5 nearest, meaning": _neighbours,
    "kernel ridge, meaning": _kernel(0.0),
    "kernel ridge, 15 % words": _kernel(0.15),
    "kernel ridge, 25 % words": _kernel(0.25),
    "kernel ridge, 50 % words": _kernel(0.5),
    "kernel ridge, words": _kernel(1.0),
}


def compare(rows: Sequence[Row]) -> Iterator[str]:
    """The scores of each way, fold by fold learned from the same features."""
    labels = np.array(sorted({row.label for row in rows}))
    places = np.searchsorted(labels, [row.label for row in rows])
    guessed = {name: np.zeros(len(rows), int) for name in WAYS}
    for known, unseen in splits(rows, FOLDS):
        texts = [[rows[place].text for place in part] for part in (known, unseen)]
        features = LinearClassifier()
        words = features.learn_features(texts[0]), features.features(texts[1])
        spelling = Transliteration.learned(texts[0])
        meant = [vectors_of([spelling.readable(text) for text in part]) for part in texts]
        for name, way in WAYS.items():
            guessed[name][unseen] = way(words[0], meant[0], places[known], words[1], meant[1])
    for name, found in guessed.items():
        yield f"\n{name}"
        yield from scores(rows, labels[found].tolist())


def main(arguments: Optional[List[str]] = None) -> int:
    (file,) = sys.argv[1:] if arguments is None else arguments
    for line in compare(read_rows(Path(file))):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
