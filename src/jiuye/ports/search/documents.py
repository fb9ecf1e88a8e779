"""The search document of a posting."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.ports.search.places import Place


@dataclass(frozen=True, slots=True)
class PostingDocument:
    """One posting as the engine indexes it.

    Texts are unchanged; the engine normalizes and tokenizes them. Paths are codes from the broadest level to the narrowest:
    province, city, county; occupation groups (at most four levels); industry section and division. `card` is the list
    card as JSON, stored and returned unchanged.
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
    """Names of the region and the address, so that the word 成都 finds the posting."""
    region: tuple[str, ...] = ()
    location: Place | None = None
    """The place of work; None if it is not known precisely enough to compute a distance."""
    occupation: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    pay_min: int | None = None
    """Yuan a month. Both None: 面议 (negotiable)."""
    pay_max: int | None = None
    education: int = 0
    """The required level's rank, 0 (none) to 9; see `domains.reference.education`."""
    experience_min: int = 0
    """Required years; 0: none."""
    experience_max: int | None = None
    employment_type: str = ""
    agency_id: str = ""
    employer_id: str = ""
    for_employer: bool = False
    """The agency recruits for another (机构代招)."""
    published_at: int = 0
    """Seconds since 1970-01-01 UTC."""
    confirmed_at: int = 0
    """When the agency last said that the job is open; in the same unit."""
    cluster: str = ""
    """Equal for postings of the same job by several agencies."""
    quality: float = 0.0
    """0 to 1. Raises the score by at most a fifth, so that it only decides between similar postings."""
