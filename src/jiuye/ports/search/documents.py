"""What the engine is told about a posting."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.ports.search.places import Place


@dataclass(frozen=True, slots=True)
class PostingDocument:
    """One posting as the engine knows it.

    Texts are as people wrote them; the engine folds and cuts them. The paths are codes from the widest level down:
    province, city, county; occupation groups (at most four levels); industry section and division. `card` is the list
    card as JSON, kept and returned byte for byte.
    """

    id: UUID
    title: str
    card: bytes
    skills: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: str = ""
    employer: str = ""
    agency: str = ""
    place: str = ""
    """Names of the region, so that 成都 typed as a word finds it."""
    region: tuple[str, ...] = ()
    location: Place | None = None
    """Where one works; None where that is not known well enough to say how far away it is."""
    occupation: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    pay_min: int | None = None
    """Yuan a month. Both None: 面议 (negotiable)."""
    pay_max: int | None = None
    education: int = 0
    """The rank demanded, 0 (none) to 9 (highest)."""
    experience_min: int = 0
    """Years demanded; 0: none."""
    experience_max: int | None = None
    employment_type: str = ""
    agency_id: str = ""
    employer_id: str = ""
    published_at: int = 0
    """Seconds since 1970 UTC."""
    cluster: str = ""
    """Equal for the same job posted through several agencies."""
    quality: float = 0.0
    """0 to 1: lifts a posting by at most a fifth among equals (fair exposure, freshly confirmed)."""
