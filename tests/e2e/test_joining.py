"""An agency joins on a phone: registers, takes pictures, fills in what they say, submits. Every page in every look."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.axe import LOOKS, PHONE, in_turn, put_on, resize, sideways, violations
from tests.e2e.people import new_phone
from tests.factories.organisations import credit_code
from tests.factories.pictures import photo

NAME = "成都桥头人力资源有限公司"


def looked_at(page: Page, name: str) -> None:
    """Check the page as it is shown now at both widths in every look, and return to the phone's."""
    found = {}
    for width, look in in_turn(page):
        found[f"{name}, {width} px, {look}"] = violations(page, LOOKS[look])
        if folder := os.environ.get("JIUYE_PICTURES"):
            page.screenshot(path=Path(folder) / f"joining-{name}-{width}-{look}.png", full_page=True)
    assert {when: what for when, what in found.items() if what} == {}
    assert sideways(page) == {}
    resize(page, PHONE)
    put_on(page, "light")


def filled(page: Page, values: dict[str, str]) -> None:
    """Type each value into the field with this label."""
    for label, value in values.items():
        page.get_by_label(label, exact=False).first.fill(value)


def sent_a_picture(page: Page, tmp_path: Path) -> None:
    """Choose a picture and wait until the worker has opened it."""
    picture = tmp_path / "材料.jpg"
    picture.write_bytes(photo((800, 600)).read())
    page.get_by_label("选择文件").set_input_files(picture)
    expect(page.get_by_text("可以提交")).to_be_visible(timeout=60_000)


def test_an_agency_registers_and_fills_in_its_items(visit: Visit, tmp_path: Path) -> None:
    page = visit("/join/agency", PHONE, person=new_phone())
    page.get_by_label("市场化职介").check()
    code = credit_code()
    filled(page, {"统一社会信用代码": code, "单位全称": NAME})
    page.evaluate("document.querySelector('[name=region]').value = '510107'")
    page.get_by_label("我受单位委托").check()
    page.get_by_role("button", name="登记，下一步提交材料").click()
    expect(page.get_by_role("heading", name="资质", exact=True)).to_be_visible()
    looked_at(page, "draft")

    page.get_by_role("link", name="经办人身份").first.click()
    looked_at(page, "handler")
    page.get_by_role("link", name="手持身份证照片").click()
    sent_a_picture(page, tmp_path)
    looked_at(page, "portrait")
    page.get_by_role("button", name="保存，下一项").click()

    expect(page.get_by_role("heading", name="营业执照", exact=True)).to_be_visible()
    sent_a_picture(page, tmp_path)
    page.get_by_role("button", name="保存，下一项").click()
    expect(page.get_by_text("请填写经营范围").first).to_be_visible()
    looked_at(page, "licence-refused")
    filled(page, {"经营范围": "人力资源服务", "成立日期": "2015-03-02"})
    page.get_by_label("长期有效").check()
    page.get_by_role("button", name="保存，下一项").click()

    expect(page.get_by_role("heading", name="人力资源服务许可证", exact=True)).to_be_visible()
    sent_a_picture(page, tmp_path)
    filled(
        page,
        {
            "许可证编号": "(川)人服证字[2026]第0100001号",
            "服务范围": "职业介绍",
            "发证机关": "武侯区人社局",
            "有效期至": "2099-12-31",
        },
    )
    page.get_by_role("button", name="保存，下一项").click()

    expect(page.get_by_role("heading", name="授权书", exact=True)).to_be_visible()
    sent_a_picture(page, tmp_path)
    filled(page, {"被授权人姓名": "何经办", "出具日期": "2026-01-05", "授权到期日": "2099-12-31"})
    page.get_by_role("button", name="保存，下一项").click()

    expect(page.get_by_role("button", name="提交审核")).to_be_visible()
    looked_at(page, "complete")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交，正在审核")).to_be_visible()
    looked_at(page, "submitted")
    page.goto("/agency/profile")
    looked_at(page, "profile")
    page.goto("/agency/jobs")
    expect(page.get_by_text("资质审核通过并补全资料后")).to_be_visible()
