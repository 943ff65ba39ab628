"""`python -m nlu.report`: what the examples are, and how well they teach, per variety and per intent."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Iterator, Sequence

from nlu.examples import Example, read_examples
from nlu.linear import SHARPNESS
from nlu.measure import FOLDS, Judged, cross_validated, danger_seen, named_things, without_its_variety
from nlu.text.danger import phrases_by_category
from nlu.text.variety import VARIETIES

_CONFIDENCES = (0.2, 0.4, 0.6, 0.8)
_SHARPNESSES = (3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0)


def main() -> int:
    examples = read_examples()
    for line in report(examples):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


def report(examples: Sequence[Example]) -> Iterator[str]:
    """Line by line; the same examples and word lists give the same lines."""
    judged = cross_validated(examples)
    yield from _varieties(judged)
    yield from _intents(judged)
    yield from _confidence(judged)
    yield from _word_lists(examples)


def _varieties(judged: Judged) -> Iterator[str]:
    yield f"\nUnderstanding, {FOLDS}-fold cross-validation over {len(judged.examples)} examples"
    yield f"{'variety':<10}{'examples':>9}{'accuracy':>10}{'macro-F1':>10}{'accuracy, taught by the others only':>37}"
    for variety in VARIETIES:
        part, alone = judged.of_variety(variety), without_its_variety(judged.examples, variety)
        scores = f"{part.accuracy():>10.3f}{part.macro_f1():>10.3f}{alone.accuracy():>37.3f}"
        yield f"{variety:<10}{len(part.examples):>9}{scores}"
    yield f"{'all':<10}{len(judged.examples):>9}{judged.accuracy():>10.3f}{judged.macro_f1():>10.3f}"


def _intents(judged: Judged) -> Iterator[str]:
    counts = Counter((example.intent, example.variety) for example in judged.examples)
    varieties = "".join(f"{variety:>9}" for variety in VARIETIES)
    yield f"\n{'intent':<22}{varieties}{'precision':>11}{'recall':>8}{'F1':>8}  taken for"
    for intent, (precision, recall, f1) in judged.per_intent().items():
        row = "".join(f"{counts[intent, variety]:>9}" for variety in VARIETIES)
        wrong = ", ".join(f"{name} {count}" for name, count in judged.mistaken_for(intent)[:3])
        yield f"{intent:<22}{row}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}  {wrong}"


def _confidence(judged: Judged) -> Iterator[str]:
    yield f"\n{'confidence':<12}{'answered':>9}{'right':>8}"
    for confidence in _CONFIDENCES:
        answered, right = judged.at_least(confidence)
        yield f"{f'>= {confidence}':<12}{answered:>9.3f}{right:>8.3f}"
    losses = {sharpness: judged.surprise(sharpness) for sharpness in _SHARPNESSES}
    best = min(losses, key=lambda sharpness: losses[sharpness])
    yield f"sharpness {SHARPNESS} in use; log loss " + ", ".join(f"{s}: {loss:.3f}" for s, loss in losses.items())
    yield f"best of these: {best}"


def _word_lists(examples: Sequence[Example]) -> Iterator[str]:
    yield f"\n{'named things':<14}{'marked':>8}{'found':>8}{'share':>8}"
    for kind, (marked, found) in named_things(examples).items():
        yield f"{kind:<14}{marked:>8}{found:>8}{found / marked:>8.3f}"
    phrases = phrases_by_category()
    yield f"\n{'danger':<12}{'phrases':>8}{'examples':>9}{'noticed':>8}{'share':>8}{'elsewhere':>11}"
    for danger, (meant, noticed, elsewhere) in danger_seen(examples).items():
        share = noticed / meant if meant else 0.0
        yield f"{danger:<12}{phrases[danger]:>8}{meant:>9}{noticed:>8}{share:>8.3f}{elsewhere:>11}"
    yield "elsewhere: examples of other intents with these words, some of them rightly\n"


if __name__ == "__main__":
    sys.exit(main())
