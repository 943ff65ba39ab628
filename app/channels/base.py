"""What a channel can show. Rendering asks these questions; nothing else may know which channel it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Capabilities:
    """`cards` and `buttons` false: everything becomes text, choices become numbers."""

    name: str
    cards: bool = True
    buttons: bool = True


WEB = Capabilities("web")
TERMINAL = Capabilities("terminal", cards=False, buttons=False)

CHANNELS = {capabilities.name: capabilities for capabilities in (WEB, TERMINAL)}
