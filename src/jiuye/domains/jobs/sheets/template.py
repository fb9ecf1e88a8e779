"""Our own workbook to fill in: headers, one example row, lists of choices, and a sheet that explains every column."""

import io
from datetime import date

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jiuye.domains.jobs.sheets.fields import TEMPLATE_FIELDS
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind

EXAMPLE_MARK = "【示例】"
VALIDATED_ROWS = 5000

CHOICES: dict[str, list[str]] = {
    "employment_type": [str(label) for label in EmploymentType.labels],
    "employer_ownership": [str(label) for label in OwnershipKind.labels],
    "employer_size": [str(label) for label in EmployerSize.labels],
    "education": ["不限", *(str(label) for label in EducationLevel.labels)],
    "experience": ["经验不限", "应届生", "1年以内", "1-3年", "3-5年", "5-10年", "10年以上"],
}
# Text typed instead of a listed choice is accepted if it is understood, so a list warns and does not forbid.
_STRICT = {"employment_type"}

# Text stays text: nothing a person typed becomes a formula or a link in our workbooks.
SAFE_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def build_template() -> bytes:
    """Return the template as an .xlsx file. Its example row is skipped on import (see is_example)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SAFE_OPTIONS) as book:
        _postings_sheet(book, book.add_worksheet("职位"))
        _explanation_sheet(book, book.add_worksheet("填写说明"))
    return file.getvalue()


def is_example(cells: list[str]) -> bool:
    """Return whether a row is the template's example, marked in its first filled cells."""
    return any(cell.strip().startswith(EXAMPLE_MARK) for cell in cells[:3])


def _postings_sheet(book: Workbook, sheet: Worksheet) -> None:
    required = book.add_format({"bold": True, "bg_color": "#14508C", "font_color": "#FFFFFF", "border": 1})
    optional = book.add_format({"bold": True, "bg_color": "#E6EFF8", "font_color": "#17212E", "border": 1})
    example = book.add_format({"italic": True, "font_color": "#4A5A6D", "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, field in enumerate(TEMPLATE_FIELDS):
        sheet.set_column(column, column, field.width, text)
        sheet.write_string(0, column, field.label + ("*" if field.legal else ""), required if field.legal else optional)
        mark = EXAMPLE_MARK if field.code == "title" else ""
        sheet.write_string(1, column, mark + field.example, example)
        if choices := CHOICES.get(field.code):
            sheet.data_validation(1, column, VALIDATED_ROWS, column, _list(field.label, choices, field.code in _STRICT))
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 24)


def _list(label: str, choices: list[str], strict: bool) -> dict[str, object]:
    return {
        "validate": "list",
        "source": choices,
        "error_type": "stop" if strict else "information",
        "error_title": label,
        "error_message": "请从下拉列表中选一项。" if strict else "列表里没有这一项，确定要用吗？",
    }


def _explanation_sheet(book: Workbook, sheet: Worksheet) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E6EFF8", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18, wrap)
    sheet.set_column(1, 1, 8, wrap)
    sheet.set_column(2, 3, 56, wrap)
    sheet.write_row(0, 0, ["列名", "必填", "怎么填", "示例"], head)
    for row, field in enumerate(TEMPLATE_FIELDS, start=1):
        sheet.write_row(row, 0, [field.label, "是" if field.legal else "", field.note, field.example], wrap)
    notes = [
        "带 * 的列是发布职位必须有的内容（人力资源市场暂行条例第二十四条、网络招聘服务管理规定）；缺少的行会存为草稿，并说明缺什么。",
        "示例行不会导入，可以保留，也可以删除。",
        "可以增减、调换列；导入时会请您确认每一列的含义，并记住下次使用。",
        "一次最多 100,000 行、20 MB。没有导入的行会放进一份错误表，改好后直接再导入即可，不会重复。",
    ]
    for row, note in enumerate(notes, start=len(TEMPLATE_FIELDS) + 2):
        sheet.merge_range(row, 0, row, 3, note, wrap)
        sheet.set_row(row, 32)


def template_name(day: date) -> str:
    """Return the file name of the download."""
    return f"职位导入模板-{day:%Y%m%d}.xlsx"
