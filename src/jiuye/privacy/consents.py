"""A person's consents: purpose, recipient, and the effect of withdrawal (个人信息保护法 arts. 15, 44)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.models import Consent
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import APPLICATION, APPLICATION_LABELS
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate

WITHDRAWABLE = APPLICATION.rows["withdraw"].sources
_FIELDS = {"name": "姓名", "phone": "手机号", "birth_year": "出生年份", "region": "所在地区"}
_EFFECTS = {
    ConsentKind.CARD_PREFILL: "撤回后不再视为您同意使用社保卡信息填写简历，下次填写会重新问您。已经填入简历的内容还在，可以自己修改。",
    ConsentKind.VERIFICATION: "撤回后，还没有结果的核验会停止；这次核验得到的结果不再显示在简历上。需要时可以重新申请核验。",
    ConsentKind.RESUME_VISIBILITY: "撤回后，职介不能再找到您的简历，只有您投递的机构看得到。已经看过的会留在“谁看过我的简历”里。",
}
_ENDS_APPLICATION = (
    "撤回后，这次投递会同时撤回（现在是“{state}”），已约的面试会取消，对方不能再打开您的简历。"
    "不能恢复，需要时可以重新投递。"
)
_CLOSES_RESUME = (
    "撤回后，对方不能再打开您的简历。投递的结果和进展不变；对方此前已下载的文件，平台无法收回，您可以要求对方删除。"
)


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent. `about`: the job, the fields. `effect`: what withdrawal does, shown beforehand."""

    id: UUID
    kind: str
    kind_label: str
    about: str
    recipients: Sequence[str]
    given_at: datetime
    withdrawn_at: datetime | None
    effect: str
    ends_application: bool
    application_id: UUID | None


def consents(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[ConsentView]:
    """Return the actor's consents, newest first, including withdrawn ones. Two queries."""
    rows = Consent.objects.filter(user_id=actor.person)
    page = paginate(rows, ordering=("-given_at", "-id"), cursor=cursor, size=size)
    sent = _applications(row.pk for row in page.items)
    return page.map(lambda row: _view(row, sent.get(row.pk)))


def _applications(consent_ids: Iterable[UUID]) -> dict[UUID, Application]:
    found = Application.objects.filter(consent_id__in=list(consent_ids)).only("id", "title", "state", "consent_id")
    return {row.consent_id: row for row in found}


def _view(row: Consent, application: Application | None) -> ConsentView:
    ends = application is not None and application.state in WITHDRAWABLE
    return ConsentView(
        id=row.pk,
        kind=row.kind,
        kind_label=ConsentKind(row.kind).label,
        about=f"投递“{application.title}”" if application else _about(row),
        recipients=[str(one["name"]) for one in row.scope.get("recipients", ()) if one.get("name")],
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
        effect=_effect(row, application, ends),
        ends_application=ends,
        application_id=application.pk if application else None,
    )


def _about(row: Consent) -> str:
    if row.kind == ConsentKind.CARD_PREFILL:
        return "填入" + "、".join(_FIELDS.get(name, name) for name in row.scope.get("fields", ()))
    if row.kind == ConsentKind.VERIFICATION:
        return f"核验 {len(row.scope.get('items', ()))} 项内容"
    if row.kind == ConsentKind.RESUME_VISIBILITY:
        return "可以看到的职介在" + "、".join(row.scope.get("place_names", ()))
    return ""


def _effect(row: Consent, application: Application | None, ends: bool) -> str:
    if application is not None and ends:
        return _ENDS_APPLICATION.format(state=APPLICATION_LABELS[application.state])
    return _EFFECTS.get(ConsentKind(row.kind), _CLOSES_RESUME)
