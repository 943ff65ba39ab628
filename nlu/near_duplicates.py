"""`python -m nlu.near_duplicates [--drop]`: evaluation lines that training knows already, word for word or nearly.

A line that was learned measures memory, not understanding. `--drop` takes them out of the evaluation files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from nlu.examples import Example, read_examples
from nlu.text.normalise import fold

EVALUATION = Path(__file__).parent / "evaluation"
ALIKE = 0.9
"""Share of letters two texts have in common, in order, from which on they are the same message."""
LONG = 12
"""Letters below which only the very same text counts: short answers resemble each other by nature."""

Pair = Tuple[Example, Example]


def near_duplicates(examples: Sequence[Example], known: Sequence[Example]) -> Iterator[Pair]:
    """Each example that a known one resembles, with the first of those."""
    theirs = [fold(each.text) for each in known]
    for example, alike in zip(examples, _likeness([fold(each.text) for each in examples], theirs), strict=True):
        nearest = int(alike.argmax())
        text = fold(example.text)
        if text == theirs[nearest] or (alike[nearest] >= ALIKE and len(text) >= LONG):
            yield example, known[nearest]


def _likeness(texts: List[str], known: List[str]) -> "Iterator[object]":
    """Row by row in blocks: the whole table would not fit on a small machine."""
    for start in range(0, len(texts), 256):
        yield from cdist(
            texts[start : start + 256], known, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, workers=-1
        )


def main(arguments: List[str]) -> int:
    known, found = read_examples(), 0
    for folder in sorted(each for each in EVALUATION.iterdir() if each.is_dir()):
        pairs = list(near_duplicates(read_examples(folder), known))
        found += len(pairs)
        for example, alike in pairs:
            sys.stdout.write(f"{folder.name}/{example.file}: {example.text}\n    {alike.file}: {alike.text}\n")
        if "--drop" in arguments:
            _drop(folder, [example for example, _ in pairs])
    sys.stdout.write(f"{found} known already\n")
    return 1 if found and "--drop" not in arguments else 0


def _drop(folder: Path, examples: Sequence[Example]) -> None:
    for file in sorted({example.file for example in examples}):
        known = {f"- {example.annotated}" for example in examples if example.file == file}
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.strip() not in known]
        (folder / file).write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
