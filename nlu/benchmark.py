"""`python -m nlu.benchmark TRAIN [TEST] [--rasa]`: the same pipeline on any labelled texts, scored per language.

CSV with the columns text and label; a column `language` gives scores per language, a column `gid` keeps translations of
one text on one side. Without TEST, 15 % of the groups are held out, or `--folds 5` judges every row.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupShuffleSplit, StratifiedGroupKFold

from nlu.classifier import Classifier
from nlu.kept_vectors import KEPT, vectors_of

_HELD_OUT, _SEED = 0.15, 13


@dataclass(frozen=True)
class Row:
    text: str
    label: str
    language: str
    group: str


def read_rows(file: Path) -> List[Row]:
    """Rows without a text or a label teach nothing and are left out."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        found = [_row(fields, place) for place, fields in enumerate(csv.DictReader(opened))]
    rows = [row for row in found if row.text and row.label]
    if not rows:
        raise ValueError(f"{file} has no rows with both `text` and `label`")
    return rows


def _row(fields: "Dict[str, Optional[str]]", place: int) -> Row:
    text, label, language, group = ((fields.get(name) or "").strip() for name in ("text", "label", "language", "gid"))
    return Row(text, label, language, group or f"row {place}")


def splits(rows: Sequence[Row], folds: int) -> "Iterator[Tuple[List[int], List[int]]]":
    """Places to learn from and to judge; rows of one group stay together."""
    groups, labels = [row.group for row in rows], [row.label for row in rows]
    if folds:
        parts = StratifiedGroupKFold(folds, shuffle=True, random_state=_SEED).split(labels, labels, groups)
    else:
        parts = GroupShuffleSplit(1, test_size=_HELD_OUT, random_state=_SEED).split(labels, labels, groups)
    for known, unseen in parts:
        yield known.tolist(), unseen.tolist()


def guesses(known: Sequence[Row], unseen: Sequence[Row], *, rasa: bool = False, vectors: Path = KEPT) -> List[str]:
    """The labels a pipeline taught by `known` gives to `unseen`."""
    if rasa:
        from nlu.benchmark_rasa import guesses_of_rasa  # noqa: PLC0415  only Rasa's environment has it

        return guesses_of_rasa([(row.text, row.label) for row in known], [row.text for row in unseen])
    classifier = Classifier.fitted(
        [row.text for row in known], [row.label for row in known], vectors=lambda texts: vectors_of(texts, vectors)
    )
    return [ranking[0][0] for ranking in classifier.rankings(row.text for row in unseen)]


def scores(rows: Sequence[Row], guessed: Sequence[str]) -> Iterator[str]:
    """A line for all, and one for each language."""
    yield f"{'':<12}{'rows':>7}{'accuracy':>10}{'macro-F1':>10}{'weighted':>10}"
    languages = sorted({row.language for row in rows})
    for name in ["all", *(languages if languages != [""] else [])]:
        chosen = [place for place, row in enumerate(rows) if name in ("all", row.language)]
        meant, said = [rows[place].label for place in chosen], [guessed[place] for place in chosen]
        # Over the labels that are there: one that is only guessed has no examples to find.
        kinds = sorted(set(meant))
        macro, weighted = (
            f1_score(meant, said, labels=kinds, average=kind, zero_division=0) for kind in ("macro", "weighted")
        )
        yield f"{name:<12}{len(chosen):>7}{accuracy_score(meant, said):>10.4f}{macro:>10.4f}{weighted:>10.4f}"


def main(arguments: Optional[List[str]] = None) -> int:
    options = _options(arguments)
    started = time.monotonic()
    train = read_rows(options.train)
    if options.test:
        judged, guessed = read_rows(options.test), guesses(train, read_rows(options.test), rasa=options.rasa)
    else:
        judged, guessed = _judged(train, options.folds, rasa=options.rasa)
    for line in scores(judged, guessed):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    return 0


def _judged(rows: List[Row], folds: int, *, rasa: bool) -> "Tuple[List[Row], List[str]]":
    places: List[int] = []
    guessed: List[str] = []
    for known, unseen in splits(rows, folds):
        places += unseen
        guessed += guesses([rows[place] for place in known], [rows[place] for place in unseen], rasa=rasa)
    return [rows[place] for place in places], guessed


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nlu.benchmark")
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path, nargs="?")
    parser.add_argument("--folds", type=int, default=0, help="without TEST: judge every row, in so many parts")
    parser.add_argument("--rasa", action="store_true", help="through Rasa's training; needs Rasa's environment")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
