"""How audits and sanctions work, with the figures of the last 30 days."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.qualifications import queries as qualifications
from jiuye.domains.sanctions import queries as sanctions
from jiuye.kernel.access import PUBLIC, access

FEW = f"少于 {qualifications.FEWEST}"


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def audits(request: HttpRequest) -> HttpResponse:
    """The steps, the rights, the appeal; small numbers are not given. Eight queries."""
    found = qualifications.audit_figures()
    measures = sanctions.figures(qualifications.DAYS)
    context = {
        "days": qualifications.DAYS,
        "stats": [
            ("收到的申请", count(found.submitted), "提交和补正后重新提交", ""),
            ("作出的决定", count(found.decided), "通过和退回补正", ""),
            ("一半在多久内", in_words(found.median), "从提交到决定，含夜间和休息日", ""),
            ("九成在多久内", in_words(found.within), "目标：2 个工作日", ""),
            ("退回补正的占比", share(found.returned_share), "占全部决定", ""),
            ("撤销通过", count(found.reversed), "通过后查明不实", ""),
        ],
        "reasons": found.reasons,
        "levels": [(label, count(qualifications.shown_count(number))) for label, number in measures.imposed.items()],
        "appeals": [
            ("收到的申诉", count(qualifications.shown_count(measures.appeals))),
            ("申诉成立", count(qualifications.shown_count(measures.upheld))),
            ("提前解除", count(qualifications.shown_count(measures.lifted))),
        ],
    }
    return render(request, "portals/seeker/pages/templates/audits.html", context)


def count(number: int | None) -> str:
    """Return a count for the page; None is one too small to be given."""
    return FEW if number is None else f"{number:,}"


def share(part: float | None) -> str:
    """Return a share in percent; / for none."""
    return "/" if part is None else f"{part:.0%}"


def in_words(time: timedelta | None) -> str:
    """Return a length of time in hours, from two days on in days; / for none."""
    if time is None:
        return "/"
    hours = time.total_seconds() / 3600
    if hours < 1:
        return "不到 1 小时"
    return f"{hours:.0f} 小时" if hours < 48 else f"{hours / 24:.1f} 天"
