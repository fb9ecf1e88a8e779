"""Fairs, policies and reviews, and the shops' measured figures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import mean, median

from jiuye.domains.applications.models import Application
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Employer, Shop
from jiuye.domains.policies.models import Policy
from jiuye.domains.policies.states import Topic
from jiuye.domains.reference import queries as reference
from jiuye.domains.reviews.models import ShopReview
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import MAINLAND, Cast

FAIRS = 40
POLICIES = 60
THEMES = [
    "春风行动专场招聘会",
    "高校毕业生专场招聘会",
    "制造业用工专场",
    "零工专场招聘会",
    "退役军人专场招聘会",
    "女性友好岗位专场",
    "残疾人就业帮扶专场",
    "直播带岗活动",
]
OFFICES = ("63", "64", "65", "74", "83")
"""Industries that mostly hire graduates."""
SUBJECTS = {
    Topic.GRADUATES: (
        "高校毕业生就业见习补贴申领办法",
        "离校两年内未就业的高校毕业生",
        "参加就业见习的，按月给予基本生活费补贴，见习单位为其办理意外伤害保险。",
    ),
    Topic.STARTUP: (
        "创业担保贷款与贴息实施细则",
        "符合条件的创业者和小微企业",
        "可申请创业担保贷款并享受财政贴息，首次创业还可申请一次性创业补贴。",
    ),
    Topic.TRAINING: (
        "职业技能提升补贴申领指南",
        "取得职业技能等级证书的职工和失业人员",
        "取得证书之日起十二个月内可申领补贴，同一工种同一等级只能申领一次。",
    ),
    Topic.ASSISTANCE: (
        "就业困难人员认定与援助办法",
        "大龄、低保、零就业家庭等就业困难人员",
        "经认定后可享受岗位推荐、公益性岗位安置和社会保险补贴。",
    ),
    Topic.SUBSIDY: (
        "一次性扩岗补助办理说明",
        "招用毕业年度高校毕业生的企业",
        "签订劳动合同并缴纳失业保险的，按人数给予一次性补助。",
    ),
    Topic.VETERANS: (
        "退役军人就业创业服务措施",
        "自主就业退役军人",
        "提供免费职业技能培训、专场招聘和税收优惠办理指引。",
    ),
    Topic.DISABILITY: (
        "用人单位安排残疾人就业奖励办法",
        "超比例安排残疾人就业的用人单位",
        "按超出人数给予奖励，并提供无障碍改造指导。",
    ),
    Topic.RIGHTS: (
        "新就业形态劳动者权益保障指引",
        "网约配送员、网约车司机等劳动者",
        "明确休息、报酬、职业伤害保障和申诉渠道。",
    ),
}
PRAISE = [
    "顾问很耐心，两天就安排了面试。",
    "信息真实，现场和介绍的一样。",
    "全程没有收费，进展都有短信提醒。",
    "推荐的岗位离家近，挺合适。",
]
CRITICISM = ["等了一周才有答复，希望快一点。", "面试地点写得不够清楚。"]


def build(
    chance: Chance, moment: datetime, cast: Cast, postings: Iterable[JobPosting], applications: list[Application]
) -> None:
    """Write everything together."""
    fairs, joining = _fairs(chance, moment, cast)
    copy_rows(fairs)
    copy_rows(joining)
    copy_rows(_policies(chance, moment))
    reviews = _reviews(chance, moment, applications)
    copy_rows(reviews)
    _measure(moment, cast.shops, postings, applications, reviews)


def _suited(theme: str, employers: list[Employer]) -> list[Employer]:
    """Return the employers whose jobs suit a fair: no offices of software firms at a fair for gigs or factory work."""
    if theme in (THEMES[1], THEMES[-1]):  # graduates, live streams: everybody
        return employers
    return [one for one in employers if one.industry_id not in OFFICES] or employers


def _fairs(chance: Chance, moment: datetime, cast: Cast) -> tuple[list[JobFair], list[FairParticipation]]:
    fairs, joining = [], []
    for index in range(FAIRS):
        agency = cast.agencies[index % len(cast.agencies)]
        city = reference.ancestors(agency.region_id)[:2][-1]
        starts = (moment + timedelta(days=chance.randint(-20, 40))).replace(hour=1, minute=0, second=0, microsecond=0)
        online = index % 4 == 3
        theme = THEMES[index % len(THEMES)]
        fair = JobFair(
            id=chance.id(),
            agency=agency,
            title=f"{city.short_name}{theme}",
            state="cancelled" if index == 17 else "published",
            mode="online" if online else "onsite",
            region_id=agency.region_id,
            place="" if online else f"{reference.region(agency.region_id).short_name}零工市场一层大厅",
            link="https://fair.example.cn/live" if online else "",
            starts_at=starts,
            ends_at=starts + timedelta(hours=chance.choice([3, 6, 8])),
            introduction=f"本场{theme}由{agency.legal_name}举办，入场免费，现场提供简历打印、职业指导和政策咨询。",
            plans="组织方案：分区设展；应急预案：设医疗点和疏散通道；安全保卫方案：入场安检，控制人流。",
            cancelled_reason="场地检修" if index == 17 else "",
            created_at=moment - timedelta(days=30),
        )
        fairs.append(fair)
        for number, employer in enumerate(chance.some(_suited(theme, cast.employers[agency.id]), 4, 8), 1):
            joining.append(FairParticipation(fair=fair, employer=employer, booth=f"A{number:02d}"))
    return fairs, joining


def _policies(chance: Chance, moment: datetime) -> list[Policy]:
    policies = []
    for index in range(POLICIES):
        topic = list(SUBJECTS)[index % len(SUBJECTS)]
        title, audience, gist = SUBJECTS[topic]
        province = None if index < len(SUBJECTS) else reference.region(MAINLAND[index % len(MAINLAND)])
        place = province.name if province else "全国"
        policies.append(
            Policy(
                id=chance.id(),
                title=f"{place if province else ''}{title}（演示）",
                summary=gist,
                body=f"一、适用对象\n{audience}。\n\n二、主要内容\n{gist}\n\n三、怎么办理\n可到户籍地、常住地或参保地的公共就业服务机构现场办理，也可在线提交材料，受理后一般十五个工作日内办结。\n\n本文为演示内容，不是正式文件。",
                topic=topic,
                audience=audience,
                region_id=province.code if province else None,
                issuer=f"{place}人力资源社会保障部门（演示）",
                document_number=f"演示〔2026〕{index + 1}号",
                published_on=(moment - timedelta(days=chance.randint(1, 400))).date(),
                is_published=True,
            )
        )
    return policies


def _reviews(chance: Chance, moment: datetime, applications: list[Application]) -> list[ShopReview]:
    reviews, seen = [], set()
    for application in applications:
        pair = (application.agency_id, application.applicant_id)
        if pair in seen or chance.random() > 0.25:
            continue
        seen.add(pair)
        good = chance.random() < 0.8
        written = chance.before(moment, 24 * 10, 24 * 60)
        reply = chance.random() < (0.5 if good else 0.8)
        reviews.append(
            ShopReview(
                id=chance.id(),
                agency_id=application.agency_id,
                author_id=application.applicant_id,
                stars=chance.choice([4, 5, 5]) if good else chance.choice([2, 3]),
                text=chance.choice(PRAISE if good else CRITICISM),
                tags=chance.some(["quick", "true", "kind"], 1, 2) if good else ["slow"],
                reply=("谢谢您的认可，祝工作顺利。" if good else "抱歉让您久等，我们已改进通知流程。") if reply else "",
                replied_at=min(moment, written + timedelta(hours=20)) if reply else None,
                created_at=written,
                updated_at=written,
            )
        )
    return reviews


def _measure(
    moment: datetime,
    shops: list[Shop],
    postings: Iterable[JobPosting],
    applications: list[Application],
    reviews: list[ShopReview],
) -> None:
    """Calculate the shops' figures from the rows."""
    open_postings: dict[object, int] = {}
    for posting in postings:
        if posting.state == "published":
            open_postings[posting.agency_id] = open_postings.get(posting.agency_id, 0) + 1
    for shop in shops:
        mine = [one for one in applications if one.agency_id == shop.agency_id]
        waits = [
            (one.first_handled_at - one.submitted_at).total_seconds() / 3600 for one in mine if one.first_handled_at
        ]
        stars = [one.stars for one in reviews if one.agency_id == shop.agency_id]
        due = [one for one in mine if one.first_handled_at or one.submitted_at < moment - timedelta(days=7)]
        shop.open_postings = open_postings.get(shop.agency_id, 0)
        if len(due) >= 5:
            shop.answered_within_7_days = sum(
                1
                for one in due
                if one.first_handled_at and one.first_handled_at - one.submitted_at <= timedelta(days=7)
            ) / len(due)
            shop.typical_answer_hours = median(waits) if waits else None
        shop.review_count, shop.review_average = len(stars), (mean(stars) if stars else None)
    Shop.objects.bulk_update(
        shops, ["open_postings", "answered_within_7_days", "typical_answer_hours", "review_count", "review_average"]
    )
