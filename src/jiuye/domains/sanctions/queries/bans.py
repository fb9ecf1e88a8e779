"""The ban list (异常名录): who may not register again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.sanctions.models import BanEntry
from jiuye.kernel import clock

HOW_TO_APPEAL = (
    "对此有异议的，请由原单位的管理员（或您本人）登录后，在“处置与申诉”页面提出申诉；登录不了的，请通过“意见反馈”说明。"
)


@dataclass(frozen=True, slots=True)
class Ban:
    """An entry that keeps a unit or a person from registering. `message`: for who is stopped by it."""

    reason: str
    since: date
    ends_on: date | None
    message: str


def ban_on(*, credit_code: str = "", person_id: UUID | None = None) -> Ban | None:
    """Return the entry in force on a credit code, or on a person by account, phone or real name; None if there is none.

    人社厅发〔2025〕60号: who is on the list does not come back by another account. At most three queries.
    """
    wanted = Q()
    if credit_code:
        wanted |= Q(credit_code=credit_code)
    if person_id:
        wanted |= _of_person(person_id)
    if not wanted:
        return None
    entry = BanEntry.objects.filter(wanted, ended_at=None).select_related("sanction").order_by("since", "id").first()
    if entry is None:
        return None
    sanction, since = entry.sanction, clock.local(entry.since).date()
    who = f"统一社会信用代码 {credit_code}" if entry.credit_code else "您本人"
    until = f"，至 {sanction.ends_on}（含当日）" if sanction.ends_on else ""
    return Ban(
        reason=sanction.reason,
        since=since,
        ends_on=sanction.ends_on,
        message=f"{who}已于 {since} 列入平台异常名录{until}，不能注册。原因：{sanction.reason} {HOW_TO_APPEAL}",
    )


def _of_person(person_id: UUID) -> Q:
    wanted = Q(person_id=person_id)
    if phone := User.objects.filter(pk=person_id).values_list("phone_index", flat=True).first():
        wanted |= Q(phone_index=phone)
    if number := RealName.objects.filter(pk=person_id).values_list("id_number_index", flat=True).first():
        wanted |= Q(id_number_index=number)
    return wanted
