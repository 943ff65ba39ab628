"""The report's pictures: small SVG files with real text in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from nlu.models import ROOT
from nlu.reported import Figures
from nlu.text.variety import VARIETIES

FOLDER = ROOT / "docs" / "pictures" / "nlu"
COLOURS = {"msa": "#0b6e4f", "darija": "#b3541e", "arabizi": "#6a4c93", "fr": "#1d5fa8", "en": "#4a4a4a"}
DASHES = {"msa": "-", "darija": "--", "arabizi": "-.", "fr": ":", "en": (0, (5, 1, 1, 1, 1, 1))}
"""Colour is never the only sign."""
_CONFUSED = 15


def draw(figures: Figures, folder: Path = FOLDER) -> "Sequence[Path]":
    """The same figures give the same files, byte by byte."""
    folder.mkdir(parents=True, exist_ok=True)
    local = figures["parsers"]["local"]["development"]
    pictures = {
        "accuracy": accuracies(figures),
        "coverage": coverage(local["varieties"]),
        "confusions": confused(local["confusions"]),
        "intents": intents(local["intents"]),
    }
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "boussole", "font.family": "sans-serif"}):
        return [_save(picture, folder / f"{name}.svg") for name, picture in pictures.items()]


def coverage(varieties: Figures) -> Figure:
    """How many messages are answered, and how many of the answers are wrong."""
    picture, axes = _sheet(6.4, 4.0)
    for variety in VARIETIES:
        points = varieties[variety]["curve"]
        across, up = [100 * answered for answered, _ in points], [100 * wrong for _, wrong in points]
        axes.plot(across, up, color=COLOURS[variety], linestyle=DASHES[variety], label=variety)
    axes.axhline(2, color="#888888", linewidth=0.8)
    axes.set(xlabel="answered, % of messages", ylabel="wrong, % of answers", xlim=(0, 100), ylim=(0, None))
    axes.legend(frameon=False)
    return picture


def accuracies(figures: Figures) -> Figure:
    """Each parser's share of first guesses that are right, by variety."""
    picture, axes = _sheet(6.4, 3.2)
    parsers = figures["parsers"]
    for place, (name, parser) in enumerate(parsers.items()):
        shares = [100 * parser["development"]["varieties"][variety]["accuracy"] for variety in VARIETIES]
        across = np.arange(len(VARIETIES)) + 0.4 * place
        bars = axes.bar(across, shares, 0.38, label=name, color=("#0b6e4f", "#9fc7b6")[place % 2])
        axes.bar_label(bars, [f"{share:.1f}" for share in shares], fontsize=7)
    axes.set_xticks(np.arange(len(VARIETIES)) + 0.2 * (len(parsers) - 1), VARIETIES)
    axes.set(ylabel="right, % of messages", ylim=(0, 105))
    axes.legend(frameon=False, loc="lower right")
    return picture


def confused(rows: "Sequence[Sequence[Any]]") -> Figure:
    """The pairs that are mistaken for each other most often."""
    picture, axes = _sheet(6.4, 4.2)
    most = list(rows[:_CONFUSED])[::-1]
    axes.barh([f"{meant} > {guess}" for meant, guess, _ in most], [count for *_, count in most], color="#b3541e")
    axes.set(xlabel="messages: meant > heard")
    return picture


def intents(rows: Figures) -> Figure:
    """F1 of each intent, the worst at the top."""
    picture, axes = _sheet(6.4, 7.6)
    ordered = sorted(rows.items(), key=lambda row: -row[1][2])
    axes.barh([name for name, _ in ordered], [row[2] for _, row in ordered], color="#1d5fa8")
    axes.tick_params(axis="y", labelsize=7)
    axes.set(xlabel="F1", xlim=(0, 1))
    return picture


def _sheet(width: float, height: float) -> Any:
    picture = Figure(figsize=(width, height), layout="constrained")
    axes = picture.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return picture, axes


def _save(picture: Figure, file: Path) -> Path:
    picture.savefig(file, metadata={"Date": None, "Creator": None})
    return file
