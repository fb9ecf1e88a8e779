"""A first visit on a phone: from the home page to the first application, with every tap counted (bar U5)."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

# Seconds that people need for what a script does at once. A tap: finding the place, deciding, moving the thumb. A
# key: typing with two thumbs on a phone, about 38 words a minute in large studies. A page: reading what it is about.
SECONDS_A_TAP = 1.5
SECONDS_A_KEY = 0.32
SECONDS_A_PAGE = 3.0
SECONDS_FOR_THE_CODE = 6.0  # the message arrives, is opened and read
MOST_TAPS, MOST_FIELDS, MOST_SECONDS = 12, 2, 90


@dataclass
class Hand:
    """What a person does on the page, counted. A field that already has the focus needs no tap."""

    page: Page
    taps: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    keys: int = 0
    pages: int = 0

    def tap(self, what: Locator, name: str, *, opens: str = "") -> None:
        """Tap it; `opens` is the pattern of the address that it leads to, waited for."""
        expect(what).to_be_visible()
        self.taps.append(name)
        if not opens:
            return what.tap()
        with self.page.expect_navigation(url=re.compile(opens)):
            what.tap()
        self.pages += 1
        return None

    def write(self, where: Locator, name: str, text: str, keys: int = 0) -> None:
        """Type into a field; `keys` if that takes more or fewer keys than letters (a name in pinyin)."""
        if not where.evaluate("one => one === document.activeElement"):
            self.tap(where, f"{name}（点选输入框）")
        where.fill(text)
        self.typed.append(name)
        self.keys += keys or len(text)


@dataclass(frozen=True)
class Effort:
    """The effort. `seconds` is the script's time: pages, responses, the message with the code."""

    taps: list[str]
    fields: list[str]
    keys: int
    pages: int
    seconds: float

    @property
    def with_a_person(self) -> float:
        """Return the seconds with a person's pace added."""
        return (
            self.seconds
            + SECONDS_A_TAP * len(self.taps)
            + SECONDS_A_KEY * self.keys
            + SECONDS_A_PAGE * self.pages
            + SECONDS_FOR_THE_CODE
        )

    def faults(self) -> list[str]:
        """Return what exceeds the bar, except the time."""
        found = []
        if len(self.taps) > MOST_TAPS:
            found.append(f"{len(self.taps)} taps, at most {MOST_TAPS}: {self.taps}")
        if len(self.fields) > MOST_FIELDS:
            found.append(f"{len(self.fields)} fields typed besides the code, at most {MOST_FIELDS}: {self.fields}")
        return found


def apply_for_the_first_time(page: Page, phone: str, name: str, code: Callable[[], str]) -> Effort:
    """Go from an empty window to “投递成功”. `code` waits for the message and returns its code."""
    started = time.perf_counter()
    hand = Hand(page, pages=1)
    page.goto("/")
    newest = page.get_by_role("main").get_by_role("article").get_by_role("link")
    hand.tap(newest.first, "职位", opens=r"/jobs/[0-9a-f-]{36}$")
    hand.tap(page.get_by_role("link", name="立即投递").first, "立即投递", opens="/login")
    hand.write(page.get_by_role("textbox", name="手机号"), "手机号", phone)
    hand.tap(page.get_by_role("button", name="获取验证码"), "获取验证码")
    field_of_code = page.get_by_label("短信验证码")
    expect(field_of_code).to_be_visible()
    received = code()
    hand.write(field_of_code, "验证码", received)
    hand.tap(page.get_by_role("button", name="登录", exact=True).last, "登录", opens="/apply$")
    hand.write(page.get_by_role("textbox", name="姓名"), "姓名", name, keys=len(name) * 3)
    for consent in page.get_by_label("我同意将本简历提供给", exact=False).all():
        if not consent.is_checked():
            hand.tap(consent, "同意提供简历")
    hand.tap(page.get_by_role("button", name="确认投递"), "确认投递", opens="/me/applications/")
    expect(page.get_by_text("投递成功").first).to_be_visible()
    fields = [one for one in hand.typed if one != "验证码"]
    return Effort(hand.taps, fields, hand.keys, hand.pages, time.perf_counter() - started)
