"""Sanctions on a few invented organisations and one person: in every state, with an appeal that waits and one rejected."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from jiuye.domains.accounts.models import ClosedPortal, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.organisations.models import Agency, Employer, Shop
from jiuye.domains.sanctions.models import Appeal, BanEntry, Sanction
from jiuye.kernel import clock
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

SUSPENDED = 104
"""The number of the phone of the person whose account is suspended."""


@dataclass
class _Desk:
    """Writes sanctions as decided by the platform's owner, some days before now."""

    chance: Chance
    moment: datetime
    owner: UUID
    auditor: UUID

    def sanction(self, days: float, level: str, **given: Any) -> Sanction:
        at = self.moment - timedelta(days=days)
        values = {"state": "active", "decided_by_id": self.owner, "decided_at": at, "starts_at": at, **given}
        return Sanction(id=self.chance.id(), level=level, **values)

    def day(self, days: float) -> Any:
        return clock.local(self.moment + timedelta(days=days)).date()


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Write everything, with the effects."""
    staff = Membership.objects.filter(organisation_kind="platform", ended_at=None)
    owner = staff.filter(role="owner").values_list("user_id", flat=True).get()
    auditor = staff.filter(role="auditor").order_by("created_at", "id").values_list("user_id", flat=True)[0]
    desk = _Desk(chance, moment, owner, auditor)
    appealed = _on_agencies(desk, cast)
    _ban(desk, cast)
    rejected = _on_an_employer(desk)
    _on_a_person(desk)
    copy_rows([appealed, rejected])


def _on_agencies(desk: _Desk, cast: Cast) -> Appeal:
    first, waiting, last = cast.agencies[0], cast.agencies[-2], cast.agencies[-1]
    limit = desk.sanction(
        4,
        "limit",
        agency=last,
        reason="2 个职位要求求职者入职前交纳 300 元服装押金，警告后仍未改正。",
        bases=["deposits", "false_information"],
        evidence="3 名求职者的转账记录，与机构工作人员的聊天截图。",
        ends_on=desk.day(26),
    )
    copy_rows(
        [
            desk.sanction(
                3,
                "remind",
                agency=first,
                reason="职位“仓库分拣员”写明的工作地点与实际不符，求职者到场后才知道在郊区。",
                bases=["false_information"],
                evidence="求职者提供的导航截图，机构已电话确认。",
                ends_on=desk.day(27),
            ),
            desk.sanction(
                200,
                "warn",
                agency=last,
                state="ended",
                reason="多个职位的薪资与面试时告知的不一致。",
                bases=["false_information"],
                ends_on=desk.day(-110),
                closed_at=desk.moment - timedelta(days=109),
            ),
            limit,
            desk.sanction(
                0.4,
                "ban",
                agency=waiting,
                state="proposed",
                starts_at=None,
                reason="冒用其他人力资源机构的名义发布职位，收取中介费后失联，12 人反映。",
                bases=["improper_means", "false_identity"],
                evidence="12 份举报、被冒用机构的书面说明、收款记录。",
                step_reason="涉及人数多，已报告公安机关。",
            ),
        ]
    )
    Agency.objects.filter(pk=last.pk).update(restriction="limited")
    return Appeal(
        id=desk.chance.id(),
        sanction=limit,
        text="押金由用人单位收取，我们知道后当天要求退还，3 名求职者都已收到退款。请核对转账记录。",
        submitted_by=cast.staff[last.id][0],
        submitted_at=desk.moment - timedelta(days=2),
        due_on=desk.day(13),
    )


def _ban(desk: _Desk, cast: Cast) -> None:
    """An agency without postings, so that nothing else in the demonstration changes."""
    like = cast.agencies[0]
    banned = Agency(
        id=desk.chance.id(),
        kind="market",
        legal_name="成都汇诚通达人力资源服务有限公司",
        short_name="汇诚通达人力",
        credit_code=names.credit_code(desk.chance),
        region_id=like.region_id,
        address="示范路9号",
        phone="028-55509999",
        licence_number="(川)人服证字[2025]第5101999999号",
        supervising_body=like.supervising_body,
        supervising_phone=like.supervising_phone,
        restriction="banned",
        created_at=desk.moment - timedelta(days=90),
    )
    confirmed_at = desk.moment - timedelta(days=19)
    ban = desk.sanction(
        20,
        "ban",
        agency=banned,
        reason="以招聘名义诱导 30 余名求职者签订“培训贷”协议，屡次整改无效。",
        bases=["bait", "improper_means"],
        evidence="培训贷合同 31 份，求职者陈述，两次整改通知。",
        step_reason="情节严重，人数众多。",
        decided_by_id=desk.auditor,
        confirmed_by_id=desk.owner,
        confirmed_at=confirmed_at,
    )
    entry = BanEntry(id=desk.chance.id(), sanction=ban, credit_code=banned.credit_code, since=confirmed_at)
    closed = ClosedPortal(organisation_id=banned.id, closed_at=confirmed_at)
    for rows in ([banned], [Shop(agency=banned, updated_at=desk.moment)], [ban], [entry], [closed]):
        copy_rows(rows)


def _on_an_employer(desk: _Desk) -> Appeal:
    """On the employer that has staff in the demonstration; over, so that nothing is restricted."""
    place = Membership.objects.filter(organisation_kind="employer", role="owner").order_by("created_at", "id")[0]
    warning = desk.sanction(
        120,
        "warn",
        employer=Employer.objects.get(pk=place.organisation_id),
        state="ended",
        reason="委托职介发布的职位写“限男性”，经提醒后再次出现。",
        bases=["false_information"],
        evidence="职位截图两份。",
        ends_on=desk.day(-30),
        closed_at=desk.moment - timedelta(days=29),
    )
    copy_rows([warning])
    return Appeal(
        id=desk.chance.id(),
        sanction=warning,
        state="rejected",
        text="该岗位需要搬运重物，所以只招男性。",
        submitted_by_id=place.user_id,
        submitted_at=desk.moment - timedelta(days=118),
        due_on=desk.day(-103),
        answer="劳动强度可以写明，但不能限定性别（妇女权益保障法第四十三条）。维持警告。",
        decided_by_id=desk.auditor,
        decided_at=desk.moment - timedelta(days=112),
    )


def _on_a_person(desk: _Desk) -> None:
    person = User.objects.get(phone_index=phone_index(names.phone(SUSPENDED)))
    suspension = desk.sanction(
        6,
        "suspend",
        person=person,
        reason="多次以他人名义投递和评价，核实后警告两次仍未停止。",
        bases=["false_identity"],
        evidence="投递和评价记录，被冒用人的说明。",
        ends_on=desk.day(24),
    )
    copy_rows([suspension])
    person.suspended_at, person.suspended_until = suspension.starts_at, suspension.ends_on
    person.suspension_notice, person.suspension_link = suspension.reason, f"/me/sanctions/{suspension.id}"
    person.save()
