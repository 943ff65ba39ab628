"""Where a service is given: places from the database, ranked for the person who asks.

The whole directory (some 800 places) is held frozen in memory and read again when its revision in the database
changes: a question costs one tiny query and a sort, and a database that is briefly away does not silence it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from referral_directory.cities import CityIndex, Fold
from referral_directory.errors import DirectoryNotLoaded
from referral_directory.models import DirectoryState
from referral_directory.points import PlaceId, ServicePoint, withholding_address
from referral_directory.ranking import Asked, Place, described, rank
from referral_directory.service_types import Wanted, load_service_types
from referral_directory.snapshot import Snapshot, take_snapshot


class PlaceSearch:
    """Finds places for service and door ids. Thread-safe."""

    def __init__(
        self,
        session_factory: Callable[[], Session],
        *,
        fold: Fold = str.casefold,
        today: Callable[[], date] = date.today,
        wanted: Mapping[str, Wanted] | None = None,
    ) -> None:
        self._session_factory = session_factory
        self._fold = fold
        self._today = today
        self._wanted = load_service_types() if wanted is None else wanted
        self._held: Snapshot | None = None
        self._lock = Lock()

    @property
    def cities(self) -> CityIndex:
        return self._snapshot().cities

    def find(
        self, service: str, *, city: str | None, language: str, without_papers: bool = False, limit: int = 3
    ) -> tuple[ServicePoint, ...]:
        """Places for a service or door id, best first; empty where none is known or the id is not ours."""
        wanted = self._wanted.get(service)
        if wanted is None or limit < 1:
            return ()
        snapshot = self._snapshot()
        places = [
            place
            for service_type in wanted.types
            for place in snapshot.by_type.get(service_type, ())
            if _takes(wanted, place)
        ]
        asked = self._asked(snapshot.cities, city, language, without_papers=without_papers)
        return tuple(map(_discreetly, rank(places, wanted, asked, limit)))

    def get(self, place: str, *, for_the_person: bool = False) -> ServicePoint | None:
        """One place by id, or None. `for_the_person`: who will go there asks, a shelter's address may be told."""
        held = self._snapshot().places.get(PlaceId(place))
        if held is None:
            return None
        point = described(held, Asked(language="", today=self._today()))
        return point if for_the_person else _discreetly(point)

    def gives(self, place: str, service: str) -> bool:
        """True where this place is one of those found for the service or door."""
        held, wanted = self._snapshot().places.get(PlaceId(place)), self._wanted.get(service)
        return held is not None and wanted is not None and _takes(wanted, held)

    def _asked(self, cities: CityIndex, city: str | None, language: str, *, without_papers: bool) -> Asked:
        known = cities.get(city)
        if known is None:
            return Asked(language, self._today(), without_papers=without_papers)
        centre = cities.centre(known.id)
        return Asked(
            language,
            self._today(),
            home=cities.home(known.id),
            centre=centre or cities.centre_nearby(known.id),
            exact=centre is not None,
            without_papers=without_papers,
        )

    def _snapshot(self) -> Snapshot:
        try:
            with self._session_factory() as session:
                # Only reading: on SQLite this must not queue for the write lock.
                session.connection(execution_options={"sqlite_begin": "DEFERRED"})
                revision = session.scalar(select(DirectoryState.revision).where(DirectoryState.id == 1))
                if self._held is None or self._held.revision != revision:
                    self._refresh(session, revision)
        except SQLAlchemyError:
            if self._held is None:
                raise
        if self._held is None:
            raise DirectoryNotLoaded(DirectoryNotLoaded.__doc__)
        return self._held

    def _refresh(self, session: Session, revision: int | None) -> None:
        with self._lock:
            if revision is not None and (self._held is None or self._held.revision != revision):
                self._held = take_snapshot(session, revision, self._fold)


def _takes(wanted: Wanted, place: Place) -> bool:
    return wanted.takes(
        service_type=place.point.service_type,
        organization=place.point.organisation,
        kind=place.kind,
        service=place.point.service,
    )


def _discreetly(point: ServicePoint) -> ServicePoint:
    return withholding_address(point) if point.confidential else point
