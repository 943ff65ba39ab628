"""Distances on the ground."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088

type Coordinates = tuple[float, float]
"""Latitude and longitude in degrees."""


def kilometres(here: Coordinates, there: Coordinates) -> float:
    """As the crow flies (haversine)."""
    latitude_a, longitude_a, latitude_b, longitude_b = map(radians, (*here, *there))
    half = (
        sin((latitude_b - latitude_a) / 2) ** 2
        + cos(latitude_a) * cos(latitude_b) * sin((longitude_b - longitude_a) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
