"""All that the report and the page about understanding show, measured in one go. Figures only, never a message."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Iterator, Optional, Sequence, Tuple

from nlu.bands import bands
from nlu.classifier import Classifier
from nlu.danger_scores import DEVELOPMENT as DANGER_DEVELOPMENT
from nlu.danger_scores import LOCKED as DANGER_LOCKED
from nlu.danger_scores import by_variety, heard, read_messages
from nlu.entity_scores import entity_scores
from nlu.examples import Example, read_examples
from nlu.judging import Hear, Judged, accuracy, confusions, curve, judge, macro_f1, outcome, per_intent, scores
from nlu.measure import FOLDS, SEED, cross_validated
from nlu.models import ROOT, learned_folder
from nlu.own_server import PYTHON, OwnServer, own_server, resident_megabytes
from nlu.reported import Figures
from nlu.speed import CALLERS, DEVELOPMENT, MESSAGES, latency, some_messages
from nlu.text.variety import VARIETIES

POINTS = 40
"""Of a curve: more cannot be seen."""
Say = Callable[[str], None]


def measured(say: Say, *, rasa: bool = True) -> Figures:
    """Minutes. Without `rasa` only what the app's own environment can do."""
    examples, judging = read_examples(), read_examples(DEVELOPMENT)
    say("the local parser ...")
    classifier = Classifier.load(learned_folder())
    local: Hear = classifier.rankings
    told: Figures = {
        "made_on": datetime.now(timezone.utc).date().isoformat(),
        "seed": SEED,
        "model": learned_folder().name,
        "examples": _counts(examples),
        "bands": {variety: asdict(each) for variety, each in bands().items()},
        "parsers": {"local": {"development": development(judging, local), "speed": _speed_of_local()}},
        "entities": entities(judging),
        "danger": danger(local),
    }
    if rasa:
        say("Rasa ...")
        told["parsers"]["rasa"] = _rasa(judging, say)
    say(f"{FOLDS}-fold cross-validation ...")
    told["cross_validation"] = _cross_validation(examples)
    return told


def development(examples: Sequence[Example], hear: Hear) -> Figures:
    """Scores on messages whose writers saw no training example."""
    judged = judge(examples, hear)
    return {
        "varieties": {
            variety: _scores([each for each in judged if variety in (each.variety, "all")], variety)
            for variety in (*VARIETIES, "all")
        },
        "intents": {name: list(row) for name, row in per_intent(judged).items()},
        "confusions": [list(row) for row in confusions(judged)],
    }


def entities(examples: Sequence[Example]) -> Figures:
    """Precision, recall, F1 and how many are marked, by type and variety."""
    counts = entity_scores(examples).items()
    return {
        f"{kind} {variety}": [*scores(told.right, told.found, told.marked), told.marked]
        for (kind, variety), told in counts
    }


def danger(hear: Optional[Hear]) -> Figures:
    """Of the locked messages overall figures only: whoever improves the word lists must not learn from them."""
    messages, locked = read_messages(DANGER_DEVELOPMENT), read_messages(DANGER_LOCKED)
    ways: Dict[str, Optional[Hear]] = {"words": None}
    if hear is not None:
        ways["parser"] = _heard_once([message.text for message in (*messages, *locked)], hear)
    told: Figures = {"development": {}, "locked": {}}
    for name, way in ways.items():
        told["development"][name] = {each: asdict(told_of) for each, told_of in by_variety(messages, way).items()}
        told["development"][name]["all"] = asdict(heard(messages, way))
        told["locked"][name] = {"all": asdict(heard(locked, way))}
    return told


def _heard_once(texts: Sequence[str], hear: Hear) -> Hear:
    known = dict(zip(texts, hear(texts), strict=True))
    return lambda asked: [known[text] for text in asked]


def _scores(judged: Sequence[Judged], variety: str) -> Figures:
    told: Figures = {"messages": len(judged), "accuracy": accuracy(judged), "macro_f1": macro_f1(judged)}
    if variety in bands():
        told["outcome"] = asdict(outcome(judged, bands()[variety]))
    return {**told, "curve": list(_thinned(curve(judged)))}


def _thinned(points: "Sequence[Tuple[float, float]]") -> "Iterator[Tuple[float, float]]":
    """Evenly, with the last: that is where every message is answered."""
    step = max(1, len(points) // POINTS)
    yield from points[step - 1 : -1 : step]
    yield from points[-1:]


def _counts(examples: Sequence[Example]) -> Dict[str, int]:
    counts = Counter(example.variety for example in examples)
    return {variety: counts[variety] for variety in VARIETIES}


def _speed_of_local() -> Any:
    """In a process of its own: this one holds much else."""
    done = subprocess.run([sys.executable, "-m", "nlu.speed"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    sizes = [file.stat().st_size for file in learned_folder().iterdir()]
    return {**told, "megabytes_kept": sum(sizes) / 1e6}


def _rasa(judging: Sequence[Example], say: Say) -> Figures:
    with own_server() as server:
        told = {"development": development(judging, server.hear), "speed": _speed_of(server)}
    say("Rasa learns everything anew ...")
    done = subprocess.run(  # noqa: S603  a command of ours
        [str(PYTHON), "-m", "nlu.timed_training"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {**told, "training": json.loads(done.stdout)}


def _speed_of(server: OwnServer) -> Figures:
    texts = some_messages()[:MESSAGES]
    times = {str(callers): latency(server.hear, texts, callers) for callers in CALLERS}
    return {
        "start_seconds": server.start_seconds,
        "megabytes": resident_megabytes(server.process),
        "callers": times,
    }


def _cross_validation(examples: Sequence[Example]) -> Figures:
    judged = cross_validated(examples)
    return {
        variety: {"examples": len(part.examples), "accuracy": part.accuracy(), "macro_f1": part.macro_f1()}
        for variety, part in ((each, judged.of_variety(each)) for each in VARIETIES)
    }
