"""The parser that is always there: the linear classifier of nlu/, trained in this process in seconds."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sklearn

from app.adapters.heard import speakable, understanding_of, understood_nothing
from app.dialogue.understanding import Intent, Understanding
from nlu.examples import EXAMPLES, Example, read_examples
from nlu.linear import LinearClassifier

log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]
MODELS = ROOT / ".models"
_KEPT = 3
_DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)


class LocalParser:
    """Parses in this process."""

    name = "local"

    def __init__(self, classifier: LinearClassifier) -> None:
        self._classifier = classifier

    @classmethod
    def trained(cls, *, examples: Path = EXAMPLES, models: Path = MODELS) -> LocalParser:
        """The parser for these examples: as it was kept in `models`, or trained now and kept there."""
        kept = models / f"local-{_fingerprint(examples)}"
        try:
            return cls(LinearClassifier.load(kept))
        except FileNotFoundError:
            log.info("training the local parser")
        except _DAMAGED:
            log.warning("the local parser that was kept cannot be read: training it again")
        parser = cls.from_examples(read_examples(examples))
        parser.keep(kept)
        return parser

    @classmethod
    def from_examples(cls, examples: Iterable[Example]) -> LocalParser:
        known = tuple(examples)
        return cls(LinearClassifier().fit([each.text for each in known], [each.intent for each in known]))

    def keep(self, folder: Path) -> None:
        """Best effort: without a place to write to, the next start trains again."""
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and then moved: another process never reads half a model.
            unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".unfinished-"))
            self._classifier.save(unfinished)
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
            _forget_old_models(folder.parent)
        except OSError:
            log.warning("the local parser could not be kept")

    def ready(self) -> bool:
        """Always: nothing outside this process is needed."""
        return True

    def parse(self, text: str, language: str | None) -> Understanding:
        """Best guess; `language` is a prior for the variety."""
        spoken = speakable(text)
        if not spoken:
            return understood_nothing(text, language, self.name)
        (ranking,) = self._classifier.rankings([spoken])
        return understanding_of(text, language, [Intent(name, share) for name, share in ranking], self.name)


def _forget_old_models(folder: Path) -> None:
    newest_first = sorted(folder.glob("local-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _fingerprint(examples: Path) -> str:
    """Changes with the examples, the word lists, the classifier and the libraries."""
    nlu = ROOT / "nlu"
    files = [*examples.rglob("*.yml"), *(nlu / "text").rglob("*.py"), *(nlu / "text").rglob("*.csv"), nlu / "linear.py"]
    digest = hashlib.sha256(f"{sklearn.__version__} {np.__version__}".encode())
    for file in sorted(files):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
