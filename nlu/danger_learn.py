"""`python -m nlu.danger_learn`: writes what the danger screening goes by beside its words; a minute.

It learns from the lines of nlu/danger_lines and the examples of nlu/data. Needs scikit-learn; what it writes does not.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from nlu.examples import read_examples
from nlu.text.danger_sense import DANGERS, FILE, PLACES, RARITY_STEPS, places_of

LINES = Path(__file__).parent / "danger_lines"
HARMLESS = "harmless"
_OF_INTENT = {"emergency": "emergency", "need_protection": "protection", "need_asylum": "asylum"}
_SLACK = 30.0
_OWN_WEIGHT = 3.0
"""A line written for this counts as much as so many examples: it stands closer to what must not be missed."""
_LARGEST = 127


@dataclass(frozen=True)
class Line:
    """`danger` is one of DANGERS or HARMLESS; `own` tells a line of nlu/danger_lines from an example of an intent."""

    text: str
    variety: str
    danger: str
    own: bool


def read_lines(folder: Path = LINES) -> List[Line]:
    """Lines under headings `# emergency`, `# protection`, `# asylum`, `# harmless`; a file per variety."""
    return [line for file in sorted(folder.glob("*.txt")) for line in _lines_in(file)]


def _lines_in(file: Path) -> Iterator[Line]:
    danger = HARMLESS
    for written in file.read_text(encoding="utf-8").splitlines():
        if written.startswith("# "):
            danger = written[2:].strip()
        elif written.strip():
            yield Line(written.strip(), file.stem, danger, own=True)


def all_lines() -> List[Line]:
    examples = read_examples()
    return [*_of_examples(examples), *read_lines()]


def _of_examples(examples: Sequence[Any]) -> Iterator[Line]:
    for example in examples:
        yield Line(example.text, example.variety, _OF_INTENT.get(example.intent, HARMLESS), own=False)


Model = Tuple[Any, List[Any], List[float]]
"""Rarities of the places; for alarm and each danger the weights of the places, and the bias."""


def learn(lines: Sequence[Line]) -> Model:
    """The same lines in the same order make the same model."""
    present = _presence([line.text for line in lines])
    rarities = np.clip(np.round(_rarities(present) * RARITY_STEPS), 1, 255)
    rows = _of_length_1(present @ diags(rarities))
    alarming = np.array([line.danger != HARMLESS for line in lines])
    weight = np.where([line.own for line in lines], _OWN_WEIGHT, 1.0)
    fitted = [_fit(rows, alarming, weight)]
    dangers = np.array([line.danger for line in lines])[alarming]
    fitted += [_fit(rows[alarming], dangers == danger, weight[alarming]) for danger in DANGERS]
    return rarities, [each.coef_[0] for each in fitted], [float(each.intercept_[0]) for each in fitted]


def _fit(rows: Any, wanted: Any, weight: Any) -> Any:
    model = LogisticRegression(C=_SLACK, solver="liblinear", max_iter=60, random_state=1)
    return model.fit(rows, wanted, sample_weight=weight)


def _presence(texts: Sequence[str]) -> Any:
    places = [places_of(text) for text in texts]
    ends = np.cumsum([0, *map(len, places)])
    columns = np.array([place for row in places for place in row], dtype=np.int32)
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), PLACES))


def _rarities(present: Any) -> Any:
    return np.log((1 + present.shape[0]) / (1 + np.asarray(present.sum(axis=0)).ravel())) + 1


def _of_length_1(rows: Any) -> Any:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.maximum(lengths, 1e-9)) @ rows)


def packed(model: Model) -> bytes:
    """The model in the form nlu/text/danger_sense.py reads, weights rounded to a byte."""
    rarities, weights, biases = model
    steps = [float(np.abs(each).max()) / _LARGEST for each in weights]
    head = json.dumps({"steps": steps, "biases": biases}).encode() + b"\n"
    rounded = [np.round(each / step).astype(np.int8).tobytes() for each, step in zip(weights, steps, strict=True)]
    return zlib.compress(head + rarities.astype(np.uint8).tobytes() + b"".join(rounded), 9)


def main() -> int:
    lines = all_lines()
    FILE.write_bytes(packed(learn(lines)))
    sys.stdout.write(f"  {len(lines)} lines, {FILE.stat().st_size / 1000:.0f} kB: {FILE.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
