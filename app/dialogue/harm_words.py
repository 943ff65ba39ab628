"""Which door a call for protection needs: a child alone, exploitation, violence, arrest, a dangerous journey.

The danger words of nlu.text open the branch; these phrases only choose what is shown first in it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nlu.text.phrases import Message, Phrasebook
from nlu.text.tables import read
from nlu.text.variety import variety_of

WORDS = Path(__file__).parent / "words" / "harms.csv"
MOST_URGENT = ("child", "exploitation", "violence", "arrest", "journey")
SPOKEN = ("darija", "arabizi")


def harm_named(text: str) -> str | None:
    """The most urgent kind of harm a text names, or None where it only calls for help."""
    hits = _phrasebook().hits(Message.of(text), spoken=variety_of(text) in SPOKEN)
    named = {hit.value for hit in hits}
    return next((harm for harm in MOST_URGENT if harm in named), None)


@lru_cache(maxsize=1)
def _phrasebook() -> Phrasebook[str]:
    return Phrasebook((row["phrase"], row["variety"], row["harm"]) for row in read(WORDS))
