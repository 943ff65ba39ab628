"""The benchmark through Rasa itself: its training, its archive, its loading."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import yaml

from nlu.models import NLU, before_rasa


def guesses_of_rasa(known: "Sequence[Tuple[str, str]]", unseen: Sequence[str]) -> List[str]:
    """Trains nlu/config.yml on (text, label) pairs and asks the model about each text."""
    before_rasa()
    from rasa.core.agent import Agent  # noqa: PLC0415  seconds long, and only this environment has it
    from rasa.model_training import train_nlu  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "nlu.yml"
        data.write_text(_as_training_data(known), encoding="utf-8")
        made = train_nlu(str(NLU / "config.yml"), str(data), folder, fixed_model_name="model")
        if made is None:
            raise ValueError("Rasa made no model of these rows")
        agent = Agent.load(made)
        return [asyncio.run(agent.parse_message(text))["intent"]["name"] for text in unseen]


def _as_training_data(known: "Sequence[Tuple[str, str]]") -> str:
    blocks: Dict[str, List[str]] = {}
    for text, label in known:
        # One line, and no brackets: Rasa would read them as marks of entities.
        line = " ".join(text.replace("[", "(").replace("]", ")").split())
        blocks.setdefault(label, []).append(f"- {line}\n")
    nlu = [{"intent": label, "examples": "".join(lines)} for label, lines in blocks.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True)
