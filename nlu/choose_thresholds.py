"""`python -m nlu.choose_thresholds`: writes thresholds.json from the calibration set.

First the confidence from which the fast classifier alone is wrong in at most 1 %: there the slow one is not asked. Then
for each variety the lowest confidence from which fewer than 2 % of the answers are about the wrong thing, where the
messages of all varieties speak along: 240 messages of one alone are too few. Below it, for all alike, the lowest from
which one of the two first guesses is right in three of four messages.
"""

from __future__ import annotations

import json
import math
import sys
from bisect import bisect_right
from dataclasses import asdict
from pathlib import Path
from typing import Dict, Iterator, Sequence

from nlu.bands import FILE, Bands
from nlu.classifier import Classifier
from nlu.examples import read_examples
from nlu.judging import Judged, judge
from nlu.learn import learn
from nlu.text.variety import VARIETIES

CALIBRATION = Path(__file__).parent / "evaluation" / "calibration"
WRONG_AT_MOST, WRONG_ALONE, TWO_SUFFICE = 0.02, 0.01, 0.75
BORROWED = 100
"""As many answers of all varieties stand beside a variety's own; with more, some would pass 2 % for others."""
_FEWEST = 30
"""Answers without which a share of wrong ones says nothing."""
_NEVER = 1.0
_WIDTH = 1.96


def chosen(judged: Sequence[Judged]) -> Dict[str, Bands]:
    """Where the messages cannot tell, nothing is answered without asking."""
    answers = {
        variety: answer_from([each for each in judged if each.variety == variety], judged) for variety in VARIETIES
    }
    clarify = clarify_from([each for each in judged if each.confidence < answers[each.variety]])
    return {variety: Bands(answer, min(clarify, answer)) for variety, answer in answers.items()}


def sure_from(judged: Sequence[Judged]) -> float:
    """Of what the fast classifier makes of the messages alone."""
    wrong, lowest = 0, _NEVER
    for count, each in enumerate(sorted(judged, key=lambda each: -each.confidence), start=1):
        wrong += not each.right
        if count >= _FEWEST and wrong <= WRONG_ALONE * count:
            lowest = each.confidence
    return _down(lowest)


def answer_from(own: Sequence[Judged], everybody: Sequence[Judged]) -> float:
    """Saying "that is not for me" answers nothing: such guesses do not count."""
    shares = _Wrong([each for each in everybody if each.answers])
    wrong, lowest = 0, _NEVER
    answers = sorted((each for each in own if each.answers), key=lambda each: -each.confidence)
    for count, each in enumerate(answers, start=1):
        wrong += not each.right
        expected = wrong + BORROWED * shares.from_confidence(each.confidence)
        if count >= _FEWEST and expected < WRONG_AT_MOST * (count + BORROWED):
            lowest = each.confidence
    return _down(lowest)


def clarify_from(doubtful: Sequence[Judged]) -> float:
    """Of messages that are not answered."""
    helped, lowest = 0, _NEVER
    for count, each in enumerate(sorted(doubtful, key=lambda each: -each.confidence), start=1):
        helped += each.meant in [name for name, _ in each.ranking[:2]]
        if count >= _FEWEST and helped >= TWO_SUFFICE * count:
            lowest = each.confidence
    return _down(lowest)


class _Wrong:
    """Which share of the answers is wrong from a confidence up."""

    def __init__(self, answers: Sequence[Judged]) -> None:
        ordered = sorted(answers, key=lambda each: -each.confidence)
        self._confidences = [-each.confidence for each in ordered]
        self._wrong = [0]
        for each in ordered:
            self._wrong.append(self._wrong[-1] + (not each.right))

    def from_confidence(self, confidence: float) -> float:
        count = bisect_right(self._confidences, -confidence)
        return self._wrong[count] / count if count else 0.0


def told(judged: Sequence[Judged], bands: Dict[str, Bands]) -> Iterator[str]:
    """What the bands do; `at most` is the upper end of the 95 % interval of the wrong share."""
    yield f"{'':<10}{'answer':>8}{'clarify':>9}{'messages':>10}{'answered':>10}{'wrong':>8}{'at most':>9}"
    for variety in (*VARIETIES, "all"):
        of_it = [each for each in judged if variety in (each.variety, "all")]
        answered = [each for each in of_it if each.answers and each.confidence >= bands[each.variety].answer]
        wrong = sum(not each.right for each in answered)
        band = f"{bands[variety].answer:>8.4f}{bands[variety].clarify:>9.4f}" if variety in bands else f"{'':>17}"
        shares = f"{len(answered) / len(of_it):>10.3f}{wrong / max(1, len(answered)):>8.3f}" if of_it else ""
        yield f"{variety:<10}{band}{len(of_it):>10}{shares}{upper(wrong, len(answered)):>9.3f}"


def upper(wrong: int, count: int) -> float:
    """Of the interval of Wilson."""
    if not count:
        return 1.0
    share, square = wrong / count, _WIDTH**2
    middle = share + square / (2 * count)
    return (middle + _WIDTH * math.sqrt(share * (1 - share) / count + square / (4 * count**2))) / (1 + square / count)


def _down(confidence: float) -> float:
    """To four places, and not over the message it was taken from."""
    return math.floor(confidence * 10_000) / 10_000


def main() -> int:
    folder, messages = learn(), read_examples(CALIBRATION)
    sure = sure_from(judge(messages, Classifier.load(folder, sure=0.0).rankings))
    judged = judge(messages, Classifier.load(folder, sure=sure).rankings)
    bands = chosen(judged)
    sys.stdout.write(f"the fast classifier decides from {sure}\n")
    for line in told(judged, bands):
        sys.stdout.write(line + "\n")
    kept = {"sure": sure, "bands": {variety: asdict(each) for variety, each in bands.items()}}
    FILE.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
