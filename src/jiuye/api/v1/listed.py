"""Parameters that lists of the read API share."""

from typing import Any

from ninja import Query

from jiuye.domains.reference import queries as reference
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line

LONGEST_WORDS = 40


def of_format(name: str, description: str) -> Any:
    """Return a text parameter whose values no pattern describes; the document names their format."""
    parameter = Query("", description=description)  # type: ignore[type-arg]
    parameter.json_schema_extra = {"format": name}
    return parameter


CURSOR = of_format("cursor", "上一页的 next_cursor：从其最后一条之后继续，深度不限。")
REGION = of_format("region", "行政区划代码（GB/T 2260，六位），含其下辖地区；见 GET /regions。")
SIZE = Query(20, ge=1, le=100, description="每页条数。")  # type: ignore[type-arg]
WORDS = Query("", max_length=LONGEST_WORDS, description="搜索词，每个词都要出现。")  # type: ignore[type-arg]


def place(region: str) -> str:
    """Return a region's code. Raises `Invalid` for one that this release does not know."""
    if region and not reference.has_region(region):
        raise Invalid(
            {"region": f"没有代码为 {region} 的地区，请对照 GET /regions；已撤销的代码见 GET /regions/{region}。"}
        )
    return region


def words(text: str) -> str:
    """Return search words without control characters and repeated spaces."""
    return tidy_line(text)[:LONGEST_WORDS]
