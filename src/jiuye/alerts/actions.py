"""Save, change, open and delete searches, and stop alerts."""

from collections.abc import Mapping
from uuid import UUID

from django.core import signing
from django.db import transaction

from jiuye.alerts import stored
from jiuye.alerts.models import SavedSearch
from jiuye.alerts.schedule import first_time
from jiuye.alerts.states import Frequency
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line
from jiuye.notifications.kinds import Way
from jiuye.notifications.preferences import set_switch
from jiuye.ports.search import SearchQuery

MOST_A_PERSON = 20
LONGEST_NAME = 60
ALERTS = "jobs"
"""The group of alerts in `notifications.kinds`."""
_STOPPING = signing.Signer(salt="jiuye.alerts.stop")


@transaction.atomic
def save_search(actor: Actor, *, query: SearchQuery, name: str, frequency: str, by_sms: bool = False) -> UUID:
    """Save a search; if it is already saved, update its name and its alerts. Return its id.

    Raise `Invalid` (name, frequency), and `Refused` for a search without conditions or above the limit.
    """
    kept = stored.write(query)
    if len(kept) == 1:
        raise Refused("请先填搜索词或选一个条件，再保存搜索。")
    wish = _wish(name, frequency, by_sms)
    digest = stored.digest(kept)
    # The row locks serialize the saves of one person, so that concurrent clicks cannot exceed the limit.
    mine = list(SavedSearch.objects.select_for_update().filter(user_id=actor.person).only("id", "digest"))
    row = next((one for one in mine if one.digest == digest), None)
    if row is None and len(mine) >= MOST_A_PERSON:
        raise Refused(f"最多保存 {MOST_A_PERSON} 个搜索，请先删除不再需要的。")
    row, _ = SavedSearch.objects.update_or_create(
        user_id=actor.person,
        digest=digest,
        defaults={**wish, "criteria": kept},
        create_defaults={**wish, "criteria": kept, "created_at": clock.now()},
    )
    _be_texted(actor, wish)
    audit.record(actor, "saved_search.save", row.pk, frequency=frequency, by_sms=by_sms)
    return row.pk


@transaction.atomic
def change_search(actor: Actor, *, saved_search_id: UUID, name: str, frequency: str, by_sms: bool) -> None:
    """Rename a saved search and change its alerts. Raise `Invalid` and `NotFound`."""
    wish = _wish(name, frequency, by_sms)
    row = SavedSearch.objects.select_for_update().filter(pk=saved_search_id, user_id=actor.person)
    was_texted = row.values_list("by_sms", flat=True).first()
    if was_texted is None:
        raise NotFound
    row.update(**wish)
    if not was_texted:
        _be_texted(actor, wish)
    audit.record(actor, "saved_search.change", saved_search_id, frequency=frequency, by_sms=by_sms)


@transaction.atomic
def delete_search(actor: Actor, *, saved_search_id: UUID) -> bool:
    """Delete a saved search with its findings. Return whether there was one."""
    was_there = bool(SavedSearch.objects.filter(pk=saved_search_id, user_id=actor.person).delete()[0])
    if was_there:
        audit.record(actor, "saved_search.delete", saved_search_id)
    return was_there


def open_search(actor: Actor, *, saved_search_id: UUID) -> SearchQuery:
    """Return the query of a saved search and mark its new postings as seen. Raise `NotFound`."""
    row = SavedSearch.objects.filter(pk=saved_search_id, user_id=actor.person).first()
    if row is None:
        raise NotFound
    SavedSearch.objects.filter(pk=row.pk).update(opened_at=clock.now())
    return stored.read(row.criteria)


def stopping_token(person_id: UUID) -> str:
    """Return the token of the link in text messages that stops all alerts of a person without signing in."""
    return _STOPPING.sign(person_id.hex)


def person_of(token: str) -> UUID:
    """Return the person of a stopping token. Raise `NotFound` for a token that we did not sign."""
    try:
        return UUID(_STOPPING.unsign(token))
    except (signing.BadSignature, ValueError) as problem:
        raise NotFound("这个退订链接不完整，请从短信里完整打开，或登录后在“我的订阅”里关闭提醒。") from problem


@transaction.atomic
def stop_all(actor: Actor, *, token: str) -> int:
    """Stop all alerts of the person of a token; their searches stay saved. Return how many searches had alerts.

    Text messages of the group are switched off too, so that messages already scheduled are not sent.
    """
    person_id = person_of(token)
    stopped = SavedSearch.objects.filter(user_id=person_id).exclude(frequency=Frequency.NEVER)
    count = stopped.update(frequency=Frequency.NEVER, by_sms=False, next_tell_at=None)
    set_switch(actor, person_id=person_id, group=ALERTS, way=Way.SMS, is_on=False)
    audit.record(actor, "saved_search.stop_all", person_id, count=count)
    return count


def _be_texted(actor: Actor, wish: Mapping[str, object]) -> None:
    """Switch text messages for the group on again if this search asks for them."""
    if wish["by_sms"]:
        set_switch(actor, person_id=actor.person, group=ALERTS, way=Way.SMS, is_on=True)


def _wish(name: str, frequency: str, by_sms: bool) -> dict[str, object]:
    """Return the columns of name and alerts. Raise `Invalid`."""
    tidy = tidy_line(name).strip()
    faults = {}
    if not tidy:
        faults["name"] = "请给这个搜索起个名字，例如“成都焊工”。"
    elif len(tidy) > LONGEST_NAME:
        faults["name"] = f"名字最多 {LONGEST_NAME} 个字，现在有 {len(tidy)} 个。"
    if frequency not in Frequency.values:
        faults["frequency"] = "请选择多久提醒一次。"
    if faults:
        raise Invalid(faults)
    return {
        "name": tidy,
        "frequency": frequency,
        "by_sms": by_sms and frequency != Frequency.NEVER,
        "next_tell_at": first_time(frequency, clock.now()),
    }
