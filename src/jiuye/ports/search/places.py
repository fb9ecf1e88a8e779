"""Where a search looks and how far away what it finds is.

Distances are great circles over a sphere of the mean radius 6371.0088 km (IUGG; within 0.6 % of the ellipsoid). Nobody is
told more than is known: places are those of a grid of a hundredth of a degree (some 1.1 km from south to north, 0.6 to 1.1
from west to east in China), and what is said is rounded further the farther it is.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0088
LARGEST_RADIUS = 100
USUAL_RADIUS = 20

Place = tuple[float, float]
"""Longitude and latitude in degrees. Browsers say them in WGS-84, Chinese maps and so the centres of our regions in GCJ-02;
the two lie 0.1 to 0.7 km apart, less than the grid, and are taken as one."""


@dataclass(frozen=True, slots=True)
class Near:
    """A circle to search in. `within` is its radius in km; `name` is the asker's own word for the place and of no matter
    to the engine. Raises ValueError for what is no place on earth or no radius from 1 to 100."""

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
        """Its centre."""
        return self.longitude, self.latitude


def distance(one: Place, other: Place) -> float:
    """How far apart two places are, in km (haversine)."""
    (first_longitude, first_latitude), (second_longitude, second_latitude) = one, other
    north = haversine(radians(second_latitude - first_latitude))
    east = haversine(radians(second_longitude - first_longitude))
    found = north + cos(radians(first_latitude)) * cos(radians(second_latitude)) * east
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, found)))


def haversine(angle: float) -> float:
    """hav(angle), of radians."""
    return sin(angle / 2) ** 2


def rounded(kilometres: float) -> int:
    """A distance as it may be said: whole km up to 10, every 5 up to 50, every 10 beyond; never less than 1."""
    if kilometres <= 10:
        return max(1, int(kilometres + 0.5))
    step = 5 if kilometres <= 50 else 10
    return int(kilometres / step + 0.5) * step
