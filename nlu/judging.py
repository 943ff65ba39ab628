"""What a parser made of messages whose meaning is known: how often it was right, and what came of its doubts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Sequence, Tuple

from nlu.bands import Bands
from nlu.examples import Example

OUTSIDE = "out_of_scope"
Ranking = List[Tuple[str, float]]
Hear = Callable[[Sequence[str]], Iterable[Ranking]]
"""Texts in, for each its intents with their confidence, best first."""


@dataclass(frozen=True)
class Judged:
    """One message: what it meant and what was heard."""

    variety: str
    meant: str
    ranking: Tuple[Tuple[str, float], ...]

    @property
    def guess(self) -> str:
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        return self.ranking[0][1]

    @property
    def right(self) -> bool:
        return self.guess == self.meant

    @property
    def answers(self) -> bool:
        """Whether acting on the guess would answer something: "that is not for me" answers nothing."""
        return self.guess != OUTSIDE


def judge(examples: Sequence[Example], hear: Hear) -> List[Judged]:
    heard = hear([example.text for example in examples])
    return [
        Judged(example.variety, example.intent, tuple(ranking))
        for example, ranking in zip(examples, heard, strict=True)
    ]


def accuracy(judged: Sequence[Judged]) -> float:
    return _share(each.right for each in judged)


def macro_f1(judged: Sequence[Judged]) -> float:
    scores = [f1 for _, _, f1, _ in per_intent(judged).values()]
    return sum(scores) / len(scores) if scores else 0.0


def per_intent(judged: Sequence[Judged]) -> Dict[str, Tuple[float, float, float, int]]:
    """Precision, recall, F1 and number of messages of every intent that was meant."""
    meant, guessed = Counter(each.meant for each in judged), Counter(each.guess for each in judged)
    right = Counter(each.meant for each in judged if each.right)
    return {name: (*scores(right[name], guessed[name], count), count) for name, count in sorted(meant.items())}


def scores(right: int, guessed: int, meant: int) -> Tuple[float, float, float]:
    """Precision, recall and F1."""
    precision, recall = (right / of if of else 0.0 for of in (guessed, meant))
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def confusions(judged: Sequence[Judged]) -> List[Tuple[str, str, int]]:
    """What was meant, what was heard instead, how often; the most frequent first."""
    wrong = Counter((each.meant, each.guess) for each in judged if not each.right)
    return sorted(((*pair, count) for pair, count in wrong.items()), key=lambda row: (-row[2], row[0], row[1]))


def curve(judged: Sequence[Judged]) -> List[Tuple[float, float]]:
    """Coverage and risk: for each share of messages answered, the surest first, the share of those that is wrong."""
    answers = sorted((each for each in judged if each.answers), key=lambda each: -each.confidence)
    points, wrong = [], 0
    for count, each in enumerate(answers, start=1):
        wrong += not each.right
        points.append((count / len(judged), wrong / count))
    return points


@dataclass(frozen=True)
class Outcome:
    """Shares of all messages; but `wrong` of the answered, `helped` of those asked about, `rightly` of the refused."""

    messages: int
    answered: float
    wrong: float
    asked: float
    helped: float
    refused: float
    rightly: float
    buttons: float


def outcome(judged: Sequence[Judged], bands: Bands) -> Outcome:
    """What these bands do with these messages."""
    sure = [each for each in judged if each.confidence >= bands.answer]
    answered, refused = ([each for each in sure if each.answers is answers] for answers in (True, False))
    asked = [each for each in judged if bands.clarify <= each.confidence < bands.answer]
    total = len(judged) or 1
    return Outcome(
        messages=len(judged),
        answered=len(answered) / total,
        wrong=_share(not each.right for each in answered),
        asked=len(asked) / total,
        helped=_share(each.meant in [name for name, _ in each.ranking[:2]] for each in asked),
        refused=len(refused) / total,
        rightly=_share(each.right for each in refused),
        buttons=1 - (len(sure) + len(asked)) / total,
    )


def _share(told: Iterable[bool]) -> float:
    found = list(told)
    return sum(found) / len(found) if found else 0.0
