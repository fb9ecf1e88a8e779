"""The place of a search: the circle that the parameter `near` means, and the location of postings.

`near` is a region, meaning its centre, or `me`: only the visitor's browser stores that place
(`portals.seeker.jobs.whereabouts`), so that no URL, log or history shows where somebody is.
"""

from jiuye.domains.reference import queries as reference
from jiuye.kernel.errors import NotFound
from jiuye.ports.search import USUAL_RADIUS, Near, Place
from jiuye.ports.search.places import distance

ME = "me"
RADII = (5, 10, 20, 50)
_SAME = 0.05  # km
UNKNOWN = "没有找到这个地点，请从地区列表中选择。"
TOO_WIDE = "按距离找职位要从市或区县算起，请选到市或区县。"
NOT_KNOWN_YET = "还不知道您的位置。请重新获取位置，或选一个地区。"


class NoPlace(ValueError):
    """`near` is not a place that can be searched round. The message is for people, in Chinese."""


def near(written: str, within: int | None = None, here: Place | None = None) -> Near:
    """Return the circle for a value of `near`: `me` (the place `here`), or a region by code or name. Raise NoPlace."""
    radius = within or USUAL_RADIUS
    if written == ME:
        if here is None:
            raise NoPlace(NOT_KNOWN_YET)
        return Near(*here, within=radius, name=ME)
    return round_region(_code(written), radius)


def round_region(code: str, within: int = USUAL_RADIUS) -> Near:
    """Return the circle round a region's centre. Raise NoPlace for an unknown region or one that is too large."""
    try:
        region = reference.region(_AS_CITY.get(code, code))
    except NotFound:
        raise NoPlace(UNKNOWN) from None
    if not has_middle(region):
        raise NoPlace(TOO_WIDE)
    return Near(region.longitude, region.latitude, within=within, name=region.code)


def has_middle(region: reference.Region) -> bool:
    """Return whether a region is small enough for its centre to serve as a location."""
    return region.level != "province" or region.code in _CITY_STATES


def location(region: str | None, longitude: float | None, latitude: float | None) -> Place | None:
    """Return the place of work: the posting's coordinates, else the centre of its county or city. None for a posting that
    only names a province, because no distance could be given."""
    known = reference.region(region) if region else None
    if known is None or not has_middle(known):
        return None
    if longitude is None or latitude is None:
        return known.longitude, known.latitude
    return longitude, latitude


def is_city_centre(region: str | None, place: Place | None) -> bool:
    """Return whether a posting's place is only the centre of its city, so that it may be anywhere in the city."""
    known = reference.region(region) if region else None
    if known is None or place is None or known.level != "city":
        return False
    return distance(place, (known.longitude, known.latitude)) < _SAME


def _code(written: str) -> str:
    """A region's code unchanged, or the code of a region given by name; empty for an unknown name."""
    if written.isdecimal():
        return written
    found = reference.find_region(written)
    return found.code if found else ""


_AS_CITY = reference.MUNICIPALITY_CITIES
_CITY_STATES = ("810000", "820000")
