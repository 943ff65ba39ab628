"""`python -m nlu.speed`: how long the local parser takes and what it holds in memory, as JSON; a process of its own."""

from __future__ import annotations

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict, List, Sequence

from nlu.classifier import Classifier
from nlu.examples import read_examples
from nlu.judging import Hear
from nlu.models import learned_folder
from nlu.own_server import resident_megabytes
from nlu.text.danger import danger_in
from nlu.text.gazetteer import find_entities
from nlu.text.variety import variety_of

DEVELOPMENT = Path(__file__).parent / "evaluation" / "development"
CALLERS = (1, 8)
MESSAGES, SEED, WARM_UP = 200, 1, 10


def some_messages() -> List[str]:
    """The same ones every time, of all varieties."""
    texts = [example.text for example in read_examples(DEVELOPMENT)]
    return random.Random(SEED).sample(texts, min(MESSAGES, len(texts)))  # noqa: S311  a sample, no secret


def latency(hear: Hear, texts: Sequence[str], callers: int) -> Dict[str, float]:
    """Milliseconds a message takes, and messages a second, when so many ask at once."""

    def timed(text: str) -> float:
        began = time.perf_counter()
        list(hear([text]))
        # The app reads these from the text itself, whichever parser speaks.
        variety_of(text), danger_in(text), find_entities(text)
        return 1000 * (time.perf_counter() - began)

    for text in texts[:WARM_UP]:
        timed(text)
    began = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        took = sorted(pool.map(timed, texts))
    lasted = time.perf_counter() - began
    p50, p95 = (took[min(len(took) - 1, int(share * len(took)))] for share in (0.5, 0.95))
    return {"p50": p50, "p95": p95, "per_second": len(took) / lasted}


def main() -> int:
    before, began = resident_megabytes(), time.perf_counter()
    classifier = Classifier.load(learned_folder())
    classifier.warm()
    loaded = time.perf_counter() - began
    texts = some_messages()
    times = {str(callers): latency(classifier.rankings, texts, callers) for callers in CALLERS}
    told = {"start_seconds": loaded, "megabytes": resident_megabytes(), "before": before, "callers": times}
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
