"""Sentence vectors on disk: a text is encoded once, whoever trains next."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path
from typing import Any, Dict, Sequence

import numpy as np

from nlu.encoder import default_encoder

KEPT = Path(__file__).resolve().parents[1] / ".models" / "vectors.npz"


def vectors_of(texts: Sequence[str], file: Path = KEPT) -> Any:
    """A row per text, from the file where it has them; the file then holds just these texts and what it had."""
    known = _read(file)
    missing = sorted({text for text in texts if _key(text) not in known})
    if missing:
        known.update(zip(map(_key, missing), default_encoder().vectors(missing).astype(np.float16), strict=True))
        _write(known, file)
    return np.array([known[_key(text)] for text in texts], dtype=np.float32)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _read(file: Path) -> Dict[bytes, Any]:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            keys, rows = kept["keys"], kept["rows"]
            return dict(zip((key.tobytes() for key in keys), rows, strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(known: Dict[bytes, Any], file: Path) -> None:
    """Best effort: without a place to write to they are encoded again."""
    keys = np.frombuffer(b"".join(known), np.uint8).reshape(len(known), -1)
    unfinished = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as opened:
            np.savez(opened, keys=keys, rows=np.array(list(known.values())))
        unfinished.replace(file)
    except OSError:
        return
