"""Places to search round: what `near=` in an address means, and what a place is called.

An address names a region, of which the centre is meant, or `me`: that place the visitor's browser keeps itself
(`portals.seeker.jobs.whereabouts`), so that no address, log or history tells where somebody is.
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
    """What was asked for is no place to search round; the message says so to people."""


def near(written: str, within: int | None = None, here: Place | None = None) -> Near:
    """The circle that an address asks for: round `me` (which is `here`), a region by its code, or one by its name.

    Raises NoPlace.
    """
    radius = within or USUAL_RADIUS
    if written == ME:
        if here is None:
            raise NoPlace(NOT_KNOWN_YET)
        return Near(*here, within=radius, name=ME)
    return round_region(_code(written), radius)


def round_region(code: str, within: int = USUAL_RADIUS) -> Near:
    """The circle round a region's centre. Raises NoPlace for one that is unknown, or too wide to have a middle that matters."""
    try:
        region = reference.region(_AS_CITY.get(code, code))
    except NotFound:
        raise NoPlace(UNKNOWN) from None
    if not has_middle(region):
        raise NoPlace(TOO_WIDE)
    return Near(region.longitude, region.latitude, within=within, name=region.code)


def has_middle(region: reference.Region) -> bool:
    """Whether a region is small enough for its centre to say where something in it is."""
    return region.level != "province" or region.code in _CITY_STATES


def location(region: str | None, longitude: float | None, latitude: float | None) -> Place | None:
    """Where one works, as far as it is known: the posting's own coordinates, else the centre of its county or city. None for
    one that names no more than a province: nobody could say how far away that is."""
    known = reference.region(region) if region else None
    if known is None or not has_middle(known):
        return None
    if longitude is None or latitude is None:
        return known.longitude, known.latitude
    return longitude, latitude


def is_city_centre(region: str | None, place: Place | None) -> bool:
    """Whether a posting's place is but the middle of its city: it may be anywhere in it."""
    known = reference.region(region) if region else None
    if known is None or place is None or known.level != "city":
        return False
    return distance(place, (known.longitude, known.latitude)) < _SAME


def _code(written: str) -> str:
    """A region's code as it is, or that of the region that was named."""
    if written.isdecimal():
        return written
    found = reference.find_region(written)
    return found.code if found else ""


_AS_CITY = reference.MUNICIPALITY_CITIES
_CITY_STATES = ("810000", "820000")
