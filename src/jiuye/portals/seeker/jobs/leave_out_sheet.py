"""What a search leaves out (不看): its sheet, its one chip, and how many postings it hides."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiuye.portals.seeker.jobs.conditions import Condition
from jiuye.portals.seeker.jobs.leave_out import OwnSearch
from jiuye.portals.seeker.jobs.links import link
from jiuye.ports.search import SearchQuery
from jiuye.search.criteria import LEAVES_OUT, LEFT_OUT, MOST_WORDS, SWITCHES, pairs
from jiuye.search.queries import JobList

REMEMBER = "/me/leave-out"
DAYS = (7, 15, 30)
"""Offered on the sheet; any other number of days comes from a URL."""
_LABELS = {
    "without_agency": "职介代招的职位",
    "without_dispatch": "劳务派遣、外包的职位",
    "without_slow": "答复慢的职介发布的职位",
    "without_applied": "我投过的职位",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A box on the sheet: the parameter and value it sends, its words, and whether it is ticked."""

    name: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class LeaveOutSheet:
    """The sheet of a search, and what its choices do.

    `switches` and `named` (organisations left out, all ticked) are boxes, `days` are (value, label), `kept` the other
    parameters of the search. `hidden`: how many postings are left out; None if not known. `show` is the URL of the same search
    with nothing left out. `is_from_memory`: it is what the person asked to remember; `is_suspended`: that is not used this time,
    and `again` uses it. `remember`: URL of the page that remembers what is left out now; empty if there is nothing new.
    """

    switches: Sequence[Choice]
    named: Sequence[Choice]
    words: str
    days: Sequence[tuple[str, str]]
    chosen_days: str
    kept: Sequence[tuple[str, str]]
    hidden: int | None
    show: str
    is_used: bool
    is_from_memory: bool
    is_suspended: bool
    again: str
    remember: str
    most_words: int = MOST_WORDS
    remember_at: str = REMEMBER


def is_left_out(condition: Condition) -> bool:
    """Return whether a condition leaves postings out."""
    return condition.name in LEAVES_OUT


def chip(query: SearchQuery, conditions: Sequence[Condition], *, keeps: bool) -> list[tuple[str, str]]:
    """Return the one chip of all that is left out (不看：3 项, link without it); none if nothing is."""
    count = sum(is_left_out(one) for one in conditions)
    return [(f"不看：{count} 项", _everything(query, keeps))] if count else []


def sheet_of(found: JobList, conditions: Sequence[Condition], own: OwnSearch) -> LeaveOutSheet:
    """Return the sheet of a result with these conditions. No query: they name the organisations."""
    query = found.query
    days = sorted({*DAYS, *([] if query.unconfirmed_for is None else [query.unconfirmed_for])})
    names = (*SWITCHES, "without_applied") if own.is_signed_in else SWITCHES
    return LeaveOutSheet(
        switches=[Choice(name, "true", _LABELS[name], getattr(query, name)) for name in names],
        named=[
            Choice(one.name, one.value, one.label.removeprefix("不看"), True)
            for one in conditions
            if one.name in LEFT_OUT
        ],
        words="，".join(query.exclude_words),
        days=[("", "不限"), *((str(one), f"超过 {one} 天没有确认在招的") for one in days)],
        chosen_days="" if query.unconfirmed_for is None else str(query.unconfirmed_for),
        kept=pairs(query, without=(*LEAVES_OUT, "size")),
        hidden=found.left_out,
        show=_everything(query, own.keeps),
        is_used=query.leaves_out,
        is_from_memory=own.is_from_memory,
        is_suspended=own.keeps and query.with_all,
        again=link(query, without=LEAVES_OUT),
        remember=REMEMBER + link(query, without=("sort", "size"))
        if query.leaves_out and not own.is_from_memory
        else "",
    )


def _everything(query: SearchQuery, keeps: bool) -> str:
    return link(query, *([("leave_out", "none")] if keeps else []), without=LEAVES_OUT)
