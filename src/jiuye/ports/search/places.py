"""Places, circles and distances.

Distances are great-circle distances on a sphere with the mean radius 6371.0088 km (IUGG; within 0.6 % of the ellipsoid).
The shown precision never exceeds what is known: places are cells of a grid of a hundredth of a degree (about 1.1 km from
south to north, 0.6 to 1.1 km from west to east in China), and longer distances are rounded more.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0088
LARGEST_RADIUS = 100
USUAL_RADIUS = 20

Place = tuple[float, float]
"""Longitude and latitude in degrees. Browsers use WGS-84; Chinese maps, and so the centres of our regions, use GCJ-02.
The two differ by 0.1 to 0.7 km, less than a grid cell, and are not distinguished."""


@dataclass(frozen=True, slots=True)
class Near:
    """A circle to search in. `within` is its radius in km. `name` is what the caller calls the place (a region's code or
    `me`); the engine ignores it. Raise ValueError for impossible coordinates or a radius outside 1 to 100."""

    longitude: float
    latitude: float
    within: int = USUAL_RADIUS
    name: str = ""

    def __post_init__(self) -> None:
        if not (-180 <= self.longitude <= 180 and -90 <= self.latitude <= 90):
            raise ValueError("longitude is -180 to 180, latitude -90 to 90")
        if not 1 <= self.within <= LARGEST_RADIUS:
            raise ValueError(f"a radius is 1 to {LARGEST_RADIUS} km")

    @property
    def place(self) -> Place:
        """The centre."""
        return self.longitude, self.latitude


def distance(one: Place, other: Place) -> float:
    """Return the distance between two places in km (haversine formula)."""
    (first_longitude, first_latitude), (second_longitude, second_latitude) = one, other
    north = haversine(radians(second_latitude - first_latitude))
    east = haversine(radians(second_longitude - first_longitude))
    found = north + cos(radians(first_latitude)) * cos(radians(second_latitude)) * east
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, found)))


def haversine(angle: float) -> float:
    """Return hav(angle); the angle is in radians."""
    return sin(angle / 2) ** 2


def rounded(kilometres: float) -> int:
    """Round a distance for display: to 1 km up to 10 km, to 5 km up to 50 km, then to 10 km; at least 1 km."""
    if kilometres <= 10:
        return max(1, int(kilometres + 0.5))
    step = 5 if kilometres <= 50 else 10
    return int(kilometres / step + 0.5) * step
