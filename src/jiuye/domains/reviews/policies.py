"""Who may review an agency, and what a review must not contain."""

import re
import unicodedata
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import Application
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused

TEXT_LIMIT = 500
ANSWER_LIMIT = 300
MOST_TAGS = 5
SILENCE = timedelta(days=7)
REPLIERS = frozenset({"owner", "recruiter"})

# A mobile number or a landline in any grouping, a resident ID, or any other long row of digits (QQ and bank
# accounts).
_LONG_NUMBER = re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|\d(?: ?\d){14,17}[xX]?|\d{7,}")
_ADDRESSES = re.compile(r"https?://|www\.|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+", re.IGNORECASE)
_MESSENGERS = re.compile(
    r"(?:微信|薇信|威信|weixin|wechat|\bvx|\bwx|qq|扣扣|加[vVqQ])\s*+(?:号|号码)?\s*+[:是为]?\s*+[a-z0-9_-]{5,}",
    re.IGNORECASE,
)


def dealt_with(person_id: UUID) -> QuerySet[Application]:
    """Return the applications that entitle a person to review an agency: answered, or unanswered for a week.

    An agency that did not answer within its promised time is included: silence is an experience, too.
    """
    silent = Q(submitted_at__lte=clock.now() - SILENCE) & ~Q(state="withdrawn")
    return Application.objects.filter(Q(first_handled_at__isnull=False) | silent, applicant_id=person_id)


def obstacle(actor: Actor, agency_id: UUID) -> str:
    """Return why the actor may not review this agency; "" if they may. At most two queries."""
    if Membership.objects.filter(user_id=actor.person, organisation_id=agency_id, ended_at=None).exists():
        return "您是这家机构的工作人员，不能评价自己的机构。"
    if not dealt_with(actor.person).filter(agency_id=agency_id).exists():
        return "只有与这家机构打过交道的人才能评价：投递得到答复后，或投递满 7 天仍没有答复时，就可以来评价。"
    return ""


def may_review(actor: Actor, agency_id: UUID) -> None:
    """Raises `Refused` with the reason (code not_entitled)."""
    if reason := obstacle(actor, agency_id):
        raise Refused(reason, code="not_entitled")


def own_agency(actor: Actor) -> UUID:
    """Return the agency for which the actor acts. Raises `NotFound` for others."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    return actor.organisation_id


def may_reply(actor: Actor) -> UUID:
    """Return the agency for which the actor may reply. Raises `NotFound` for other people, `Denied` for viewers."""
    agency_id = own_agency(actor)
    if actor.role not in REPLIERS:
        raise Denied("您在本机构的角色不能回复评价，请联系机构管理员。")
    return agency_id


def fault_in(text: str) -> str:
    """Return what must be removed before publication; "" if nothing (个人信息保护法 art. 25)."""
    plain = unicodedata.normalize("NFKC", text)
    if found := _LONG_NUMBER.search(plain):
        return f"请删去号码“{found.group()[:3]}…”：评价所有人可见，不要写电话、身份证号、QQ 号等。"
    if _ADDRESSES.search(plain):
        return "请删去网址或邮箱：评价所有人可见，不要写联系方式。"
    if _MESSENGERS.search(plain):
        return "请删去微信号或 QQ 号：评价所有人可见，不要写联系方式。"
    if len(text) > TEXT_LIMIT:
        return f"最多 {TEXT_LIMIT} 字，现在是 {len(text)} 字。"
    return ""
