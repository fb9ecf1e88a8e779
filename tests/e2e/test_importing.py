"""A recruiter imports a board's own sheet: upload, columns, preview, progress, result; then seekers find the jobs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.axe import violations
from tests.e2e.people import reload_until
from tests.factories.sheets import write_csv

HEADERS = ["jobName", "tags", "area", "salary", "workYear", "degree", "companyName", "companySize"]
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DEFAULTS = {
    "招聘人数": "2",
    "工作内容": "按岗位安排工作",
    "工作条件": "白班，八小时，双休",
    "有效期至": "30天",
}


def sheet(folder: Path, mark: str) -> Path:
    """Two good rows and a bad one, as a board exports them."""
    rows = [
        [
            f"{mark}雕刻工",
            "2年;五险一金;木雕",
            "四川省成都武侯区",
            "6-9千·13薪",
            "2年",
            "大专",
            "示例木作有限公司",
            "50-150人",
        ],
        [f"{mark}漆工", "五险一金", "上海-奉贤区", "150元/天", "无需经验", "高中", "示例木作有限公司", "50-150人"],
        ["", "", "四川省成都武侯区", "面议", "1年", "", "示例木作有限公司", ""],
    ]
    return write_csv(folder / f"{mark}职位.csv", [HEADERS, *rows], encoding="gb18030")


def faults(page: Page) -> list[str]:
    """Return axe's violations, and whether the page is too wide."""
    return violations(page) + ([f"too wide: {page.url}"] if page.evaluate(TOO_WIDE) else [])


@pytest.mark.parametrize(
    ("width", "look", "scripts"),
    [(1280, "light", True), (390, "large", True), (320, "dark", True), (1280, "light", False)],
)
def test_a_boards_sheet_comes_in_and_its_jobs_are_found(
    visit: Visit, tmp_path: Path, width: int, look: str, scripts: bool
) -> None:
    mark = f"紫檀{width}{'' if scripts else '静'}"
    page = visit("/agency/imports", width, look, scripts, person="recruiter")
    found: list[str] = []

    def look_over() -> None:
        if scripts:
            page.wait_for_load_state("networkidle")
            found.extend(faults(page))

    page.get_by_label("职位表格").set_input_files(sheet(tmp_path, mark))
    page.get_by_role("button", name="上传并继续").click()
    reload_until(page, page.get_by_role("heading", level=1, name="确认各列的含义"))
    expect(page.get_by_label("salary", exact=False).first).to_have_value("pay")
    look_over()
    for label, value in DEFAULTS.items():
        page.get_by_label(label, exact=False).last.fill(value)
    page.get_by_label("用工类型", exact=False).last.select_option("全职")
    page.get_by_role("button", name="下一步：预览").click()

    expect(page.get_by_text("没有填写职位名称")).to_be_visible()
    expect(page.get_by_text("6-9K·13薪")).to_be_visible()
    look_over()
    page.get_by_role("button", name=re.compile("开始导入")).click()

    reload_until(page, page.get_by_role("heading", level=1, name="导入完成"))
    expect(page.get_by_text("1 行没有导入")).to_be_visible()
    look_over()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误表").click()
    assert download.value.suggested_filename == f"未导入的行-{mark}职位.xlsx"
    assert found == []

    page.goto(f"/jobs?q={mark}雕刻工")
    reload_until(page, page.get_by_role("article").first)
    expect(page.get_by_role("article").first).to_contain_text(f"{mark}雕刻工")
