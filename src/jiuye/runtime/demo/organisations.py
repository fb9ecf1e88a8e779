"""Agencies with shops and staff, and the employers they work with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from jiuye.domains.accounts.models import Authenticator, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, Qualification, Shop
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmployerSize, OwnershipKind
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

AGENCIES = 32
EMPLOYERS = 300
ELSEWHERE = 10
"""One employer in so many is from another place than its agency."""
SERVICES = [
    "职业介绍",
    "职业指导",
    "招聘会",
    "人事代理",
    "劳务派遣",
    "人力资源外包",
    "技能培训",
    "就业援助",
    "创业指导",
    "档案管理",
]
SLOGANS = [
    "让每份简历都有回音",
    "家门口的好工作",
    "找工作，不花一分钱",
    "把合适的人送到合适的岗位",
    "从投递到入职，全程陪伴",
]
MAINLAND = [one.code for one in reference.provinces() if one.code < "700000"]


@dataclass
class Cast:
    """Everybody in the demonstration, for later steps."""

    users: list[User] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    shops: list[Shop] = field(default_factory=list)
    employers: dict[Any, list[Employer]] = field(default_factory=dict)
    staff: dict[Any, list[User]] = field(default_factory=dict)

    def employer_of(self, posting: JobPosting) -> Employer:
        """Return the employer of a demonstration posting, which always has one."""
        if posting.employer is None:
            raise ValueError("the demonstration's postings all have an employer")
        return posting.employer

    def user(self, chance: Chance, name: str, joined: datetime) -> User:
        """Create a person with the next demonstration number."""
        number = names.phone(len(self.users) + 1)
        made = User(
            id=chance.id(),
            phone=number,
            phone_index=phone_index(number),
            name=name,
            created_at=joined,
            last_login_at=None,
        )
        self.users.append(made)
        return made


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Create agencies in all provinces, staff, employers and affiliations, written together."""
    memberships: list[Membership] = []
    qualifications = []
    for index in range(AGENCIES):
        agency = _agency(chance, moment, index)
        cast.agencies.append(agency)
        cast.shops.append(_shop(chance, moment, agency))
        qualifications.append(_qualification(chance, moment, agency))
        _staff(chance, moment, cast, agency, memberships)
    employers, affiliations = _employers(chance, moment, cast)
    operator = cast.user(chance, "沈知行", moment - timedelta(days=400))
    memberships.append(_membership(chance, operator, chance.id(), "platform", "auditor", moment))
    authenticators = [Authenticator(user=operator, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)]
    owner = cast.user(chance, "陆明远", moment - timedelta(days=200))
    first = cast.employers[cast.agencies[0].id][0]
    memberships.append(_membership(chance, owner, first.id, "employer", "owner", moment))
    for rows in (
        cast.users,
        cast.agencies,
        cast.shops,
        qualifications,
        employers,
        affiliations,
        memberships,
        authenticators,
    ):
        copy_rows(rows)


def _membership(chance: Chance, user: User, organisation: Any, kind: str, role: str, moment: datetime) -> Membership:
    return Membership(
        id=chance.id(),
        user=user,
        organisation_id=organisation,
        organisation_kind=kind,
        role=role,
        created_at=moment,  # the grace period without a second factor begins here
    )


def _staff(chance: Chance, moment: datetime, cast: Cast, agency: Agency, memberships: list[Membership]) -> None:
    cast.staff[agency.id] = []
    for role in ("owner", "recruiter", "viewer"):
        user = cast.user(chance, names.person(chance), moment - timedelta(days=300))
        cast.staff[agency.id].append(user)
        memberships.append(_membership(chance, user, agency.id, "agency", role, moment))


def _agency(chance: Chance, moment: datetime, index: int) -> Agency:
    province = MAINLAND[index % len(MAINLAND)] if index else "510000"
    province = "110000" if index == 22 else province
    cities = reference.children(province)
    city = (
        next((one for one in cities if one.short_name == "成都"), cities[0])
        if index == 0
        else chance.choice(cities[:4])
    )
    counties = reference.children(city.code)
    place = chance.choice(counties) if counties else city
    kind = "public" if index % 3 == 1 else "market"
    word = names.FIRST[index % len(names.FIRST)]
    short = f"{city.short_name}{word}"
    legal = f"{city.name}{word}公共就业服务中心" if kind == "public" else f"{short}人力资源服务有限公司"
    mark = reference.region(province).short_name[0]
    licence = "" if kind == "public" else f"({mark})人服证字[2025]第{place.code[:4]}{index:06d}号"
    return Agency(
        id=chance.id(),
        kind=kind,
        legal_name=legal,
        short_name=f"{short}{'就业中心' if kind == 'public' else '人力'}",
        credit_code=names.credit_code(chance, "12" if kind == "public" else "91"),
        region_id=place.code,
        address=f"{chance.choice(['人民', '建设', '春熙', '解放', '滨江'])}路{chance.randint(1, 300)}号{chance.randint(1, 20)}层",
        phone=f"0{chance.randint(10, 99)}-5550{index:04d}",
        licence_number=licence,
        licence_expires_on=None if kind == "public" else (moment + timedelta(days=chance.randint(200, 900))).date(),
        supervising_body=f"{place.name}人力资源和社会保障局",
        supervising_phone="12333",
        is_listed=True,
        created_at=moment - timedelta(days=chance.randint(200, 600)),
    )


def _shop(chance: Chance, moment: datetime, agency: Agency) -> Shop:
    people = [names.person(chance) for _ in range(5)]
    place = reference.region(agency.region_id).short_name
    return Shop(
        agency=agency,
        slogan=chance.choice(SLOGANS),
        introduction=(
            f"{agency.legal_name}扎根{place}，为求职者免费提供岗位推荐、面试辅导和入职跟踪，为用人单位提供招聘与用工咨询。"
            "所有岗位都由专人电话核实，每份简历七日内给出答复。"
        ),
        announcement=chance.choice(
            [
                "",
                "本周六上午举办专场招聘会，欢迎到场。",
                "春风行动进行中，提供免费职业指导。",
                "如遇收费行为，请拨打监督电话。",
            ]
        ),
        services=chance.some(SERVICES, 4, 7),
        team=[
            {"name": people[0], "title": "职业指导师", "introduction": "从业八年，擅长转岗就业指导。"},
            {"name": people[1], "title": "招聘顾问", "introduction": "负责制造业岗位对接。"},
            {"name": people[2], "title": "招聘顾问", "introduction": "负责服务业与零工岗位对接。"},
        ],
        leaders=[{"name": people[3], "title": "负责人", "introduction": "主持全面工作，坚持求职服务不收费。"}],
        achievements=[
            {"year": "2024", "text": f"帮助{chance.randint(8, 60) * 100}名求职者实现就业"},
            {"year": "2025", "text": f"举办招聘会{chance.randint(12, 60)}场，服务用人单位{chance.randint(80, 600)}家"},
        ],
        fees="不向求职者收费" if agency.kind == "public" else "不向求职者收费；用人单位服务费按合同约定",
        accent=chance.choice(["gold", "blue", "teal", "violet", "plum", "slate"]),
        updated_at=moment - timedelta(days=chance.randint(1, 60)),
    )


def _qualification(chance: Chance, moment: datetime, agency: Agency) -> Qualification:
    decided = moment - timedelta(days=chance.randint(5, 120))
    return Qualification(
        id=chance.id(),
        organisation_id=agency.id,
        organisation_kind="agency",
        state="approved",
        submitted_at=decided - timedelta(days=2),
        decided_at=decided,
        expires_on=(decided + timedelta(days=183)).date(),
        created_at=decided - timedelta(days=3),
    )


def _employers(chance: Chance, moment: datetime, cast: Cast) -> tuple[list[Employer], list[Affiliation]]:
    employers, affiliations = [], []
    taken: set[str] = set()
    codes = sorted(names.BUSINESS)
    for index in range(EMPLOYERS):
        agency = cast.agencies[index % AGENCIES]
        city = (
            reference.ancestors(agency.region_id)[:2][-1]
            if index % ELSEWHERE
            else chance.choice(reference.children(chance.choice(MAINLAND)))
        )
        division = codes[index % len(codes)]
        name = ""
        while not name or name in taken:
            name = f"{city.short_name}{names.brand(chance)}{names.BUSINESS[division]}有限公司"
        taken.add(name)
        employer = Employer(
            id=chance.id(),
            legal_name=name,
            credit_code=names.credit_code(chance),
            ownership=chance.choices(
                [OwnershipKind.PRIVATE, OwnershipKind.STATE, OwnershipKind.FOREIGN, OwnershipKind.JOINT_VENTURE],
                [8, 1, 1, 1],
            )[0],
            size=chance.choice(EmployerSize.values),
            industry_id=division,
            region_id=city.code,
            introduction=f"{name}主营{names.BUSINESS[division]}业务，团队稳定，依法签订劳动合同并缴纳社会保险。",
            is_certified=chance.random() < 0.6,
            created_at=moment - timedelta(days=chance.randint(60, 400)),
        )
        employers.append(employer)
        cast.employers.setdefault(agency.id, []).append(employer)
        affiliations.append(
            Affiliation(
                id=chance.id(),
                employer=employer,
                agency=agency,
                state="approved",
                requested_at=moment - timedelta(days=50),
                decided_at=moment - timedelta(days=48),
            )
        )
    return employers, affiliations
