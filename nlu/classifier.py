"""The intent classifier of both parsers: a fast one by words and letters, and where it hesitates one by meaning too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Iterable, List, Optional, Sequence, Tuple

import numpy as np

from nlu.bands import sure as trusted
from nlu.encoder import default_encoder
from nlu.kept_vectors import vectors_of
from nlu.kernel import WORDS_SHARE, KernelClassifier
from nlu.linear import READINGS, LinearClassifier, Reading, confidences
from nlu.sharpness import sharpness
from nlu.transliteration import Transliteration

_SPELLINGS, _MEANINGS = "spellings.json", "meanings.npz"
PARTS = ("words.json", "numbers.npz", _SPELLINGS, _MEANINGS)
_ANY_TEXT = "bonjour"
Vectors = Callable[[Sequence[str]], Any]
Ranking = List[Tuple[str, float]]


class Classifier:
    """Fast first. Without its slow part (not learned yet) it is the fast classifier."""

    def __init__(
        self,
        fast: LinearClassifier,
        slow: Optional[KernelClassifier] = None,
        spelling: Optional[Transliteration] = None,
        *,
        sure: Optional[float] = None,
    ) -> None:
        self._fast, self._slow, self._spelling = fast, slow, spelling
        self._sure = trusted() if sure is None else sure

    @classmethod
    def fitted(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        *,
        readings: "Tuple[Reading, Reading, Reading]" = READINGS,
        share: float = WORDS_SHARE,
        vectors: Vectors = vectors_of,
        sure: Optional[float] = None,
    ) -> "Classifier":
        """Both parts; the same examples in the same order make the same model."""
        fast = LinearClassifier(readings=readings)
        features = fast.learn_features(texts)
        fast.fit_to(features, intents)
        spelling = Transliteration.learned(texts)
        places = np.searchsorted(np.array(fast.classes), np.array(intents))
        meant = vectors([spelling.readable(text) for text in texts])
        return cls(fast, KernelClassifier.fitted(features, meant, places, share=share), spelling, sure=sure)

    @classmethod
    def fast_only(cls, texts: Sequence[str], intents: Sequence[str]) -> "Classifier":
        """In seconds what can be had in seconds."""
        return cls(LinearClassifier().fit(texts, intents))

    @property
    def is_whole(self) -> bool:
        return self._slow is not None

    @property
    def classes(self) -> Tuple[str, ...]:
        return self._fast.classes

    def rankings(self, texts: Iterable[str]) -> List[Ranking]:
        """Each text's intents with their confidence, best first. The slow part is asked only about texts of which the
        fast one is not sure, and the two are then heard together."""
        asked, sharp = list(texts), sharpness()
        features = self._fast.features(asked)
        margins = self._fast.margins_of(features)
        shares = confidences(margins, sharp.fast)
        unsure = np.flatnonzero((shares.max(axis=1) < self._sure) & self.is_whole)
        if unsure.size:
            meant = self.slow_margins([asked[row] for row in unsure], features[unsure])
            shares[unsure] = confidences(sharp.slow * meant + sharp.beside * margins[unsure], 1.0)
        return [sorted(zip(self.classes, row.tolist(), strict=True), key=lambda pair: -pair[1]) for row in shares]

    def slow_margins(self, texts: Sequence[str], features: Any) -> Any:
        """What the slow part alone says."""
        if self._slow is None or self._spelling is None:
            raise ValueError("the slow part has not been learned")
        meant = default_encoder().vectors([self._spelling.readable(text) for text in texts])
        return self._slow.margins(features, meant)

    def warm(self) -> None:
        """Reads the word lists and the encoder, which the first text would wait for."""
        features = self._fast.features([_ANY_TEXT])
        if self._slow is not None:
            self.slow_margins([_ANY_TEXT], features)

    def save(self, folder: Path) -> None:
        """Plain JSON and numbers: reading it back runs nothing."""
        self._fast.save(folder)
        if self._slow is not None and self._spelling is not None:
            spellings = json.dumps(self._spelling.as_json(), ensure_ascii=False)
            (folder / _SPELLINGS).write_text(spellings, encoding="utf-8")
            np.savez_compressed(folder / _MEANINGS, **self._slow.numbers)

    @classmethod
    def load(cls, folder: Path, *, sure: Optional[float] = None) -> "Classifier":
        """Raises ValueError, KeyError or OSError where the files are not those of a model of these features."""
        fast = LinearClassifier.load(folder)
        if not (folder / _MEANINGS).exists():
            return cls(fast)
        spelling = Transliteration.of_json(json.loads((folder / _SPELLINGS).read_text(encoding="utf-8")))
        # Opened here: of a damaged file numpy would leave it open.
        with (folder / _MEANINGS).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            slow = KernelClassifier({name: kept[name] for name in kept.files})
        if slow.shape != fast.shape:
            raise ValueError("the parts of the model do not fit each other")
        return cls(fast, slow, spelling, sure=sure)
