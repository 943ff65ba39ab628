"""What the last measurement found, as it was committed: figures and the report made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

FIGURES = Path(__file__).parent / "figures.json"
REPORT = Path(__file__).parent / "REPORT.md"
Figures = Dict[str, Any]


def read_figures(file: Path = FIGURES) -> Figures:
    figures: Figures = json.loads(file.read_text(encoding="utf-8"))
    return figures


def write_figures(figures: Figures, file: Path = FIGURES) -> None:
    """Four decimals: more say nothing."""
    file.write_text(json.dumps(_rounded(figures), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_report(file: Path = REPORT) -> str:
    return file.read_text(encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
