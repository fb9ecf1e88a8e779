"""The demonstration's editor, and unpublished items: a draft policy, a draft fair, a withdrawn policy."""

from dataclasses import asdict
from datetime import datetime, timedelta

from jiuye.domains.accounts.models import Authenticator, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.organisations.models import Agency
from jiuye.domains.policies.models import Policy
from jiuye.domains.policies.policies import Condition
from jiuye.kernel import clock
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

EDITOR = 902
"""The number of the phone of the operator who writes policies."""


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Write everything together."""
    _editor(chance, moment)
    today = clock.local(moment).date()
    shared = {"topic": "training", "audiences": ["worker"], "region_id": "510100", "updated_at": moment}
    draft = Policy(
        id=chance.id(),
        title="成都市企业新型学徒制培训补贴办法（演示）",
        summary="与新招用人员签订培训协议的企业，按人数申领培训补贴。",
        body="一、适用对象\n与劳动者签订一年以上劳动合同，并开展学徒培训的企业。\n\n二、怎么办理\n培训开始前在线备案。",
        published_on=today,
        conditions=[asdict(Condition("与学徒签订了多久的劳动合同？", "第一条", "number", least=12, unit="个月"))],
        **shared,
    )
    withdrawn = Policy(
        id=chance.id(),
        title="成都市职业培训券使用说明（演示）",
        summary="持培训券可在定点机构免费参加一次职业技能培训。",
        body="一、适用对象\n在成都参保的职工。\n\n二、怎么使用\n报名时出示培训券。",
        issuer="成都市人力资源社会保障部门（演示）",
        document_number="演示〔2026〕88号",
        published_on=today - timedelta(days=90),
        withdrawn_at=moment - timedelta(days=3),
        withdrawn_reason="定点机构名单有误，更正后重新发布",
        version=3,
        **shared,
    )
    copy_rows([draft, withdrawn])
    _fairs(chance, moment, cast)
    _limits(moment, cast.agencies[0])


def _fairs(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Create two fairs of the first agency: one incomplete, one in the future."""
    agency = cast.agencies[0]
    starts = (moment + timedelta(days=25)).replace(hour=1, minute=0, second=0, microsecond=0)
    shared = {"agency": agency, "mode": "onsite", "region_id": agency.region_id, "place": "示范路零工市场二层"}
    plans = ["组织方案：分区设展，设引导员十人", "应急预案：设医疗点和疏散通道", "安全保卫方案：入场安检，控制人流"]
    draft = JobFair(
        id=chance.id(),
        title="冬季技能人才专场招聘会",
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
        introduction="面向焊工、钳工、电工等技能人才，现场面试，免费打印简历。",
        plans="\n".join(plans[:2]),
        created_at=moment - timedelta(hours=5),
        **shared,
    )
    coming = JobFair(
        id=chance.id(),
        title="就近就业社区招聘会",
        state="published",
        starts_at=starts - timedelta(days=13),
        ends_at=starts - timedelta(days=13) + timedelta(hours=5),
        introduction="面向附近居民，岗位以制造、餐饮、物业为主，入场免费，现场有职业指导。",
        plans="\n".join(plans),
        created_at=moment - timedelta(days=6),
        published_at=moment - timedelta(days=5),
        **shared,
    )
    copy_rows([draft, coming])
    employers = chance.some(cast.employers[agency.id], 3, 3)
    copy_rows(
        [
            FairParticipation(fair=fair, employer=one, booth=f"B{place:02d}")
            for fair in (draft, coming)
            for place, one in enumerate(employers, 1)
        ]
    )


def _limits(moment: datetime, agency: Agency) -> None:
    """Limit the participants of the agency's future fairs, and add directions."""
    JobFair.objects.filter(agency=agency, state="published", starts_at__gt=moment, mode="onsite").update(
        capacity=300, route="地铁三号线示范路站 B 口步行五分钟；地下停车场入口在东侧，一层有无障碍坡道。"
    )


def _editor(chance: Chance, moment: datetime) -> None:
    phone = names.phone(EDITOR)
    person = User(
        id=chance.id(),
        phone=phone,
        phone_index=phone_index(phone),
        name="许文清",
        created_at=moment - timedelta(days=300),
    )
    colleague = Membership.objects.filter(organisation_kind="platform").order_by("created_at", "id")[0]
    place = Membership(
        id=chance.id(),
        user=person,
        organisation_id=colleague.organisation_id,
        organisation_kind="platform",
        role="editor",
        created_at=moment,
    )
    factor = Authenticator(user=person, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)
    for rows in ([person], [place], [factor]):
        copy_rows(rows)
