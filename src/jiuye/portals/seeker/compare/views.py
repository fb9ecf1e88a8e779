"""`/compare?ids=…`: up to three open postings side by side. The choice is only in the URL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.design.formats import full_day, percent
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.queries import PostingDetail
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound
from jiuye.portals.reading_limits import LISTS
from jiuye.search import queries as search_queries

HERE = "portals/seeker/compare/templates"
MOST = 3
_OFFERED = 6
_UNSAID = "未说明"


@dataclass(frozen=True, slots=True)
class Line:
    """One compared aspect: each posting's text, and whether they differ."""

    label: str
    values: Sequence[str]

    @property
    def differs(self) -> bool:
        """Return whether the postings differ."""
        return len(set(self.values)) > 1


def _answers(job: PostingDetail) -> str:
    share = job.agency.answered_within_7_days
    return percent(share) if share is not None else "投递还不多，暂无"


_LINES: tuple[tuple[str, Callable[[PostingDetail], str]], ...] = (
    ("劳动报酬", lambda job: job.pay),
    ("用人单位", lambda job: job.employer.legal_name if job.employer else _UNSAID),
    ("单位规模", lambda job: (job.employer.size_label if job.employer else "") or _UNSAID),
    ("工作地点", lambda job: f"{job.region_name}{job.address}"),
    ("用工类型", lambda job: job.employment_type_label),
    ("学历要求", lambda job: job.education_label),
    ("经验要求", lambda job: job.experience),
    ("福利", lambda job: "、".join((*job.tags, *job.benefits)) or _UNSAID),
    ("工作条件", lambda job: job.working_conditions),
    ("招聘人数", lambda job: f"{job.headcount} 人"),
    ("有效期至", lambda job: full_day(job.valid_through) if job.valid_through else _UNSAID),
    ("发布机构", lambda job: job.agency.name),
    ("机构收费", lambda job: job.agency.fees or _UNSAID),
    ("机构 7 日处理率", _answers),
)


@access(PUBLIC, limit=LISTS)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The postings in the URL, the first three that are open. At most seven queries."""
    wanted = _wanted(request.GET.getlist("ids"))
    found: list[PostingDetail] = []
    gone = 0
    for posting_id in wanted[:MOST]:
        try:
            found.append(jobs.detail(posting_id))
        except NotFound:
            gone += 1
    ids = [job.id for job in found]
    similar = search_queries.similar_jobs(found[0], size=_OFFERED) if 0 < len(found) < MOST else []
    context = {
        "jobs": [(job, _address([one for one in ids if one != job.id])) for job in found],
        "lines": [Line(label, [read(job) for job in found]) for label, read in _LINES] if found else [],
        "offers": [(card, _address([*ids, card.id])) for card in similar if card.id not in ids],
        "gone": gone,
        "too_many": len(wanted) > MOST,
        "most": MOST,
    }
    response = render(request, f"{HERE}/compare.html", context)
    response.headers["Cache-Control"] = "public, max-age=2"  # as on a posting's own page
    return response


def _wanted(given: Sequence[str]) -> list[UUID]:
    """Return the ids of `?ids=a,b&ids=c`, each once, ignoring invalid ones."""
    wanted: dict[UUID, None] = {}
    for text in ",".join(given)[:400].split(","):
        try:
            wanted[UUID(text.strip())] = None
        except ValueError:
            continue
    return list(wanted)


def _address(ids: Sequence[UUID]) -> str:
    return f"/compare?ids={','.join(map(str, ids))}" if ids else "/compare"
