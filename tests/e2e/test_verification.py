"""Verification of a resume, from the consent to the mark that recruiters see; a typed real name; prefilling from the card."""

import re
from collections.abc import Iterator
from itertools import count

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit
from tests.e2e.people import reload_until, see, sign_in
from tests.factories.platform import VIEWER, Platform

UNRECORDED = "19900000101"  # a person unknown to the records
_numbers = count(1)


def new_card() -> str:
    """Return the number of a phone with a card, whose holder has never been here."""
    return f"199000032{next(_numbers):02d}"


@pytest.fixture
def outage(platform: Platform) -> Iterator[None]:
    """The authority is unavailable during the test."""
    platform.sandbox.press("authority", outage=1)
    yield
    platform.sandbox.release("authority")


def _item(page: Page, name: str) -> Locator:
    """The entry of the resume page with this heading."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def _ask(page: Page, name: str) -> None:
    _item(page, name).get_by_role("link", name=re.compile("申请核验|再次核验")).click()
    expect(page.get_by_role("heading", level=1, name="核验简历")).to_be_visible()
    page.get_by_label("我同意将以上内容").check()
    page.get_by_role("button", name="提交核验").click()
    see(page, "核验申请已提交")


def test_a_mismatch_is_explained_corrected_and_then_confirmed(visit: Visit) -> None:
    page = visit("/me/resume", 390, person="checked")
    _ask(page, "石家庄行舟诚食品有限公司")
    differing = _item(page, "石家庄行舟诚食品有限公司")
    reload_until(page, differing.get_by_text("信息不一致", exact=True))
    expect(differing.get_by_role("row", name=re.compile("单位名称"))).to_contain_text("石家庄行舟诚餐饮管理有限公司")

    page.get_by_role("link", name="修改石家庄行舟诚食品有限公司").click()
    page.get_by_label("单位名称").fill("石家庄行舟诚餐饮管理有限公司")
    page.get_by_role("button", name="保存").click()
    corrected = _item(page, "石家庄行舟诚餐饮管理有限公司")
    expect(corrected.get_by_text("未核验")).to_be_visible()

    _ask(page, "石家庄行舟诚餐饮管理有限公司")
    reload_until(page, corrected.get_by_text("已核验", exact=True))
    expect(corrected).to_contain_text("社会保险参保记录")

    page.get_by_role("link", name="修改石家庄行舟诚餐饮管理有限公司").click()
    see(page, "修改单位名称、起止时间后需要重新核验")
    page.get_by_label("单位名称").fill("石家庄行舟诚食品有限公司")
    page.get_by_role("button", name="保存").click()
    expect(_item(page, "石家庄行舟诚食品有限公司").get_by_text("未核验")).to_be_visible()


def test_nothing_is_sent_before_consent(visit: Visit) -> None:
    page = visit("/me/resume/verify", 390, scripts=False, person="checked")
    page.get_by_role("button", name="提交核验").click()
    see(page, "需要您同意才能核验")
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_agency_sees_the_result_beside_the_item(visit: Visit) -> None:
    page = visit("/agency/applications?group=passed", person="recruiter")
    page.get_by_role("link", name="江浩然").first.click()
    page.get_by_role("button", name="打开简历").click()
    resume = page.get_by_role("article", name="江浩然的简历")
    expect(resume.get_by_text("身份已核验")).to_be_visible()
    expect(resume.get_by_text("社会保险参保记录").first).to_be_visible()
    expect(resume.get_by_text("未核验").first).to_be_visible()


@pytest.mark.usefixtures("outage")
def test_while_the_authority_is_down_the_question_waits_and_all_else_works(visit: Visit) -> None:
    page = visit("/me/resume", 390, person=UNRECORDED)
    name = page.get_by_role("region", name="教育经历").get_by_role("heading", level=3).inner_text()
    _ask(page, name)
    reload_until(page, _item(page, name).get_by_text("我们会一直自动重试"))
    expect(_item(page, name).get_by_text("核验中")).to_be_visible()
    page.goto("/jobs")
    expect(page.get_by_role("article").first).to_be_visible()


def test_the_card_fills_in_what_is_chosen(visit: Visit) -> None:
    page = visit("/me/resume/prefill", 390, scripts=False, person="checked")
    expect(page.get_by_role("checkbox", name="出生年份")).to_be_checked()
    expect(page.get_by_role("checkbox", name="联系电话")).not_to_be_checked()
    page.get_by_label("我同意用电子社保卡里的这些信息").check()
    page.get_by_role("button", name="填入简历").click()
    see(page, "已从电子社保卡填入：出生年份", "2005年")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_one_phone_is_enough_for_the_real_name_and_the_verification(
    visit: Visit, platform: Platform, scripts: bool
) -> None:
    phone = new_card()
    page = visit("/login?next=/me/resume/verify", 390, scripts=scripts)
    sign_in(page, platform, phone)
    page.get_by_role("link", name="完成实名").click()

    page.get_by_role("link", name="打开电子社保卡").click()
    page.get_by_label("或者输入 199000 开头的手机号").fill(phone)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="同意").click()
    see(page, "已关联电子社保卡，实名认证完成")
    expect(page).to_have_url(re.compile("/me/resume/verify$"))

    page.goto("/me/resume/prefill")
    page.get_by_label("我同意用电子社保卡里的这些信息").check()
    page.get_by_role("button", name="填入简历").click()
    page.goto("/me/resume/verify")
    page.get_by_label("我同意将以上内容").check()
    page.get_by_role("button", name="提交核验").click()
    see(page, "核验申请已提交")
    page.goto("/me/resume/verify")
    reload_until(page, page.get_by_text("已核验", exact=True))


def test_the_card_on_the_phone_signs_in_without_typing(visit: Visit, platform: Platform) -> None:
    page = visit("/login?next=/jobs", 390)
    page.get_by_role("link", name="用电子社保卡登录").click()
    page.get_by_label("或者输入 199000 开头的手机号").fill(new_card())
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="同意").click()
    expect(page).to_have_url(re.compile("/jobs$"))
    page.goto("/me")
    expect(page.get_by_role("heading", name="我的投递")).to_be_visible()


def test_a_desk_offers_the_code_and_not_its_own_card(visit: Visit) -> None:
    page = visit("/login", 1280)
    expect(page.get_by_role("button", name="显示二维码")).to_be_visible()
    expect(page.get_by_role("link", name="用电子社保卡登录")).to_be_hidden()


def test_staff_prove_their_name_by_typing_it(visit: Visit, platform: Platform) -> None:
    card = httpx.get(f"{platform.sandbox.url}/phone/{VIEWER}/card.json").json()
    page = visit("/me/real-name", 1280, person="viewer")
    page.get_by_role("textbox", name="姓名").fill(card["name"])
    page.get_by_role("textbox", name="身份证号").fill(card["id_number"])
    page.get_by_label("我同意将姓名、身份证号").check()
    page.get_by_role("button", name="提交核验").click()
    see(page, "实名核验已提交")
    reload_until(page, page.get_by_role("heading", name="已实名"))
    see(page, f"{card['name'][0]}**")
