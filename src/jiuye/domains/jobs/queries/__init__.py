"""Reads on postings."""

from jiuye.domains.jobs.queries.public import (
    Gone,
    PostingCard,
    PostingDetail,
    PostingForApplication,
    cards,
    detail,
    newest,
    open_count,
    title_of,
    to_apply,
)

__all__ = [
    "Gone",
    "PostingCard",
    "PostingDetail",
    "PostingForApplication",
    "cards",
    "detail",
    "newest",
    "open_count",
    "title_of",
    "to_apply",
]
