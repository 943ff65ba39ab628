"""The intent classifier: a linear model over words and letters as written, as they sound, and what they are signs of.

The same features, model and confidences as the app's local parser (a contract test compares the two).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, Sequence, Tuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_union
from sklearn.svm import LinearSVC

from nlu.sharpness import sharpness
from nlu.text.features import signs, sounded, written

SHARPNESS = sharpness().fast
"""Turns margins into confidences."""
SLACK = 0.5

_MARK = "_"
_WORDS, _NUMBERS = "words.json", "numbers.npz"
Vocabulary = List[str]
Reading = Callable[[str], str]
READINGS: "Tuple[Reading, Reading, Reading]" = (written, sounded, signs)


class LinearClassifier:
    """TF-IDF of words, letters, sounds and signs under a linear margin model."""

    def __init__(self, *, slack: float = SLACK, readings: "Tuple[Reading, Reading, Reading]" = READINGS) -> None:
        self._slack = slack
        self._readings = readings
        self._features = _new_features(readings)
        self.classes: Tuple[str, ...] = ()
        self._weights: Any = None
        self._biases: Any = None

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> "LinearClassifier":
        """The same examples in the same order make the same model."""
        return self.fit_to(self.learn_features(texts), intents)

    def learn_features(self, texts: Sequence[str]) -> Any:
        """The features of these texts, a sparse row each; those of other texts are then measured alike."""
        learning = _new_features(_read_once(texts, self._readings))
        # Texts of which nobody writes by sound still have that feature, empty: two that are nothing but a mark.
        rows = learning.fit_transform([*texts, _MARK, _MARK]).tocsr()[: len(texts)]
        for vectorizer, learned in zip(_vectorizers(self._features), _vectorizers(learning), strict=True):
            vectorizer.set_params(vocabulary=_in_order(learned.vocabulary_))
            vectorizer.idf_ = learned.idf_
        return rows

    def features(self, texts: Iterable[str]) -> Any:
        return self._features.transform(list(texts)).tocsr()

    def fit_to(self, features: Any, intents: Sequence[str]) -> "LinearClassifier":
        """Learns from rows of `learn_features`."""
        model = LinearSVC(C=self._slack, random_state=1).fit(features, intents)
        self.classes = tuple(str(name) for name in model.classes_)
        weights, biases = model.coef_, model.intercept_
        if len(self.classes) == 2:
            # Of two classes scikit-learn keeps the second one's side only.
            weights, biases = np.vstack([-weights, weights]), np.concatenate([-biases, biases])
        self._weights, self._biases = weights.astype(np.float32), biases.astype(np.float32)
        return self

    def margins(self, texts: Iterable[str]) -> Any:
        """How far each text lies on each class's side: a row per text, a column per class."""
        return self.margins_of(self.features(texts))

    def margins_of(self, features: Any) -> Any:
        return features @ self._weights.T + self._biases

    @property
    def shape(self) -> Tuple[int, int]:
        """Classes and columns."""
        return len(self._weights), self._weights.shape[1]

    def rankings(self, texts: Iterable[str]) -> List[List[Tuple[str, float]]]:
        """For each text all intents with their confidence, best first; they add up to 1."""
        shares = confidences(self.margins(texts))
        return [sorted(zip(self.classes, row.tolist(), strict=True), key=lambda pair: -pair[1]) for row in shares]

    def save(self, folder: Path) -> None:
        """Plain JSON and numbers: reading it back runs nothing."""
        vectorizers = _vectorizers(self._features)
        words = {"classes": self.classes, "vocabularies": [_in_order(each.vocabulary_) for each in vectorizers]}
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        rarities = {f"rarities_{place}": each.idf_ for place, each in enumerate(vectorizers)}
        np.savez_compressed(folder / _NUMBERS, weights=self._weights, biases=self._biases, **rarities)

    @classmethod
    def load(cls, folder: Path) -> "LinearClassifier":
        """Raises ValueError, KeyError or OSError where the files are not those of a model of these features."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        loaded = cls()
        _use(words["vocabularies"], _vectorizers(loaded._features))
        loaded.classes = tuple(words["classes"])
        # Opened here: of a damaged file numpy would leave it open.
        with (folder / _NUMBERS).open("rb") as file, np.load(file, allow_pickle=False) as numbers:
            loaded._weights, loaded._biases = numbers["weights"], numbers["biases"]
            for place, vectorizer in enumerate(_vectorizers(loaded._features)):
                vectorizer.idf_ = numbers[f"rarities_{place}"]
        columns = sum(len(vocabulary) for vocabulary in words["vocabularies"])
        if loaded._weights.shape != (len(loaded.classes), columns) or len(loaded._biases) != len(loaded.classes):
            raise ValueError("the parts of the model do not fit each other")
        return loaded


def confidences(margins: Any, sharpness: float = SHARPNESS) -> Any:
    """Margins as shares of 1, row by row."""
    raised = np.exp(sharpness * (margins - margins.max(axis=1, keepdims=True)))
    return raised / raised.sum(axis=1, keepdims=True)


def _new_features(readings: "Tuple[Reading, Reading, Reading]") -> FeatureUnion:
    words: Dict[str, Any] = {"token_pattern": r"\S+", "ngram_range": (1, 2), "sublinear_tf": True, "min_df": 2}
    letters: Dict[str, Any] = {"analyzer": "char_wb", "sublinear_tf": True, "min_df": 2}
    as_written, as_sounded, as_signs = readings
    return make_union(
        TfidfVectorizer(preprocessor=as_written, **words),
        TfidfVectorizer(preprocessor=as_written, ngram_range=(1, 4), **letters),
        TfidfVectorizer(preprocessor=as_sounded, **words),
        TfidfVectorizer(preprocessor=as_sounded, ngram_range=(2, 4), **letters),
        TfidfVectorizer(preprocessor=as_signs, **words),
    )


def _read_once(texts: Sequence[str], readings: "Tuple[Reading, Reading, Reading]") -> Any:
    """The readings of known texts: reading is the slow part of learning, and several vectorizers share one."""
    known = {text: tuple(reading(text) for reading in readings) for text in texts}
    known[_MARK] = (_MARK,) * len(readings)
    return tuple((lambda text, place=place: known[text][place]) for place in range(len(readings)))


def _use(vocabularies: Sequence[Vocabulary], vectorizers: Sequence[TfidfVectorizer]) -> None:
    for vectorizer, vocabulary in zip(vectorizers, vocabularies, strict=True):
        vectorizer.set_params(vocabulary=vocabulary)


def _vectorizers(features: FeatureUnion) -> List[TfidfVectorizer]:
    return [vectorizer for _, vectorizer in features.transformer_list]


def _in_order(vocabulary: Dict[str, int]) -> Vocabulary:
    return sorted(vocabulary, key=lambda term: vocabulary[term])
