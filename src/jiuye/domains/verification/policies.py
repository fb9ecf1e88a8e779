"""When an item may be verified, and how long a result is valid."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import orjson

from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import VERIFICATION_LABELS, CheckKind
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index

CONSENT_TEXT_VERSION = "2026-11"
RECIPIENT = "人力资源社会保障部门"
PURPOSE = "核对您所填写的信息是否与登记一致"

# A legal name can be changed, though rarely: a year (common practice).
IDENTITY_LASTS = timedelta(days=365)
# Employments end and certificates are revoked: nobody should rely on a confirmation after a year (common practice).
ITEM_LASTS = timedelta(days=365)
# Organisations are verified again every six months (人社厅发〔2025〕60号), and so is who works for them.
EMPLOYED_LASTS = timedelta(days=183)
RENEWABLE_BEFORE = timedelta(days=30)

# Corrections of records take more than an hour, and each request costs the authority work (common practice).
AGAIN_AFTER = timedelta(hours=24)
DAY = timedelta(hours=24)
MOST_PER_ITEM_AND_DAY = 3
MOST_PER_PERSON_AND_DAY = 20

POLL_AFTER = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(days=7)


def lasts(kind: str) -> timedelta:
    """Return how long a confirmation of this kind is valid."""
    return {CheckKind.IDENTITY: IDENTITY_LASTS, CheckKind.EMPLOYED: EMPLOYED_LASTS}.get(CheckKind(kind), ITEM_LASTS)


def written(claims: Mapping[str, str]) -> str:
    """Return the claims in canonical form."""
    return orjson.dumps(dict(claims), option=orjson.OPT_SORT_KEYS).decode()


def digest(claims: Mapping[str, str]) -> str:
    """Return a keyed digest of the claims: equal for equal text, and useless to a reader of the database."""
    return blind_index(written(claims), "verification-claims")


def employment_subject(person_id: UUID, organisation_id: UUID) -> UUID:
    """Return the id under which a person's present employment at an organisation is verified; always the same."""
    return uuid5(organisation_id, f"employment of {person_id}")


def why_not_again(case: VerificationCase | None, moment: datetime) -> str:
    """Return why the item of this current case cannot be verified again now, in words; "" if it can."""
    if case is None or case.state == "unverified":
        return ""
    if case.state == "pending":
        return "这一项正在核验中，结果出来后会通知您。"
    if case.state == "verified" and case.expires_at and moment < case.expires_at - RENEWABLE_BEFORE:
        day = clock.local(case.expires_at - RENEWABLE_BEFORE)
        return f"这一项已核验，{day.year}年{day.month}月{day.day}日起可以重新核验。"
    if case.state != "verified" and case.answered_at and moment < case.answered_at + AGAIN_AFTER:
        at = clock.local(case.answered_at + AGAIN_AFTER)
        return (
            f"这一项的结果是“{VERIFICATION_LABELS[case.state]}”。修改内容后可以马上再核验；"
            f"不修改的话，请在 {at.month}月{at.day}日 {at:%H:%M} 以后再试。"
        )
    return ""
