"""Counties by distance: by the centre of each, in memory."""

from functools import lru_cache

from jiuye.domains.reference.catalogue import Region
from jiuye.domains.reference.queries.regions import counties
from jiuye.ports.search.places import Place, distance


@lru_cache(maxsize=1024)
def nearest_county(place: Place) -> Region:
    """Return the county with the nearest centre: the precision in which a place may be shown and stored. About 3 ms."""
    return min(counties(), key=lambda one: distance(place, (one.longitude, one.latitude)))


@lru_cache(maxsize=256)
def counties_within(place: Place, kilometres: int) -> tuple[str, ...]:
    """Return the codes of the counties with centres in a circle, nearest first; the nearest county if there are none.

    About 3 ms.
    """
    away = sorted((distance(place, (one.longitude, one.latitude)), one.code) for one in counties())
    return tuple(code for far, code in away if far <= kilometres) or (away[0][1],)
