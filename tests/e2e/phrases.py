"""First words of a conversation, by language."""

from __future__ import annotations

from pathlib import Path

import yaml

_PHRASES: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))
FIRST_WORDS = _PHRASES["first_words"]
PLACE_WITH_PHONE = _PHRASES["place_with_phone"]
