"""`python -m nlu.choose_sharpness`: writes sharpness.json from the training examples, each half judged by the other.

Minutes. Twins stay in one half; how Arabizi is spelled in Arabic letters is learned from all: it needs no intents.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any, Callable, List, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedGroupKFold

from nlu.examples import Example, read_examples
from nlu.kept_vectors import vectors_of
from nlu.kernel import KernelClassifier
from nlu.linear import LinearClassifier, confidences
from nlu.sharpness import FILE, Sharpness
from nlu.transliteration import Transliteration
from nlu.twins import groups

_PARTS, _SEED = 2, 1


@dataclass(frozen=True)
class Unseen:
    """Margins of both classifiers for texts neither has seen, a row each; `places` are the columns that are right."""

    fast: Any
    slow: Any
    places: Any


def out_of_fold(examples: Sequence[Example]) -> Unseen:
    texts, intents = [each.text for each in examples], [each.intent for each in examples]
    spelling = Transliteration.learned(texts)
    vectors = vectors_of([spelling.readable(text) for text in texts])
    places = np.searchsorted(sorted(set(intents)), intents)
    fast = np.zeros((len(texts), places.max() + 1))
    slow = np.zeros_like(fast)
    parts = StratifiedGroupKFold(_PARTS, shuffle=True, random_state=_SEED).split(intents, intents, groups(examples))
    for known, unseen in parts:
        linear = LinearClassifier()
        words = linear.learn_features([texts[row] for row in known])
        linear.fit_to(words, [intents[row] for row in known])
        features = linear.features(texts[row] for row in unseen)
        fast[unseen] = linear.margins_of(features)
        slow[unseen] = KernelClassifier.fitted(words, vectors[known], places[known]).margins(features, vectors[unseen])
    return Unseen(fast, slow, places)


def fitted(unseen: Unseen) -> Sharpness:
    """What surprises least."""
    (fast,) = _least([4.0], lambda powers: surprise(powers[0] * unseen.fast, unseen.places))
    slow, beside = _least(
        [6.0, 1.0], lambda powers: surprise(powers[0] * unseen.slow + powers[1] * unseen.fast, unseen.places)
    )
    return Sharpness(fast, slow, beside)


def surprise(margins: Any, places: Any) -> float:
    """Mean log loss."""
    shares = confidences(margins, 1.0)
    return float(-np.log(np.maximum(shares[np.arange(len(places)), places], 1e-12)).mean())


def _least(start: List[float], loss: "Callable[[Any], float]") -> Tuple[float, ...]:
    found = minimize(loss, start, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 1e-5})
    return tuple(round(float(power), 2) for power in found.x)


def main() -> int:
    unseen = out_of_fold(read_examples())
    chosen = fitted(unseen)
    right = (unseen.slow.argmax(axis=1) == unseen.places).mean()
    both = ((chosen.slow * unseen.slow + chosen.beside * unseen.fast).argmax(axis=1) == unseen.places).mean()
    sys.stdout.write(f"{chosen}\nslow alone right {right:.4f}, with the fast one beside {both:.4f}\n")
    FILE.write_text(json.dumps(asdict(chosen), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
