"""Postings for `bench relevance`: made from `relevance/*.csv`, the same every time, each with the attributes it was made from.

Names of employers and agencies, and streets, often carry another place than the workplace; duties often name other jobs.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference import queries as reference
from jiuye.runtime.demo.chance import Chance

DATA = Path(__file__).with_name("relevance")
_AGENCIES = 90
_NAMES = (
    "华信",
    "嘉诚",
    "远航",
    "鼎盛",
    "瑞丰",
    "博远",
    "恒达",
    "金桥",
    "新联",
    "众合",
    "天成",
    "宏图",
    "锦绣",
    "安泰",
    "优达",
    "聚英",
)
_FIELDS = (
    "电子",
    "软件科技",
    "商贸",
    "物流",
    "餐饮管理",
    "机械制造",
    "建筑工程",
    "物业服务",
    "医疗",
    "教育咨询",
    "网络科技",
    "酒店管理",
)
_FAMOUS = ("北京", "上海", "成都", "长沙", "深圳", "南京", "苏州", "杭州", "武汉", "西安", "重庆", "广州")
_STREETS = ("人民路", "建设路", "科技大道", "学府街", "迎宾路", "工业大道", "中山路", "解放路")
_PREFIXES = ("急聘", "高薪诚聘", "急招")
_SUFFIXES = ("（外包）", "（急招）", "（可兼职）", "3名", "（上五休二）", "A岗")
_DUTIES = (
    "负责{title}岗位的日常工作，按时完成交办的任务",
    "按流程与{other}、{another}对接，做好记录和交接",
    "遵守公司制度，配合{other}完成相关工作",
    "维护现场秩序和设备，发现问题及时上报",
    "完成上级安排的其他工作",
)
_REQUIREMENTS = ("工作认真负责，有团队精神", "一年以上相关经验优先", "沟通良好，能吃苦耐劳", "服从安排，能适应加班")


@dataclass(frozen=True)
class Job:
    """A kind of job: postings of the same `kin` are related."""

    key: str
    kin: str
    weight: float
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Feature:
    """Something that postings of some jobs (all: none named) state in one of several ways, in `where`, with a probability."""

    key: str
    where: str
    share: float
    jobs: frozenset[str]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A posting and what it was made from: `variant` is the title without its decoration, `features` {key: text}."""

    posting: JobPosting
    job: Job
    variant: str
    features: Mapping[str, str]
    path: tuple[str, ...]
    zone: str


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(text: str) -> tuple[str, ...]:
    """Return the parts of a cell with several values."""
    return tuple(part for part in text.split("|") if part)


def jobs() -> list[Job]:
    """Return the kinds of jobs."""
    return [Job(row["key"], row["kin"], float(row["weight"]), split(row["titles"])) for row in rows("jobs.csv")]


def _features() -> list[Feature]:
    return [
        Feature(
            row["key"], row["where"], float(row["share"]), frozenset(split(row["jobs"])), split(row["texts"])
        )
        for row in rows("features.csv")
    ]  # fmt: skip


def build(number: int, moment: datetime) -> Iterator[Made]:
    """Create `number` published postings, up to 60 days old at `moment`."""
    chance = Chance("relevance")
    kinds, features, spots = jobs(), _features(), rows("spots.csv")
    agencies = [_agency(chance, spots) for _ in range(_AGENCIES)]
    titles = [title for kind in kinds for title in kind.titles]
    for job in chance.choices(kinds, [kind.weight for kind in kinds], k=number):
        spot = chance.choices(spots, [float(one["weight"]) for one in spots])[0]
        yield _posting(chance, moment, job, features, spot, chance.choice(agencies), titles)


def _agency(chance: Chance, spots: Sequence[Mapping[str, str]]) -> Agency:
    city = reference.region(chance.choice(spots)["code"]).short_name
    name = f"{city}{chance.choice(_NAMES)}人力"
    return Agency(id=chance.id(), short_name=name, legal_name=f"{name}资源服务有限公司")


def _posting(
    chance: Chance,
    moment: datetime,
    job: Job,
    features: Sequence[Feature],
    spot: Mapping[str, str],
    agency: Agency,
    titles: Sequence[str],
) -> Made:
    own = reference.region(spot["code"])
    counties = reference.children(own.code) if own.level == "city" and not spot["zone"] else ()
    place = chance.choice(counties) if counties and chance.random() < 0.8 else own
    city = own.short_name if own.level == "city" else reference.region(own.parent).short_name
    stated = {
        one.key: chance.choice(one.texts)
        for one in features
        if (not one.jobs or job.key in one.jobs) and chance.random() < one.share
    }
    where = {one.key: one.where for one in features}
    variant = chance.choice(job.titles)
    published = chance.before(moment, 24 * 2, 24 * 60)
    others = {name: chance.choice(titles) for name in ("other", "another")}
    posting = JobPosting(
        id=chance.id(),
        agency=agency,
        employer=_employer(chance, city),
        state="published",
        title=_decorated(chance, variant, city),
        region_id=place.code,
        address=_address(chance, spot["zone"]),
        longitude=place.longitude,
        latitude=place.latitude,
        employment_type="full_time",
        duties="\n".join(line.format(title=variant, **others) for line in chance.some(_DUTIES, 2, 4)),
        requirements="；".join(
            [*chance.some(_REQUIREMENTS, 1, 3), *(text for key, text in stated.items() if where[key] == "body")]
        ),
        tags=[text for key, text in stated.items() if where[key] == "tags"],
        skills=[text for key, text in stated.items() if where[key] == "skills"],
        pay_min=chance.rounded(4000, 9000, 500),
        pay_max=chance.rounded(9500, 15000, 500),
        pay_unit="month",
        pay_months=12,
        education="",
        created_at=published,
        updated_at=published,
        published_at=published,
        confirmed_at=published,
        valid_through=(moment + timedelta(days=30)).date(),
    )
    path = tuple(step.code for step in reference.ancestors(place.code))
    return Made(posting, job, variant, stated, path, spot["zone"])


def _employer(chance: Chance, city: str) -> Employer:
    roll = chance.random()
    place = city if roll < 0.6 else chance.choice(_FAMOUS) if roll < 0.85 else ""
    name = f"{place}{chance.choice(_NAMES)}{chance.choice(_NAMES)}{chance.choice(_FIELDS)}有限公司"
    return Employer(id=chance.id(), legal_name=name)


def _address(chance: Chance, zone: str) -> str:
    street = f"{chance.choice(_FAMOUS)}路" if chance.random() < 0.15 else chance.choice(_STREETS)
    return f"{zone}{street}{chance.randint(1, 400)}号"


def _decorated(chance: Chance, title: str, city: str) -> str:
    roll = chance.random()
    if roll < 0.1:
        return chance.choice(_PREFIXES) + title
    if roll < 0.25:
        return title + chance.choice(_SUFFIXES)
    return f"{title}（{city}）" if roll < 0.32 else title
