"""`python -m nlu.learn`: learns the whole classifier of nlu/data, unless it is there; minutes at the first time, less
where only some examples changed, because the vectors of the others are kept."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from nlu.classifier import Classifier
from nlu.examples import EXAMPLES, read_examples
from nlu.models import MODELS, forget_old_folders, learned_folder

_GIVING_WAY = 10


def learn(examples: Path = EXAMPLES, models: Path = MODELS) -> Path:
    """The folder with the classifier of these examples."""
    folder = learned_folder(examples, models)
    if not folder.exists():
        known = read_examples(examples)
        keep(Classifier.fitted([each.text for each in known], [each.intent for each in known]), folder)
    return folder


def keep(classifier: Classifier, folder: Path) -> None:
    """Written beside and then moved: another process never reads half a model."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unfinished-") as unfinished:
        whole = Path(unfinished) / "model"
        whole.mkdir()
        classifier.save(whole)
        shutil.rmtree(folder, ignore_errors=True)
        whole.rename(folder)
    forget_old_folders(folder.parent)


def main() -> int:
    started = time.monotonic()
    # Whoever answers people meanwhile comes first.
    os.nice(_GIVING_WAY)
    folder = learn()
    sys.stdout.write(f"  nlu {time.monotonic() - started:5.1f} s  The classifier is in {folder.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
