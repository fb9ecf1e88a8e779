"""Affiliations in every state: of the employer with staff, and of employers that ask the demonstration's agency.

One of these was named before by the agency without a credit code, with postings: approving its request merges both records.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import Application, EmployerOpinion
from jiuye.domains.applications.states import OPEN
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import JobPosting, PostingWish
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

NAMED_POSTINGS = 3
_ASKED = ("电焊工 5 人、质检员 2 人", "常白班，包午餐，缴五险。请联系人事部工作日 9:00–17:00 面谈。")


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Write everything together."""
    own = cast.agencies[0]
    staffed = Employer.objects.get(
        pk=Membership.objects.filter(organisation_kind="employer").order_by("created_at", "id")[0].organisation_id
    )
    _certify(moment, staffed.id)
    others = [agency for agency in cast.agencies if agency.id != own.id][:4]
    rows = [
        _row(chance, moment, staffed, agency, state, days)
        for agency, state, days in zip(
            others, ("requested", "refused", "ended", "withdrawn"), (1, 40, 90, 20), strict=True
        )
    ]
    asking = [one for one in cast.employers[cast.agencies[22].id] if one.id != staffed.id][:3]
    _certify(moment, *(one.id for one in asking))
    rows += [
        _row(chance, moment, employer, own, state, days)
        for employer, state, days in zip(asking, ("requested", "refused", "ended"), (2, 30, 60), strict=True)
    ]
    rows.append(_row(chance, moment, _named_before(chance, moment, cast, own), own, "requested", 0))
    copy_rows(rows)
    copy_rows(_opinions(chance, moment, staffed))
    copy_rows(_wishes(chance, moment, staffed, own))
    fair = JobFair.objects.filter(agency=own, state="published", starts_at__gt=moment).order_by("starts_at", "id")[0]
    FairParticipation.objects.get_or_create(fair=fair, employer=staffed, defaults={"booth": "C08"})
    Affiliation.objects.filter(jobs_meant="").update(
        jobs_meant="普工、技工，随生产需要", note="长期合作，岗位由人事部提前一周通知。"
    )


def _opinions(chance: Chance, moment: datetime, employer: Employer) -> list[EmployerOpinion]:
    """Return opinions on half of the employer's applications that are under way; on the first of them two."""
    lu = Membership.objects.filter(organisation_id=employer.id).order_by("created_at", "id")[0].user_id
    open_ones = Application.objects.filter(employer=employer, state__in=sorted(OPEN)).order_by("-submitted_at", "-id")
    given = [
        (verdict, note, 5 + 7 * number)
        for number, (verdict, note) in enumerate(
            [
                ("suitable", "经历和岗位对口，请尽快约面试。"),
                ("unsuitable", "需要能上夜班的，这位不便。"),
                ("remark", "请核实证书有效期。"),
            ]
        )
    ]
    made = []
    for number, application in enumerate(list(open_ones[:8])[::2]):
        for verdict, note, hours in given[:2][::-1] if number == 0 else [given[number % 3]]:
            at = max(application.submitted_at, moment - timedelta(hours=hours))
            made.append(
                EmployerOpinion(
                    id=chance.id(),
                    application=application,
                    employer=employer,
                    verdict=verdict,
                    note=note,
                    given_by=lu,
                    given_at=at,
                )
            )
    return made


def _wishes(chance: Chance, moment: datetime, employer: Employer, agency: Agency) -> list[PostingWish]:
    """Return an open wish for a change, and an answered one."""
    rows = JobPosting.objects.filter(employer=employer, agency=agency, state="published").order_by(
        "-published_at", "id"
    )
    texts = [
        ("招聘人数改为 8 人，月底前到岗。", "open", ""),
        ("请补充：提供班车。", "done", "已补充在工作条件里。"),
    ]
    return [
        PostingWish(
            id=chance.id(),
            posting=posting,
            employer=employer,
            text=text,
            state=state,
            answer=answer,
            created_at=moment - timedelta(hours=20),
            answered_at=None if state == "open" else moment - timedelta(hours=6),
        )
        for posting, (text, state, answer) in zip(rows[:2], texts, strict=False)
    ]


def _certify(moment: datetime, *employer_ids: Any) -> None:
    Employer.objects.filter(pk__in=employer_ids).update(is_certified=True, registered_at=moment - timedelta(days=120))


def _row(chance: Chance, moment: datetime, employer: Employer, agency: Agency, state: str, days: int) -> Affiliation:
    asked = moment - timedelta(days=days, hours=3)
    return Affiliation(
        id=chance.id(),
        employer=employer,
        agency=agency,
        state=state,
        jobs_meant=_ASKED[0],
        note=_ASKED[1],
        reason={"refused": "近期制造业岗位已满负荷，建议春节后再联系。", "ended": "合同到期，双方协商不再续签。"}.get(
            state, ""
        ),
        ended_by="employer" if state == "ended" else "",
        requested_at=asked,
        decided_at=None if state in ("requested", "withdrawn") else asked + timedelta(days=2),
        ended_at=asked + timedelta(days=45) if state == "ended" else None,
    )


def _named_before(chance: Chance, moment: datetime, cast: Cast, agency: Agency) -> Employer:
    """Return a certified employer that asks now; the agency's own record of it, without a code, takes over postings."""
    applied_to = Application.objects.filter(agency=agency).values(
        "posting_id"
    )  # their consents name the other employer
    free = JobPosting.objects.filter(agency=agency, state="published").exclude(pk__in=applied_to).order_by("id")
    among = dict(free.values_list("id", "employer_id"))
    most = Counter(among.values()).most_common(1)[0][0]
    like = next(one for one in cast.employers[agency.id] if one.id == most)
    facts = {
        "legal_name": f"{like.legal_name[:2]}川岭{names.BUSINESS[like.industry_id or '']}有限公司",
        "ownership": "private",
        "size": like.size,
        "industry_id": like.industry_id,
        "region_id": like.region_id,
        "created_at": moment - timedelta(days=100),
    }
    registered = Employer(
        id=chance.id(),
        credit_code=names.credit_code(chance),
        is_certified=True,
        registered_at=moment - timedelta(days=9),
        introduction="现有员工一百余人，团队稳定，依法签订劳动合同并缴纳社会保险。",
        **facts,
    )
    named = Employer(id=chance.id(), named_by=agency, **facts)
    copy_rows([registered, named])
    taken = [posting_id for posting_id, employer_id in among.items() if employer_id == like.id][:NAMED_POSTINGS]
    JobPosting.objects.filter(pk__in=taken).update(employer=named)
    return registered
