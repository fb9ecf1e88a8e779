"""An agency's owner lets a program in, sees what it does, and shuts it out again."""

import re
import time
from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e import steps
from tests.e2e.people import see
from tests.factories.platform import Platform


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def a_client(page: Page, name: str) -> None:
    """Create a live client that may read postings."""
    page.get_by_role("link", name="新建客户端").click()
    steps.confirm(page)
    page.get_by_label("名称").fill(name)
    page.get_by_label("正式").check()
    steps.press("创建", page)
    see(page, "已创建。下一步：生成密钥。")


def test_a_program_works_with_its_key_and_its_secret_until_they_are_revoked(visit: Visit, platform: Platform) -> None:
    platform.forget_attempts()
    owner = visit("/agency/api", person="owner")
    a_client(owner, "薪酬系统")
    address = owner.url
    owner.get_by_role("link", name="生成密钥").click()
    steps.press("生成密钥", owner)
    see(owner, "只显示这一次，请马上保存")
    key = owner.get_by_text(re.compile(r"^jya_live_\S+$")).inner_text()
    owner.goto(f"{address}/credentials/secret")
    steps.press("生成客户端密码", owner)
    secret = owner.get_by_text(re.compile(r"^jys_live_\S+$")).inner_text()

    with httpx.Client(base_url=platform.origin, timeout=20) as program:

        def jobs(bearer: str) -> int:
            answer = program.get("/api/v1/agency/jobs", headers={"Authorization": f"Bearer {bearer}"})
            return answer.status_code

        asked = program.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, auth=(address.rpartition("/")[2], secret)
        )
        token = asked.json()["access_token"]
        assert [jobs(one) for one in (key, token, "jya_live_guessed")] == [200, 200, 401]

        def is_counted() -> bool:
            owner.goto(f"{address}/usage")
            return owner.get_by_text("listAgencyJobs").count() > 0

        until(is_counted, 20)
        owner.goto(address)
        for _ in range(2):
            owner.get_by_role("link", name="停用", exact=True).last.click()
            steps.press("停用", owner)
            see(owner, "已停用，15 秒内在所有服务器上失效。")
        expect(owner.get_by_role("table").get_by_text("已停用")).to_have_count(2)
        until(lambda: [jobs(one) for one in (key, token)] == [401, 401], 30)
