"""Agencies that may publish, and postings of the demonstration data for them, as sheets: shared by benchmarks."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.pay import Pay, format_pay
from jiuye.domains.organisations.models import Agency, Qualification, Shop
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance

HEADERS = (
    *("职位编号", "职位名称", "招聘单位", "工作地点", "详细地址", "薪资", "招聘人数", "用工类型", "学历要求"),
    *("工作经验", "工作内容", "招聘条件", "工作条件", "福利待遇", "技能要求", "有效期至"),
)


def write_sheet(path: Path, cast: organisations.Cast, rows: int, seed: str) -> None:
    """Write postings of the demonstration data as an agency's sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("职位")
        sheet.write_row(0, 0, HEADERS)
        made: Iterator[JobPosting] = postings.build(Chance(seed), clock.now(), cast, rows)
        for number, posting in enumerate(made, start=1):
            sheet.write_row(number, 0, _cells(posting, number))


def _cells(posting: JobPosting, number: int) -> Sequence[str | int]:
    pay = Pay(posting.pay_min, posting.pay_max, posting.pay_unit, posting.pay_months)  # type: ignore[arg-type]
    return (
        f"N{number:06}",
        posting.title,
        posting.employer.legal_name if posting.employer else "",
        reference.full_name(str(posting.region_id)),
        posting.address,
        format_pay(pay),
        posting.headcount or 1,
        posting.get_employment_type_display(),
        EducationLevel(posting.education).label if posting.education else "不限",
        "经验不限" if posting.experience_min is None else f"{posting.experience_min}年以上",
        posting.duties,
        posting.requirements,
        posting.working_conditions or "白班，双休",
        "、".join(posting.benefits),
        "、".join(posting.skills),
        "60天",
    )


def recruiter(number: int) -> Actor:
    """Return a member of an agency that may publish."""
    moment = clock.now()
    agency = Agency.objects.create(
        kind="public",
        legal_name=f"示例{number}公共就业服务中心",
        short_name=f"示例{number}",
        credit_code=f"{number:018d}",
        region_id="110100",
        address="示范路1号",
        phone="010-00000000",
        supervising_body="示例市人力资源和社会保障局",
        supervising_phone="010-00000001",
        is_listed=True,
        created_at=moment,
    )
    Shop.objects.create(agency=agency, fees="不收费", services=["职业介绍"], updated_at=moment)
    Qualification.objects.create(
        organisation_id=agency.id,
        organisation_kind="agency",
        state="approved",
        decided_at=moment,
        expires_on=date(2099, 12, 31),
        created_at=moment,
    )
    person = User.objects.create(phone="", phone_index=str(new_id()), name="", created_at=moment)
    Membership.objects.create(
        user=person, organisation_id=agency.id, organisation_kind="agency", role="recruiter", created_at=moment
    )
    return Actor(person.id, agency.id, "agency", "recruiter")
