"""What must happen without anybody asking: forgetting. `python -m app.worker` runs beside the app.

--once sweeps and ends; --dry-run only counts.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading

import structlog

from app.errors import Unavailable
from app.logs import configure_logging
from app.main import ready_services
from app.settings import read_settings
from app.turns import purge
from app.turns.services import TurnServices

SECONDS_BETWEEN_SWEEPS = 600
log = structlog.get_logger("boussole.worker")


def sweep(services: TurnServices, *, dry_run: bool) -> None:
    """Deletes what is past its time and logs how many rows of each; a database that is away is tried again later."""
    try:
        log.info("swept", dry_run=dry_run, **purge(services, dry_run=dry_run))
    except Unavailable:
        log.warning("not_swept", reason="database_away")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m app.worker")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args(arguments)
    settings = read_settings()
    configure_logging(settings.log_level)
    services = ready_services(settings)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sweep(services.turns, dry_run=options.dry_run)
    while not options.once and not stopping.wait(SECONDS_BETWEEN_SWEEPS):
        sweep(services.turns, dry_run=options.dry_run)
    services.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
