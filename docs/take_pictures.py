"""Take the README's pictures from a running demonstration: `./jiuye up --demo small`, then this script with the same Python.

    .jiuye/venv/bin/python docs/take_pictures.py [--site http://127.0.0.1:8000] [--chromium PATH]

Two people sign in, so each can be asked to wait a minute when the script is run again at once.
"""

import argparse
import re
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
LARGEST = 200_000  # bytes; a README loads them all
SIZE = {"width": 1280, "height": 800}
SEEKER, RECRUITER = "19900000099", "19900000002"  # of the demonstration, see `./jiuye manage demo_accounts`


def code_for(sandbox: str, phone: str) -> str:
    """The newest code in the sandbox's phone. Raises SystemExit when none comes within 20 s."""
    for _ in range(100):
        for message in httpx.get(f"{sandbox}/sms/inbox/{phone}.json").json()["messages"]:
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", message["text"]):
                return found.group()
        time.sleep(0.2)
    raise SystemExit(f"no code reached {phone}")


def window(browser: Browser, site: str) -> Page:
    """An empty window in the light look."""
    context = browser.new_context(
        base_url=site, viewport=SIZE, color_scheme="light", reduced_motion="reduce", locale="zh-CN"
    )
    return context.new_page()


def sign_in(page: Page, sandbox: str, phone: str) -> None:
    """Phone, code, in."""
    page.goto("/login")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("短信验证码").fill(code_for(sandbox, phone))
    page.get_by_role("button", name="登录", exact=True).last.click()
    page.wait_for_url(re.compile("/(me|login/where)$"))


def take(page: Page, name: str) -> None:
    """What the window shows, as a file. Raises SystemExit when it is too large."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); document.documentElement.style.scrollbarGutter = 'auto'")
    picture = page.screenshot(path=IMAGES / f"{name}.png")
    if len(picture) > LARGEST:
        raise SystemExit(f"{name}.png has {len(picture)} bytes")
    print(f"{name}.png {len(picture) // 1024} KB")


def main(site: str, chromium: str | None) -> None:
    """All four pictures."""
    parts = urlsplit(site)
    sandbox = f"{parts.scheme}://{parts.hostname}:{(parts.port or 80) + 1}"
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        visitor = window(browser, site)
        visitor.goto("/")
        take(visitor, "home")
        visitor.goto("/jobs?region=440000&q=焊工")
        take(visitor, "jobs")
        seeker = window(browser, site)
        sign_in(seeker, sandbox, SEEKER)
        seeker.goto("/me/applications?group=onboarding")
        seeker.get_by_role("listitem").filter(has_text="已接受入职").get_by_role("link").first.click()
        seeker.get_by_role("heading", name="投递进展").wait_for()
        take(seeker, "application")
        agency = window(browser, site)
        sign_in(agency, sandbox, RECRUITER)
        agency.goto("/agency/applications")
        take(agency, "inbox")
        browser.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--site", default="http://127.0.0.1:8000")
    options.add_argument("--chromium", default=shutil.which("chromium"))
    chosen = options.parse_args()
    sys.exit(main(chosen.site, chosen.chromium))
