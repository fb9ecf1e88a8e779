"""Invented organisations that ask to come in, with their documents and their entries in the registers."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from playwright.sync_api import Page, expect

from jiuye.kernel.identifiers import credit_check_character
from jiuye.runtime.demo.materials import Facts, material
from tests.browser import Visit
from tests.e2e.people import reload_until, see
from tests.factories.platform import Platform

_numbers = count(1)
FOUNDED = date(2019, 3, 5)
UNTIL = date(2035, 6, 30)


@dataclass(frozen=True)
class Applicant:
    """An organisation and the person who registers it. `folder`: where its documents are."""

    name: str
    credit_code: str
    licence_number: str
    folder: Path
    facts: Facts

    def document(self, kind: str) -> Path:
        """Return the path of one of its documents, drawn on first use."""
        content, name = material(kind, self.facts)
        path = self.folder / name
        path.write_bytes(content)
        return path


def applicant(platform: Platform, folder: Path, name: str) -> Applicant:
    """Return an organisation that both registers know."""
    number = next(_numbers)
    first_17 = f"91510107MA9{number:06d}"
    code = first_17 + credit_check_character(first_17)
    licence = f"(川)人服证字[2026]第5101{number:06d}号"
    scope = "人力资源服务；职业中介活动"
    platform.sandbox.enter(
        "enterprises",
        {
            "credit_code": code,
            "legal_name": name,
            "business_scope": scope,
            "established_on": FOUNDED.isoformat(),
            "region": "510107",
        },
    )
    platform.sandbox.enter(
        "licences",
        {
            "number": licence,
            "holder_name": name,
            "credit_code": code,
            "expires_on": UNTIL.isoformat(),
        },
    )
    facts = Facts(name=name, credit_code=code, issued_on=FOUNDED, expires_on=UNTIL, scope=scope, licence_number=licence)
    return Applicant(name, code, licence, folder, facts)


def register(page: Page, one: Applicant, *, kind: str = "") -> None:
    """Register on the present page."""
    fill_in_registration(page, one, kind=kind)
    see(page, "登记好了")


def fill_in_registration(page: Page, one: Applicant, *, kind: str = "") -> None:
    """Fill in and send the registration on the present page."""
    if kind:
        page.get_by_label(kind, exact=False).check()
    page.get_by_label("统一社会信用代码").fill(one.credit_code)
    page.get_by_label("单位全称").fill(one.name)
    choose_region(page)
    page.get_by_label("我受单位委托办理登记", exact=False).check()
    page.get_by_role("button", name="登记，下一步提交材料").click()


def choose_region(page: Page) -> None:
    """Choose 成都市武侯区 in the picker."""
    page.get_by_role("button", name="请选择地区").click()
    page.get_by_label("搜索地区").fill("武侯")
    page.get_by_role("button", name=re.compile("武侯区")).first.click()


def upload(page: Page, *paths: Path) -> None:
    """Send files of the present item, and wait until the platform has opened them."""
    page.get_by_label("选择文件").set_input_files(list(paths))
    see(page, paths[0].name)
    reload_until(page, page.get_by_text("可以提交").first)


def fill_in(page: Page, **facts: str) -> None:
    """Fill in the facts of the present item by their labels, and go on to the next."""
    for label, value in facts.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="保存，下一项").click()


def open_item(page: Page, label: str) -> None:
    """Open an item from the list of the present portal."""
    page.goto("/agency/qualification" if "/agency" in page.url else "/employer/qualification")
    page.get_by_role("link", name=label, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(label)


def submit(page: Page) -> None:
    """Submit the case from its list of items."""
    page.goto("/agency/qualification" if "/agency" in page.url else "/employer/qualification")
    page.get_by_role("button", name="提交审核").click()
    see(page, "已提交，正在审核")


def claim(visit: Visit, auditor: str, name: str) -> Page:
    """Find the organisation's case in the queue as an auditor, and claim it. Return its page."""
    desk = visit("/ops/qualifications", person=auditor)
    desk.get_by_label("单位名称或信用代码").fill(name)
    desk.get_by_role("button", name="筛选").click()
    desk.get_by_role("link", name=name).click()
    desk.get_by_role("button", name="领取", exact=True).click()
    see(desk, "我领取的")
    return desk


def accept(visit: Visit, auditor: str, name: str, *, says: str) -> None:
    """Accept every item of the organisation's case; then the page says `says`."""
    desk = claim(visit, auditor, name)
    desk.get_by_role("button", name="全部标为通过").click()
    desk.get_by_role("button", name=re.compile("^(复核)?通过$")).click()
    see(desk, says)
