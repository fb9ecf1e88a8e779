"""A sheet comes in through the portal: upload, columns, preview, progress, result, and the workbook of what did not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.e2e.conftest import Visit
from tests.e2e.people import reload_until, see
from tests.factories.sheets import write_xlsx

HEADERS = ["岗位", "用人单位", "在哪上班", "月薪", "要几人"]
ROWS = [
    ["藤编工", "示例手作工坊有限公司", "四川省成都市武侯区", "5-7千", "3"],
    ["藤编质检", "示例手作工坊有限公司", "上海-奉贤区", "6000-8000元/月", "1"],
    ["藤编学徒", "示例手作工坊有限公司", "没有这个地方", "很多很多钱", "2"],
]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_sheet_comes_in_and_what_did_not_comes_back_with_its_reason(
    visit: Visit, tmp_path: Path, scripts: bool
) -> None:
    sheet = write_xlsx(
        tmp_path / f"藤编职位{scripts}.xlsx", [HEADERS, *([f"{name}{scripts}", *rest] for name, *rest in ROWS)]
    )
    page = visit("/agency/imports", scripts=scripts, person="owner")
    page.get_by_label("职位表格").set_input_files(sheet)
    page.get_by_role("button", name="上传并继续").click()
    expect(page.get_by_role("heading", level=1, name="确认各列的含义")).to_be_visible()
    page.get_by_label("“要几人”导入为").select_option(label="招聘人数")
    page.get_by_role("button", name="下一步：预览").click()
    see(page, f"藤编质检{scripts}", "不能导入")
    page.get_by_role("button", name="开始导入 3 行").click()

    done = page.get_by_role("heading", level=1, name="导入完成")
    expect(done).to_be_visible(timeout=30_000) if scripts else reload_until(page, done)
    see(page, "1 行没有导入")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误表").click()
    rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert "没有这个地方" in str(rows[1])
    page.get_by_role("link", name="查看这次导入的职位").click()
    see(page, f"藤编工{scripts}")
