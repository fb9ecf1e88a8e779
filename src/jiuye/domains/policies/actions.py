"""Editors' writes on policies: edit, attach, publish, withdraw, repeal. Every edit checks the version."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from jiuye.domains.policies import policies
from jiuye.domains.policies.events import PolicyPublished, PolicyWithdrawn
from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.domains.policies.policies import MOST_CONDITIONS, Condition
from jiuye.domains.policies.states import POLICY, Audience, PolicyState, Topic
from jiuye.domains.reference import queries as reference
from jiuye.kernel import audit, clock, events, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

LIMITS = {
    "title": 120,
    "summary": 300,
    "body": 30_000,
    "audience": 60,
    "issuer": 80,
    "document_number": 60,
}
REASON_LIMIT = 200
MOST_FILES = 10


@dataclass(frozen=True)
class PolicyContent:
    """The content of a policy. `region` empty: the whole country; `published_on` None: today."""

    title: str
    summary: str = ""
    body: str = ""
    topic: str = ""
    audience: str = ""
    audiences: Sequence[str] = ()
    region: str = ""
    issuer: str = ""
    document_number: str = ""
    published_on: date | None = None
    valid_until: date | None = None


def create_policy(actor: Actor, *, content: PolicyContent) -> UUID:
    """Create a draft; only its title is required. Return its id. Raises `Invalid`, `Denied`, `NotFound`."""
    policies.may_edit(actor)
    values = _checked(content)
    with transaction.atomic():
        made = Policy.objects.create(**values, updated_at=clock.now())
        audit.record(actor, "policy.create", made.id)
    return made.id


def edit_policy(actor: Actor, *, policy_id: UUID, content: PolicyContent, version: int) -> None:
    """Replace the content. A public policy must stay complete: `Invalid` for fields that may not be empty.

    Raises also `NotFound`, `Denied`, and `Refused` (code changed_meanwhile) if `version` is not the policy's current
    one.
    """
    policies.may_edit(actor)
    values = _checked(content)
    with _changing(actor, policy_id, version) as policy:
        for column, value in values.items():
            setattr(policy, column, value)
        if policy.is_published and (missing := policies.missing(policy)):
            names = {"标题": "title", "摘要": "summary", "正文": "body", "主题": "topic", "发布机关": "issuer"}
            raise Invalid({names[one]: f"已发布的政策不能没有{one}。" for one in missing})
        audit.record(actor, "policy.edit", policy.id, version=version)


def edit_conditions(actor: Actor, *, policy_id: UUID, conditions: Sequence[Condition], version: int) -> None:
    """Replace the conditions, in this order. Fields of `Invalid` are `index.column`, or `conditions` for too many."""
    policies.may_edit(actor)
    tidy = checked_conditions(conditions)
    with _changing(actor, policy_id, version) as policy:
        policy.conditions = [asdict(one) for one in tidy]
        audit.record(actor, "policy.edit_conditions", policy.id, version=version, now=len(tidy))


def checked_conditions(conditions: Sequence[Condition]) -> list[Condition]:
    """Return the conditions as they would be stored. Raises `Invalid`."""
    faults: dict[str, str] = {}
    if len(conditions) > MOST_CONDITIONS:
        faults["conditions"] = f"最多 {MOST_CONDITIONS} 条。"
    kept = []
    for index, one in enumerate(conditions):
        question, clause, unit = tidy_line(one.question), tidy_line(one.clause), tidy_line(one.unit)
        is_number = one.wants == "number"
        for column, value, limit, label in (("question", question, 80, "问题"), ("clause", clause, 40, "依据")):
            if not value:
                faults[f"{index}.{column}"] = f"请填写{label}。"
            elif len(value) > limit:
                faults[f"{index}.{column}"] = f"最多 {limit} 字。"
        if is_number:
            faults |= {f"{index}.{column}": text for column, text in _faulty_range(one, unit).items()}
        kept.append(
            Condition(question, clause, "number", one.least, one.most, unit)
            if is_number
            else Condition(question, clause, one.wants)
        )
    if faults:
        raise Invalid(faults)
    return kept


def _faulty_range(one: Condition, unit: str) -> dict[str, str]:
    faults = {}
    if one.least is None and one.most is None:
        faults["least"] = "数字至少要有下限或上限。"
    elif one.least is not None and one.most is not None and one.least > one.most:
        faults["most"] = "上限不能小于下限。"
    for column, value in (("least", one.least), ("most", one.most)):
        if value is not None and not 0 <= value <= 999_999:
            faults[column] = "请填 0 到 999999 的整数。"
    if not unit or len(unit) > 10:
        faults["unit"] = "请填写单位，如“个月”，最多 10 字。"
    return faults


def add_file(actor: Actor, *, policy_id: UUID, file: IO[bytes], name: str) -> UUID:
    """Add an attachment, cleaned. Return its id. Raises `Invalid` (file), `Denied`, `NotFound`."""
    policies.may_edit(actor)
    try:
        clean = uploads.clean(file, name=name)
    except uploads.Unacceptable as problem:
        raise Invalid({"file": problem.message}) from problem
    row = PolicyFile(id=new_id(), name=clean.name, content_type=clean.content_type, size=len(clean.content))
    with _changing(actor, policy_id, None) as policy:
        if PolicyFile.objects.filter(policy=policy).count() >= MOST_FILES:
            raise Invalid({"file": f"最多 {MOST_FILES} 个附件，请先删去不再需要的。"})
        row.policy = policy
        row.key = default_storage.save(f"policies/{row.id}{clean.extension}", ContentFile(clean.content))
        try:
            row.save(force_insert=True)
            audit.record(actor, "policy.add_file", policy.id, file=row.id, name=row.name)
        except BaseException:
            default_storage.delete(row.key)
            raise
    return row.id


def delete_file(actor: Actor, *, policy_id: UUID, file_id: UUID) -> bool:
    """Delete an attachment. Return whether there was one: if not, nothing changes. Raises `Denied`, `NotFound`."""
    policies.may_edit(actor)
    own = PolicyFile.objects.filter(pk=file_id, policy_id=policy_id)
    if not own.exists():
        return False
    with _changing(actor, policy_id, None) as policy:
        row = own.first()
        if row is None:  # deleted meanwhile
            return False
        name = row.name
        row.delete()
        audit.record(actor, "policy.delete_file", policy.id, file=file_id, name=name)
    return True


def publish_policy(actor: Actor, *, policy_id: UUID, version: int) -> None:
    """Publish it, as the editor has just seen it.

    Raises `Refused` (incomplete, state_not_allowed, changed_meanwhile), `Denied`, `NotFound`.
    """
    policies.may_edit(actor)
    with _changing(actor, policy_id, version) as policy:
        POLICY.find("publish", policy.state, "operator")
        if missing := policies.missing(policy):
            raise Refused(f"还缺少{'、'.join(missing)}，补全后再发布。", code="incomplete")
        policy.is_published, policy.withdrawn_at, policy.withdrawn_reason = True, None, ""
        audit.record(actor, "policy.publish", policy.id, version=version)
        events.publish(actor, PolicyPublished(policy.id, policy.title, policy.region_id or ""))


def withdraw_policy(actor: Actor, *, policy_id: UUID, reason: str) -> None:
    """Withdraw it; its address shows the reason. Raises `Invalid` (reason), `Refused`, `Denied`, `NotFound`."""
    policies.may_edit(actor)
    reason = _checked_reason(reason)
    with _changing(actor, policy_id, None) as policy:
        POLICY.find("withdraw", policy.state, "operator")
        policy.is_published, policy.withdrawn_at, policy.withdrawn_reason = False, clock.now(), reason
        audit.record(actor, "policy.withdraw", policy.id, reason=reason)
        events.publish(actor, PolicyWithdrawn(policy.id, policy.title, reason))


def abolish_policy(actor: Actor, *, policy_id: UUID, on: date | None) -> None:
    """Set the day from which it no longer applies (废止); None undoes that. It stays readable, with a notice.

    Raises `Invalid` (on), `Refused` for one that is not public, `Denied`, `NotFound`.
    """
    policies.may_edit(actor)
    with _changing(actor, policy_id, None) as policy:
        if policy.state != PolicyState.PUBLISHED:
            raise Refused("只有已发布的政策可以标注废止；没有发布的直接修改或撤下即可。", code="state_not_allowed")
        if on and on < policy.published_on:
            raise Invalid({"on": "废止日期不能早于发布日期。"})
        policy.abolished_on = on
        audit.record(actor, "policy.abolish" if on else "policy.reinstate", policy.id, on=on)


@contextmanager
def _changing(actor: Actor, policy_id: UUID, version: int | None) -> Iterator[Policy]:
    """Lock the policy and save it as its next version at the end."""
    with transaction.atomic():
        policy = Policy.objects.select_for_update().filter(pk=policy_id).first()
        if policy is None:
            raise NotFound
        if version is not None and version != policy.version:
            raise Refused(
                "刚刚被同事改过。您填的内容还在下面，但没有保存：请先在新窗口查看现在的内容，再提交一次。",
                code="changed_meanwhile",
            )
        yield policy
        policy.version += 1
        policy.updated_at = clock.now()
        policy.save()


def _checked_reason(reason: str) -> str:
    reason = tidy_line(reason)
    if not reason:
        raise Invalid({"reason": "请写明撤下的原因，打开旧链接的人会看到。"})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"最多 {REASON_LIMIT} 字，现在是 {len(reason)} 字。"})
    return reason


def _checked(content: PolicyContent) -> dict[str, Any]:
    """Return the columns. Raises `Invalid`."""
    values: dict[str, Any] = {
        name: tidy_lines(content.body) if name == "body" else tidy_line(getattr(content, name)) for name in LIMITS
    }
    faults = {
        name: f"最多 {limit} 字，现在是 {len(values[name])} 字。"
        for name, limit in LIMITS.items()
        if len(values[name]) > limit
    }
    if not values["title"]:
        faults["title"] = "请填写标题。"
    if content.topic and content.topic not in Topic.values:
        faults["topic"] = "请从列表中选择主题。"
    if content.region and not reference.has_region(content.region):
        faults["region"] = "没有找到这个地区，请重新选择。"
    unknown = [one for one in content.audiences if one not in Audience.values]
    if unknown:
        faults["audiences"] = "请从列表中选择适用人群。"
    published_on = content.published_on or clock.today()
    if content.valid_until and content.valid_until < published_on:
        faults["valid_until"] = "有效期不能早于发布日期。"
    if faults:
        raise Invalid(faults)
    audiences = [one for one in Audience.values if one in content.audiences]
    return {
        **values,
        "topic": content.topic,
        "region_id": content.region or None,
        "audiences": audiences,
        "published_on": published_on,
        "valid_until": content.valid_until,
    }
