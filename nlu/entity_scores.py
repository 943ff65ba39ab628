"""`python -m nlu.entity_scores [folder]`: what the word lists find of the things marked in examples, and what besides.

Recall is counted over what is marked. Precision is counted in messages that have a mark: the others were not marked at
all, so that what is found there is neither right nor wrong. Marks name what is spoken of; papers that somebody only
wishes for or asks about are marked too and are rightly not taken, so recall of papers cannot reach one.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, Sequence, Set, Tuple

from nlu.examples import EXAMPLES, Example, read_examples
from nlu.text.gazetteer import TYPES, find_entities
from nlu.text.variety import VARIETIES

_WITHOUT_VALUE = "trade"
ALL = "all"

Key = Tuple[str, str]
"""A type and a variety."""


@dataclass(frozen=True)
class Score:
    """Counts of things, each once per message."""

    marked: int = 0
    found: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0


def entity_scores(examples: Sequence[Example]) -> Dict[Key, Score]:
    """Per type and variety, and per type over all varieties."""
    marked: Counter[Key] = Counter()
    found: Counter[Key] = Counter()
    right: Counter[Key] = Counter()
    for example in examples:
        meant = _comparable(example.entities)
        if not meant:
            continue
        there = _comparable((thing.type, str(thing.value)) for thing in find_entities(example.text))
        for things, counts in ((meant, marked), (there, found), (meant & there, right)):
            counts.update((kind, place) for kind, _ in things for place in (example.variety, ALL))
    keys = [(kind, variety) for kind in TYPES for variety in (*VARIETIES, ALL)]
    return {key: Score(marked[key], found[key], right[key]) for key in keys}


def _comparable(things: "Iterator[Tuple[str, str]] | Sequence[Tuple[str, str]]") -> Set[Tuple[str, str]]:
    """A trade is its own words: that one is named is what counts."""
    return {(kind, "" if kind == _WITHOUT_VALUE else value) for kind, value in things}


def table(scores: Dict[Key, Score]) -> Iterator[str]:
    """Lines for people: one per type, recall and precision per variety."""
    yield f"{'recall/precision':<17}" + "".join(f"{variety:>12}" for variety in (*VARIETIES, ALL)) + f"{'marked':>8}"
    for kind in TYPES:
        cells = (scores[kind, variety] for variety in (*VARIETIES, ALL))
        row = "".join(f"{f'{score.recall:.2f}/{score.precision:.2f}':>12}" for score in cells)
        yield f"{kind:<17}{row}{scores[kind, ALL].marked:>8}"


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else EXAMPLES
    for line in table(entity_scores(read_examples(folder))):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
