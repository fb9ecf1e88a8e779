"""Industries of GB/T 4754-2017: sections and divisions."""

from collections.abc import Sequence

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.catalogue import Industry
from jiuye.kernel.errors import NotFound


def industry(code: str) -> Industry:
    """Return the section (A … T) or division (01 … 97) with this code. Raises NotFound."""
    try:
        return catalogue.industries()[code]
    except KeyError:
        raise NotFound(f"没有代码为 {code} 的行业") from None


def has_industry(code: str) -> bool:
    """Return whether the code is a section or a division."""
    return code in catalogue.industries()


def industries(parent: str = "") -> Sequence[Industry]:
    """Return the 20 sections, or the divisions of a section. By code."""
    return [known for known in catalogue.industries().values() if known.parent == parent]


def industry_ancestors(code: str) -> list[Industry]:
    """Return the section, then the division if the code is one. Raises NotFound."""
    found = industry(code)
    return [industry(found.parent), found] if found.parent else [found]
