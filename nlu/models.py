"""Where trained models are kept, and which one belongs to the files as they are now."""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from pathlib import Path
from typing import Dict, Iterator, List

ROOT = Path(__file__).resolve().parents[1]
NLU = ROOT / "nlu"
MODELS = ROOT / ".models"
_KEPT = 3
_INGREDIENTS = (
    "nlu/config.yml",
    "nlu/domain.yml",
    "nlu/linear.py",
    "nlu/requirements.txt",
    "nlu/components/*.py",
    "nlu/data/**/*.yml",
    "nlu/text/**/*.py",
    "nlu/text/**/*.csv",
    "referral_directory/data/cities.csv",
)

QUIET: Dict[str, str] = {
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa's cache knows our components by their settings, not by their code: it would serve yesterday's.
    "RASA_MAX_CACHE_SIZE": "0",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
"""Environment of whatever imports Rasa: nothing reported to anybody."""


def current_model(root: Path = ROOT) -> Path:
    """The model of the present examples, configuration, components and word lists; it may not exist yet."""
    return root / MODELS.name / f"nlu-{fingerprint(root)}.tar.gz"


def fingerprint(root: Path = ROOT) -> str:
    """Changes with every file that a model is made of."""
    digest = hashlib.sha256()
    for file in _ingredients(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def forget_old_models(folder: Path = MODELS, kept: int = _KEPT) -> List[Path]:
    """Removes all but the newest; says which."""
    newest_first = sorted(folder.glob("nlu-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[kept:]:
        old.unlink()
    return newest_first[kept:]


def before_rasa() -> None:
    """To be called before Rasa is imported."""
    os.environ.update(QUIET)
    # Its libraries bring their own filters back; that they are old is known.
    warnings.showwarning = lambda *_args, **_kwargs: None
    # Compiled once, its thousands of modules load in 4 seconds instead of 20.
    sys.dont_write_bytecode = False


def _ingredients(root: Path) -> Iterator[Path]:
    for pattern in _INGREDIENTS:
        yield from sorted(root.glob(pattern))
