"""An agency's system by the open API: from its first key to a person at work, with the Python client."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from examples.sync_jobs import HEADINGS, read, sync, write
from jiuye_client import Client, ClientCredentials, Invalid, NotAllowed, NotFound
from jiuye_client.feed import changes
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e import steps
from tests.factories import api_bodies
from tests.factories.platform import Platform

PATIENCE = 60
ACCEPTS = "19900000001"


def key_of_a_new_client(page: Page, kind: str = "生成密钥") -> str:
    """Create a test client with every scope, and return its key or secret, which is shown once."""
    steps.confirm(page)
    page.get_by_label("名称").fill("人事系统")
    page.get_by_label(re.compile("^测试")).check()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="创建").click()
    page.get_by_role("link", name=kind).click()
    page.get_by_role("button", name=kind).click()
    shown = page.get_by_text(re.compile("^jy[as]_test_")).first
    return shown.inner_text().strip()


def until(happened: Callable[[], Any]) -> Any:
    """Return the first true answer; seekers of test data answer within seconds."""
    deadline = time.monotonic() + PATIENCE
    while not (found := happened()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.3)
    return found


@pytest.fixture
def api(visit: Visit, platform: Platform) -> Any:
    """The client of a system with a new test key, acting for the owner."""
    key = key_of_a_new_client(visit("/agency/api/new", person="owner"))
    with Client(platform.origin, key) as first:
        owner = next(one["id"] for one in until(lambda: first.list_members()["items"]) if one["role"] == "owner")
    with Client(platform.origin, key, on_behalf_of=owner) as client:
        yield client


def test_a_job_goes_from_creation_to_the_first_day_at_work(api: Client, platform: Platform) -> None:
    start = api.read_changes(after="now")["next"]

    draft = api.put_agency_job("A-001", {"title": "氩弧焊工", "region": "510107"})
    assert draft["result"] == "created"
    assert draft["missing"]
    published = api.put_agency_job("A-001", api_bodies.posting(publish=True))
    assert (published["result"], published["state"]) == ("updated", "published")
    assert api.put_agency_job("A-001", api_bodies.posting(publish=True))["result"] == "unchanged"
    job = str(published["id"])

    sent = api.create_test_application({"phone": ACCEPTS, "job_id": job})["application_id"]
    assert api.read_application(sent)["consent"]["version"]
    assert api.read_sent_resume(sent)

    api.invite_to_interview(sent, api_bodies.interview())
    until(lambda: api.read_application(sent)["state"] == "interview_accepted")
    api.record_interview_result(sent, {"result": "passed"})
    api.notify_onboarding(sent, api_bodies.first_day())
    until(lambda: api.read_application(sent)["state"] == "onboarding_accepted")
    api.move_test_clock({"by": "P13D"})
    api.record_onboarding_result(sent, {"outcome": "onboarded"})

    done = api.read_application(sent)
    assert done["state"] == "onboarded"
    assert {one["client"] for one in done["timeline"] if one["party"] == "agency"} == {"人事系统"}

    assert api.fill_agency_job(job, {"hired_here": 1, "hired_elsewhere": 1})["state"] == "withdrawn"
    seen = until(lambda: _ended(api, start, job))
    assert seen[job] == ("tombstone", "filled")
    assert seen[sent][0] == "upsert"

    with pytest.raises(NotFound):
        api.read_job(job)  # nothing of test data is public


def _ended(api: Client, start: str, job: str) -> dict[str, tuple[str, str]]:
    """Return the last change of each object since `start`, once the job's tombstone is among them."""
    seen = {one["id"]: (one["change"], one["reason"]) for page in changes(api, start) for one in page.items}
    return seen if seen.get(job, ("", ""))[0] == "tombstone" else {}


def test_a_sheet_and_the_platform_agree_after_each_run(api: Client, tmp_path: Path) -> None:
    sheet = tmp_path / "jobs.xlsx"
    row = dict.fromkeys(HEADINGS, None) | {
        "编号": "S-1",
        "职位名称": "数控车床操作工",
        "用人单位": "成都示例精密机械有限公司",
        "地区": "510107",
        "招聘人数": 3,
        "用工类型": "全职",
        "月薪下限": 6500,
        "月薪上限": 9000,
        "工作内容": "操作数控车床，自检工件。",
        "招聘条件": "会看图纸。",
        "工作条件": "两班倒，包住。",
        "截止日期": (datetime.now(UTC) + timedelta(days=20)).date().isoformat(),
        "状态": "招聘",
    }
    write(sheet, [row, row | {"编号": "S-2", "招聘人数": "许多"}])
    api.put_agency_job("P-1", api_bodies.posting(title="仓库管理员"))
    list(sync(api, sheet))
    rows = {one["编号"]: one for one in read(sheet)}
    assert rows["S-1"]["平台状态"] == "招聘中"
    assert "headcount" in rows["S-2"]["说明"]
    assert rows["P-1"]["职位名称"] == "仓库管理员"

    write(sheet, [one | {"状态": "招满"} if one["编号"] == "S-1" else one for one in rows.values()])
    list(sync(api, sheet))
    assert {one["编号"]: one["平台状态"] for one in read(sheet)}["S-1"] == "已下架"


def test_a_mistake_is_told_with_its_place(api: Client) -> None:
    with pytest.raises(Invalid) as told:
        api.create_agency_job(api_bodies.posting(headcount=0, region="000000"))
    assert {one["pointer"] for one in told.value.errors} == {"/headcount", "/region"}


def test_a_secret_is_exchanged_for_tokens_that_may_do_less(visit: Visit, platform: Platform) -> None:
    page = visit("/agency/api/new", person="owner")
    secret = key_of_a_new_client(page, "生成客户端密码")
    client_id = re.search(r"/agency/api/([0-9a-f-]{36})", page.url)
    assert client_id
    narrow = ClientCredentials(client_id[1], secret, scope="members:read")
    with Client(platform.origin, narrow) as api:
        until(lambda: api.list_members()["items"])
        with pytest.raises(NotAllowed):
            api.read_shop()


def test_the_documentation_sends_requests_in_test_mode(visit: Visit) -> None:
    key = key_of_a_new_client(visit("/agency/api/new", person="owner"))
    page = visit("/api/v1/docs/agency-members")
    one = page.locator("#listMembers")
    one.get_by_text("试一下").click()
    one.get_by_role("button", name="发送").click()
    expect(one.get_by_text("没有发送")).to_be_visible()
    page.get_by_label("测试密钥").fill(key)
    one.get_by_role("button", name="发送").click()
    expect(one.get_by_text(re.compile(r"^200 · "))).to_be_visible()
    expect(one.get_by_text('"role": "owner"')).to_be_visible()


def test_what_is_answered_is_said_with_its_limits(platform: Platform) -> None:
    answer = httpx.get(f"{platform.origin}/api/v1/jobs", params={"size": 1})
    assert answer.headers["RateLimit"]
    refused = httpx.get(f"{platform.origin}/api/v1/jobs", params={"regoin": "510000"})
    assert refused.status_code == 422
    assert "region" in refused.text
