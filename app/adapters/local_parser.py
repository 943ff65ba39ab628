"""The parser that is always there: the classifier of nlu/ in this process.

Its fast part is learned at the first start, in seconds. The whole takes minutes: `nlu.learn` or `nlu.train` make it,
and it takes over as soon as it lies in its folder.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.adapters.heard import speakable, understanding_of, understood_nothing
from app.dialogue.understanding import Intent, Understanding
from nlu.classifier import Classifier
from nlu.examples import EXAMPLES, Example, read_examples
from nlu.learn import keep
from nlu.models import MODELS, learned_folder

log = logging.getLogger(__name__)

_DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)


class LocalParser:
    """Parses in this process. `whole` is where the whole classifier will lie, if it is still being learned."""

    name = "local"

    def __init__(self, classifier: Classifier, whole: Path | None = None) -> None:
        self._classifier = classifier
        self._whole = whole

    @classmethod
    def trained(cls, *, examples: Path = EXAMPLES, models: Path = MODELS) -> LocalParser:
        """For these examples: whole if that was learned, otherwise its fast part, as it was kept or learned now."""
        folder = learned_folder(examples, models)
        whole = _kept(folder)
        if whole is not None:
            return cls(whole)
        beside = folder.with_name(f"fast-{folder.name}")
        fast = _kept(beside)
        if fast is None:
            log.info("training the fast part of the local parser")
            fast = _fast_part(read_examples(examples))
            _keep(fast, beside)
        return cls(fast, folder)

    @classmethod
    def from_examples(cls, examples: Iterable[Example]) -> LocalParser:
        """Its fast part only."""
        return cls(_fast_part(tuple(examples)))

    def ready(self) -> bool:
        """Always: nothing outside this process is needed."""
        return True

    def parse(self, text: str, language: str | None) -> Understanding:
        """Best guess; `language` is a prior for the variety."""
        spoken = speakable(text)
        if not spoken:
            return understood_nothing(text, language, self.name)
        self._take_over()
        (ranking,) = self._classifier.rankings([spoken])
        return understanding_of(text, language, [Intent(name, share) for name, share in ranking], self.name)

    def _take_over(self) -> None:
        if self._whole is not None and self._whole.exists():
            folder, self._whole = self._whole, None
            self._classifier = _kept(folder) or self._classifier


def _kept(folder: Path) -> Classifier | None:
    try:
        kept = Classifier.load(folder)
    except FileNotFoundError:
        return None
    except _DAMAGED:
        log.warning("the local parser that was kept cannot be read: learning it again")
        return None
    kept.warm()
    return kept


def _keep(classifier: Classifier, folder: Path) -> None:
    """Best effort: without a place to write to, the next start learns again."""
    try:
        keep(classifier, folder)
    except OSError:
        log.warning("the local parser could not be kept")


def _fast_part(known: Sequence[Example]) -> Classifier:
    return Classifier.fast_only([each.text for each in known], [each.intent for each in known])
