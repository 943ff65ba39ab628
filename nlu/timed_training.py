"""`nlu/.venv/bin/python -m nlu.timed_training`: how long Rasa takes to learn all examples anew, as JSON.

Sentence vectors of texts that were read before are taken from their file, as in every training but the first.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from nlu.models import NLU, before_rasa


def main() -> int:
    before_rasa()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        from rasa.model_training import train_nlu  # noqa: PLC0415  seconds long, and only this environment has it

        began = time.monotonic()
        made = train_nlu(str(NLU / "config.yml"), str(NLU / "data"), folder, domain=str(NLU / "domain.yml"))
        seconds = time.monotonic() - began
        size = Path(str(made)).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes_peak": peak, "megabytes_archive": size / 1e6}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
