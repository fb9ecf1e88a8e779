"""The files of a resume in a browser: photo, attachments, and a bundle of several resumes."""

import re
import zipfile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit
from tests.e2e.people import see
from tests.factories.portraits import pdf, picture

BOTH = pytest.mark.parametrize(
    ("width", "scripts"), [(390, True), (1280, False)], ids=["scripts-390", "no-scripts-1280"]
)


def press(page: Page, name: str) -> None:
    """A button that loads a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(name)).click()


def link(page: Page, what: str, file: str) -> Locator:
    """Return the control of an attachment, by its accessible name."""
    return page.get_by_role("link", name=re.compile(f"{what}.*{re.escape(file)}"))


@BOTH
def test_a_photo_is_added_seen_removed_and_brought_back(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/me/resume/photo", width, scripts=scripts, person="newcomer")
    press(page, "上传照片")
    see(page, "请先选择一张照片")
    page.get_by_label("选择照片").set_input_files(
        {"name": "我.png", "mimeType": "image/png", "buffer": picture(kind="PNG")}
    )
    page.get_by_label("靠上或靠左").check()
    press(page, "上传照片")
    see(page, "照片已保存")

    page.goto("/me/resume/preview")
    expect(page.get_by_role("img", name=re.compile("的照片"))).to_be_visible()
    page.goto("/me/resume/photo")
    press(page, "删除照片")
    see(page, "照片已删除")
    expect(page.get_by_role("img", name="您的照片")).to_have_count(0)
    press(page, "撤销删除")
    expect(page.get_by_role("img", name="您的照片")).to_be_visible()


@BOTH
def test_an_attachment_is_added_renamed_taken_removed_and_brought_back(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/me/resume/attachments", width, scripts=scripts, person="newcomer")
    content = pdf(f"works {width}")
    page.get_by_label("选择文件").set_input_files(
        {"name": f"作品{width}.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(page, "上传附件")
    see(page, "附件已上传")

    with page.expect_navigation():
        link(page, "改名", f"作品{width}.pdf").click()
    page.get_by_label("名称").fill(f"桥梁作品{width}")
    press(page, "保存")
    with page.expect_download() as taken:
        link(page, "下载", f"桥梁作品{width}.pdf").click()
    assert taken.value.suggested_filename == f"桥梁作品{width}.pdf"
    assert taken.value.path().read_bytes() == content

    press(page, f"删除.*桥梁作品{width}")
    see(page, f"已删除“桥梁作品{width}.pdf”")
    press(page, "撤销删除")
    expect(link(page, "下载", f"桥梁作品{width}.pdf")).to_be_visible()


@BOTH
def test_an_agency_takes_several_resumes_at_once(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/agency/applications?group=viewed", width, scripts=scripts, person="recruiter")
    boxes = page.locator("input[name=application]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载简历").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert [name[:3] for name in archive.namelist()] == ["01-", "02-"]
        assert all(archive.read(name).startswith(b"%PDF-") for name in archive.namelist())
