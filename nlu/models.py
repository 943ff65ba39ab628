"""Where trained models are kept, and which one belongs to the files as they are now."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Dict, Iterator, List, Sequence

ROOT = Path(__file__).resolve().parents[1]
NLU = ROOT / "nlu"
MODELS = ROOT / ".models"
CPU = Path("/proc/cpuinfo")
_AVX2 = "avx2"
_KEPT = 3
OF_CLASSIFIER = (
    "nlu/classifier.py",
    "nlu/encoder.py",
    "nlu/kernel.py",
    "nlu/linear.py",
    "nlu/transliteration.py",
    "nlu/text/**/*.py",
    "nlu/text/**/*.csv",
    "referral_directory/data/cities.csv",
)
_OF_RASA = ("nlu/config.yml", "nlu/domain.yml", "nlu/requirements.txt", "nlu/components/*.py", "nlu/data/**/*.yml")

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
    for file in _ingredients(root, _OF_RASA + OF_CLASSIFIER):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def learned_folder(examples: Path = NLU / "data", models: Path = MODELS) -> Path:
    """Where the classifier of these examples lies once it is learned; both environments learn the same one."""
    digest = hashlib.sha256()
    for file in [*sorted(examples.rglob("*.yml")), *_ingredients(ROOT, OF_CLASSIFIER)]:
        digest.update(f"{file.name}\0".encode())
        digest.update(file.read_bytes())
    return models / f"local-{digest.hexdigest()[:16]}"


def forget_old_folders(models: Path = MODELS, kept: int = _KEPT) -> None:
    """Of the whole classifiers and of their fast parts, all but the newest."""
    for kind in ("local-*", "fast-local-*"):
        newest_first = sorted(models.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in newest_first[kept:]:
            shutil.rmtree(old, ignore_errors=True)


def forget_old_models(folder: Path = MODELS, kept: int = _KEPT) -> List[Path]:
    """Removes all but the newest; says which."""
    newest_first = sorted(folder.glob("nlu-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[kept:]:
        old.unlink()
    return newest_first[kept:]


def before_rasa() -> None:
    """To be called before Rasa is imported."""
    os.environ.update(QUIET)
    if CPU.exists() and _AVX2 in CPU.read_text(encoding="utf-8", errors="replace").split():
        # Rasa's numpy is of 2022: it takes processors that came later for very old ones, and is three times slower.
        os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")
    # Its libraries bring their own filters back; that they are old is known.
    warnings.showwarning = lambda *_args, **_kwargs: None
    # Compiled once, its thousands of modules load in 4 seconds instead of 20.
    sys.dont_write_bytecode = False


def _ingredients(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(root.glob(pattern))
