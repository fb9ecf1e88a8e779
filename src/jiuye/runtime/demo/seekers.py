"""Job seekers, with resumes that fit the posted trades."""

from datetime import date, datetime, timedelta
from typing import Any

from jiuye.domains.accounts.models import User
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.models import Certificate, Education, Employment, Intention, Resume, Skill
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import MAINLAND, Cast
from jiuye.runtime.demo.postings import trades

SEEKERS = 200
# Histories end in this year whenever the demonstration is loaded, as do the sandbox's records of the same people.
YEAR = 2026
SCHOOLS = {
    "70": "第三中学",
    "60": "第一高级中学",
    "40": "职业技术学校",
    "30": "职业技术学院",
    "20": "理工学院",
    "14": "理工大学",
    "11": "理工大学",
}
MAJORS = {
    "40": ["机电技术应用", "电子商务", "护理"],
    "30": ["会计", "物流管理", "数控技术"],
    "20": ["计算机科学与技术", "机械工程", "市场营销"],
    "14": ["软件工程", "工商管理"],
}
CERTIFICATES = {
    "6-18-02-04": "焊接与热切割作业证",
    "6-31-01-03": "低压电工作业证",
    "6-30-05-01": "特种设备作业人员证（N1）",
    "2-05-08-01": "护士执业证书",
    "2-06-03-00": "初级会计专业技术资格",
    "4-10-01-05": "养老护理员（四级）",
    "2-08-03-00": "教师资格证",
    "4-07-05-01": "保安员证",
}


def build(chance: Chance, moment: datetime, cast: Cast) -> list[User]:
    """Create the seekers; their resumes are written together. The first has the first demonstration account."""
    kinds, weights = trades(Chance(7))
    people = [
        cast.user(chance, names.person(chance), moment - timedelta(days=chance.randint(20, 300)))
        for _ in range(SEEKERS)
    ]
    copy_rows(people)
    tables: dict[str, list[Any]] = {
        "resumes": [],
        "intentions": [],
        "educations": [],
        "employments": [],
        "skills": [],
        "certificates": [],
    }
    for person, trade in zip(people, chance.choices(kinds, weights, k=len(people)), strict=True):
        _resume(chance, moment, person, trade, tables)
    for rows in tables.values():
        copy_rows(rows)
    return people


def _resume(
    chance: Chance, moment: datetime, person: User, trade: dict[str, Any], tables: dict[str, list[Any]]
) -> None:
    level = chance.choice([one for one in trade["edu"] if one] or ["60", "40", "70"])
    years = chance.randint(0, 12)
    city = chance.choice(reference.children(chance.choice(MAINLAND))[:5])
    born = YEAR - {"70": 17, "60": 19, "40": 19, "30": 22, "20": 23, "14": 26, "11": 30}[level] - years
    name = trade["titles"][0]
    resume = Resume(
        id=chance.id(),
        user=person,
        name=person.name,
        phone=person.phone,
        birth_year=born,
        region_id=city.code,
        education=level,
        experience_years=years,
        availability=chance.choice(["now", "within_month", "employed_looking"]),
        self_description=f"做事踏实，学得快。从事过{years}年相关工作，希望在{city.short_name}找一份稳定的“{name}”工作。"
        if years
        else f"刚离开学校，愿意从基础做起，想做“{name}”。",
        completeness=90 if years else 70,
        created_at=person.created_at,
        updated_at=moment - timedelta(days=chance.randint(1, 20)),
    )
    tables["resumes"].append(resume)
    low = round(trade["pay"][0] * (1 if trade.get("unit", "month") == "month" else 22))
    tables["intentions"].append(
        Intention(
            id=chance.id(),
            resume=resume,
            position=0,
            title=name,
            occupation_id=trade["occupation"],
            region_id=city.code,
            pay_min=low,
            pay_max=round(low * 1.5),
            employment_type="full_time",
        )
    )
    left = date(YEAR - years, 6, 30)
    tables["educations"].append(
        Education(
            id=chance.id(),
            resume=resume,
            position=0,
            school=f"{city.short_name}禾桥{SCHOOLS[level]}",
            major=chance.choice(MAJORS.get(level, [""])),
            level=level,
            start_on=date(left.year - 3, 9, 1),
            end_on=left,
        )
    )
    _employments(chance, resume, trade, city, years, tables)
    for position, skill in enumerate(trade["skills"]):
        tables["skills"].append(
            Skill(
                id=chance.id(),
                resume=resume,
                position=position,
                name=skill,
                level=chance.choice(["basic", "working", "expert"]),
            )
        )
    if trade["occupation"] in CERTIFICATES:
        tables["certificates"].append(
            Certificate(
                id=chance.id(),
                resume=resume,
                position=0,
                name=CERTIFICATES[trade["occupation"]],
                number=f"DEMO{chance.randint(10**7, 10**8)}",
                issued_on=left,
            )
        )


def _employments(
    chance: Chance,
    resume: Resume,
    trade: dict[str, Any],
    city: Any,
    years: int,
    tables: dict[str, list[Any]],
) -> None:
    until = YEAR
    for position in range(min(2, years // 3 + (1 if years else 0))):
        lasted = chance.randint(1, 4)
        tables["employments"].append(
            Employment(
                id=chance.id(),
                resume=resume,
                position=position,
                employer_name=f"{city.short_name}{names.brand(chance)}{chance.choice(list(names.BUSINESS.values()))}有限公司",
                title=chance.choice(trade["titles"]),
                start_on=date(until - lasted, 3, 1),
                end_on=date(until - 1, 12, 31) if position or chance.random() < 0.5 else None,
                description="；".join(chance.some(trade["duties"], 1, 3)) + "。",
            )
        )
        until -= lasted
