"""An agency's own fairs: create, edit, publish, cancel and copy them. Every edit checks the version."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from jiuye.domains.fairs import policies
from jiuye.domains.fairs.events import FairCancelled, FairMoved, FairPublished
from jiuye.domains.fairs.labels import in_words, where
from jiuye.domains.fairs.models import FairInterest, FairParticipation, JobFair
from jiuye.domains.fairs.policies import PLANS
from jiuye.domains.fairs.states import FAIR, FairMode
from jiuye.domains.organisations import policies as staff
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

LIMITS = {"title": 80, "place": 200, "link": 500, "host": 100, "route": 300, "introduction": 3000}
PLAN_LIMIT = 500
REASON_LIMIT = 200
MOST_PLACES = 100_000
LONGEST = timedelta(days=60)
_URL = URLValidator(schemes=["http", "https"])
# Changes of these are announced to registered people.
_RELIED_ON = ("starts_at", "ends_at", "mode", "region_id", "place", "link")


@dataclass(frozen=True)
class FairContent:
    """The content of a fair. `plans` by the keys of `policies.PLANS`; `capacity` None: no limit."""

    title: str
    mode: str
    region: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    host: str = ""
    route: str = ""
    capacity: int | None = None
    introduction: str = ""
    plans: Mapping[str, str] = field(default_factory=dict)


def create_fair(actor: Actor, *, content: FairContent) -> UUID:
    """Create a draft. Return its id. For owners and recruiters. Raises `Invalid`, `Denied`, `NotFound`."""
    staff.may_edit_agency(actor)
    if (agency_id := actor.organisation_id) is None:
        raise NotFound
    values = _checked(content)
    with transaction.atomic():
        made = JobFair(**values, agency_id=agency_id, created_at=clock.now())
        made.save(force_insert=True)
        audit.record(actor, "fair.create", made.id)
    return made.id


def edit_fair(actor: Actor, *, fair_id: UUID, content: FairContent, version: int) -> bool:
    """Replace the content. Return whether registered people are notified of a new time or place.

    A published fair must stay complete and cannot be moved into the past. Raises `Invalid`, `Denied`, `NotFound`, and
    `Refused` (cancelled, ended, changed_meanwhile).
    """
    values = _checked(content)
    with changing(actor, fair_id, version) as fair:
        before = {name: getattr(fair, name) for name in _RELIED_ON}
        was = _told(fair)
        if (registered := FairInterest.objects.filter(fair=fair).count()) > (values["capacity"] or MOST_PLACES):
            raise Invalid({"capacity": f"已有 {registered} 人登记，名额不能少于这个人数。"})
        for column, value in values.items():
            setattr(fair, column, value)
        moved = fair.state == "published" and any(getattr(fair, name) != before[name] for name in _RELIED_ON)
        if fair.state == "published":
            _check_published(fair, before["starts_at"])
        if moved:
            _announce_move(actor, fair, before["starts_at"], was)
        audit.record(actor, "fair.edit", fair.id, version=version, moved=moved)
    return moved


def _check_published(fair: JobFair, started_at: datetime) -> None:
    moment = clock.now()
    if fair.starts_at != started_at and fair.starts_at <= moment:
        raise Invalid({"starts_at": "已发布的招聘会只能改到将来的时间。"})
    lacking = [one for one in policies.missing(fair, moment) if one != "将来的举办时间"]
    fields = {"介绍": "introduction", "地点": "place", "线上会场的网址": "link"}
    fields |= {label: f"plan_{key}" for key, label in PLANS.items()}
    if lacking:
        raise Invalid({fields[one]: f"已发布的招聘会不能没有{one}。" for one in lacking})


def _told(fair: JobFair) -> str:
    return f"{in_words(fair.starts_at)} 至 {in_words(fair.ends_at)}，{where(fair)}"


def _announce_move(actor: Actor, fair: JobFair, started_at: datetime, was: str) -> None:
    if clock.local(started_at).date() != clock.local(fair.starts_at).date():
        FairInterest.objects.filter(fair=fair).update(reminded_at=None)  # reminded again before the new day
    is_soon = policies.is_soon(clock.now(), started_at, fair.starts_at)
    events.publish(actor, FairMoved(fair.id, fair.agency_id, fair.title, was, _told(fair), is_soon))


def publish_fair(actor: Actor, *, fair_id: UUID, version: int) -> None:
    """Publish it. Raises `Refused` (agency_may_not_publish, incomplete, state_not_allowed, changed_meanwhile)."""
    with changing(actor, fair_id, version) as fair:
        FAIR.find("publish", fair.state, "agency")
        standing = organisations.standing(fair.agency_id)
        if not standing.may_publish:
            raise Refused(standing.reason.replace("发布职位", "发布招聘会"), code="agency_may_not_publish")
        if lacking := policies.missing(fair, clock.now()):
            raise Refused(f"还缺少{'、'.join(lacking)}，补全后再发布。", code="incomplete")
        fair.state, fair.published_at = "published", clock.now()
        audit.record(actor, "fair.publish", fair.id, version=version)
        events.publish(actor, FairPublished(fair.id, fair.agency_id, fair.title, in_words(fair.starts_at), where(fair)))


def cancel_fair(actor: Actor, *, fair_id: UUID, reason: str) -> int:
    """Cancel it and notify registered people and employers of the reason. Return the number of registered people.

    Raises `Invalid` (reason), `Refused` (state_not_allowed, ended), `Denied`, `NotFound`.
    """
    reason = tidy_line(reason)
    if not reason:
        raise Invalid({"reason": "请写明取消的原因，已登记的人会看到。"})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"最多 {REASON_LIMIT} 字，现在是 {len(reason)} 字。"})
    with changing(actor, fair_id, None) as fair:
        FAIR.find("cancel", fair.state, "agency")
        moment = clock.now()
        fair.state, fair.cancelled_at, fair.cancelled_reason = "cancelled", moment, reason
        audit.record(actor, "fair.cancel", fair.id, reason=reason)
        is_soon = policies.is_soon(moment, fair.starts_at)
        when = in_words(fair.starts_at)
        events.publish(actor, FairCancelled(fair.id, fair.agency_id, fair.title, when, reason, is_soon))
    return FairInterest.objects.filter(fair_id=fair_id).count()


def delete_draft(actor: Actor, *, fair_id: UUID) -> None:
    """Delete a draft. Raises `Refused` for a published fair: it must be cancelled, so that people are notified."""
    with transaction.atomic():
        fair = policies.may_organise(actor, JobFair.objects.select_for_update().filter(pk=fair_id).first())
        if fair.state != "draft":
            raise Refused("已发布的招聘会不能删除，只能取消，并告知已登记的人。", code="state_not_allowed")
        fair.delete()
        audit.record(actor, "fair.delete", fair_id)


def copy_fair(actor: Actor, *, fair_id: UUID) -> UUID:
    """Create a draft like it, with its employers, on the same weekday and hour of a later week. Return its id."""
    with transaction.atomic():
        fair = policies.may_organise(actor, JobFair.objects.filter(pk=fair_id).first())
        employers = list(FairParticipation.objects.filter(fair=fair).order_by("id"))
        length = fair.ends_at - fair.starts_at
        weeks = max(0, (clock.now() - fair.starts_at) // timedelta(weeks=1)) + 1
        fair.pk, fair._state.adding = new_id(), True
        fair.starts_at += timedelta(weeks=weeks)
        fair.ends_at = fair.starts_at + length
        fair.state, fair.created_at, fair.version = "draft", clock.now(), 1
        fair.published_at = fair.cancelled_at = None
        fair.cancelled_reason = ""
        fair.save(force_insert=True)
        FairParticipation.objects.bulk_create(
            [FairParticipation(fair=fair, employer_id=one.employer_id, booth=one.booth) for one in employers]
        )
        audit.record(actor, "fair.copy", fair.id, source=fair_id)
    return fair.pk


@contextmanager
def changing(actor: Actor, fair_id: UUID, version: int | None) -> Iterator[JobFair]:
    """Lock the fair for people who may change it and save it as its next version at the end; for this domain."""
    with transaction.atomic():
        fair = policies.may_organise(actor, JobFair.objects.select_for_update().filter(pk=fair_id).first())
        policies.may_change(fair, clock.now())
        if version is not None and version != fair.version:
            raise Refused(
                "刚刚被同事改过。您填的内容还在下面，但没有保存：请先在新窗口查看现在的内容，再提交一次。",
                code="changed_meanwhile",
            )
        yield fair
        fair.version += 1
        fair.save()


def _checked(content: FairContent) -> dict[str, Any]:
    """Return the columns. Raises `Invalid`."""
    values: dict[str, Any] = {name: tidy_line(getattr(content, name)) for name in LIMITS if name != "introduction"}
    values["introduction"] = tidy_lines(content.introduction)
    plans = {key: tidy_line(content.plans.get(key, "")) for key in PLANS}
    faults = {
        name: f"最多 {limit} 字，现在是 {len(values[name])} 字。"
        for name, limit in LIMITS.items()
        if len(values[name]) > limit
    }
    faults |= {f"plan_{key}": f"最多 {PLAN_LIMIT} 字。" for key, text in plans.items() if len(text) > PLAN_LIMIT}
    faults |= _faulty(content, values)
    if faults:
        raise Invalid(faults)
    return {
        **values,
        "mode": content.mode,
        "region_id": content.region,
        "starts_at": content.starts_at,
        "ends_at": content.ends_at,
        "capacity": content.capacity,
        "plans": "\n".join(f"{PLANS[key]}：{text}" for key, text in plans.items() if text),
    }


def _faulty(content: FairContent, values: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    if not values["title"]:
        faults["title"] = "请填写招聘会名称。"
    if content.mode not in FairMode.values:
        faults["mode"] = "请选择现场或线上。"
    if not reference.has_region(content.region):
        faults["region"] = "请选择举办地区。"
    if content.ends_at <= content.starts_at:
        faults["ends_at"] = "结束时间要晚于开始时间。"
    elif content.ends_at - content.starts_at > LONGEST:
        faults["ends_at"] = f"一场招聘会最长 {LONGEST.days} 天，请核对日期。"
    if content.capacity is not None and not 1 <= content.capacity <= MOST_PLACES:
        faults["capacity"] = f"请填 1 到 {MOST_PLACES} 的整数，不限名额请留空。"
    if values["link"]:
        try:
            _URL(values["link"])
        except ValidationError:
            faults["link"] = "请填写完整的网址，以 https:// 开头。"
    return faults
