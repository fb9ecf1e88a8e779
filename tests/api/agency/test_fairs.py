"""An agency's client organises fairs."""

from datetime import timedelta
from typing import Any

import pytest

from jiuye.domains.fairs.models import JobFair
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry
from tests.factories import clients, reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> clients.Caller:
    reference.region(reference.WUHOU)
    return clients.caller()


def content(**given: Any) -> dict[str, Any]:
    """A complete fair in a month."""
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=30)
    return {
        "title": "成都市制造业专场招聘会",
        "mode": "onsite",
        "region": reference.WUHOU,
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=6)).isoformat(),
        "place": "示范路1号一层大厅",
        "introduction": "面向焊工和数控操作工。",
        "plans": {"organising": "分区布展。", "emergency": "设医疗点", "security": "入口安检。"},
        **given,
    }


def test_a_fair_goes_from_draft_to_publication(caller: clients.Caller) -> None:
    made = caller.post("/agency/fairs", content())
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    fair = made.json()
    assert fair["plans"]["emergency"] == "设医疗点"
    published = caller.post(f"/agency/fairs/{fair['id']}/publish", {"version": fair["version"]})
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert [item["id"] for item in caller.get("/agency/fairs").json()["items"]] == [fair["id"]]


def test_the_client_stands_in_the_audit_log(caller: clients.Caller) -> None:
    caller.post("/agency/fairs", content())
    entry = AuditEntry.objects.get(action="fair.create")
    assert entry.actor_person_id == caller.member_id
    assert entry.detail["client"] == str(caller.client_id)


def test_an_edit_of_an_older_version_is_refused(caller: clients.Caller) -> None:
    fair = caller.post("/agency/fairs", content()).json()
    first = caller.put(f"/agency/fairs/{fair['id']}", content(title="冬季招聘会", version=fair["version"]))
    second = caller.put(f"/agency/fairs/{fair['id']}", content(title="春季招聘会", version=fair["version"]))
    assert first.json()["title"] == "冬季招聘会"
    assert (second.status_code, second.json()["code"]) == (409, "changed_meanwhile")


def test_what_is_wrong_is_told_by_field(caller: clients.Caller) -> None:
    answer = caller.post("/agency/fairs", content(title="", region="000001"))
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"title", "region"}
    assert not JobFair.objects.exists()


def test_employers_take_part_with_a_booth(caller: clients.Caller) -> None:
    fair = caller.post("/agency/fairs", content()).json()
    place = f"/agency/fairs/{fair['id']}/employers"
    added = caller.post(place, {"name": "成都示例精密机械有限公司", "booth": "A1"}).json()["employers"]
    employer = added[0]["employer_id"]
    moved = caller.put(f"{place}/{employer}", {"booth": "B2", "job_ids": []}).json()["employers"]
    assert [(one["booth"], one["job_ids"]) for one in moved] == [("B2", [])]
    assert caller.delete(f"{place}/{employer}").status_code == 204
    assert caller.get(f"/agency/fairs/{fair['id']}").json()["employers"] == []


def test_a_cancelled_fair_says_why(caller: clients.Caller) -> None:
    fair = caller.post("/agency/fairs", content()).json()
    caller.post(f"/agency/fairs/{fair['id']}/publish", {"version": fair["version"]})
    cancelled = caller.post(f"/agency/fairs/{fair['id']}/cancel", {"reason": "场地临时不能使用。"}).json()
    assert (cancelled["state"], cancelled["cancelled_reason"]) == ("cancelled", "场地临时不能使用。")
    assert caller.delete(f"/agency/fairs/{fair['id']}").status_code == 409


def test_a_copy_is_a_draft_that_can_be_deleted(caller: clients.Caller) -> None:
    fair = caller.post("/agency/fairs", content()).json()
    copied = caller.post(f"/agency/fairs/{fair['id']}/copy")
    assert copied.status_code == 201
    assert caller.delete(f"/agency/fairs/{copied.json()['id']}").status_code == 204


def test_another_agencys_fair_is_not_there(caller: clients.Caller) -> None:
    fair = caller.post("/agency/fairs", content()).json()
    stranger = clients.caller()
    assert stranger.get(f"/agency/fairs/{fair['id']}").status_code == 404
    assert stranger.post(f"/agency/fairs/{fair['id']}/publish", {"version": 1}).status_code == 404


def test_a_member_who_only_reads_may_not_organise() -> None:
    reference.region(reference.WUHOU)
    assert clients.caller(role="viewer").post("/agency/fairs", content()).status_code == 403
