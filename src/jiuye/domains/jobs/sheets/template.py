"""Our own workbook to fill in: headers, one example row, lists of choices, and a sheet that explains every column."""

import io
from datetime import date

from jiuye.domains.jobs.sheets.fields import TEMPLATE_FIELDS
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmployerSize, EmploymentType, OwnershipKind
from jiuye.kernel.spreadsheets import Book, Sheet, workbook

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


def build_template() -> bytes:
    """Return the template as an .xlsx file. Its example row is skipped on import (see is_example)."""
    file = io.BytesIO()
    with workbook(file) as book:
        _postings_sheet(book, book.sheet("职位"))
        _explanation_sheet(book, book.sheet("填写说明"))
    return file.getvalue()


def is_example(cells: list[str]) -> bool:
    """Return whether a row is the template's example, marked in its first filled cells."""
    return any(cell.strip().startswith(EXAMPLE_MARK) for cell in cells[:3])


def _postings_sheet(book: Book, sheet: Sheet) -> None:
    required = book.style(bold=True, bg_color="#14508C", font_color="#FFFFFF", border=1)
    optional = book.style(bold=True, bg_color="#E6EFF8", font_color="#17212E", border=1)
    example = book.style(italic=True, font_color="#4A5A6D", text_wrap=True, valign="top")
    text = book.style(num_format="@", text_wrap=True, valign="top")
    for column, field in enumerate(TEMPLATE_FIELDS):
        sheet.columns(column, column, field.width, text)
        sheet.write(0, column, field.label + ("*" if field.legal else ""), required if field.legal else optional)
        mark = EXAMPLE_MARK if field.code == "title" else ""
        sheet.write(1, column, mark + field.example, example)
        if choices := CHOICES.get(field.code):
            sheet.validate(1, VALIDATED_ROWS, column, _list(field.label, choices, field.code in _STRICT))
    sheet.freeze(1, 2)
    sheet.height(0, 24)


def _list(label: str, choices: list[str], strict: bool) -> dict[str, object]:
    return {
        "validate": "list",
        "source": choices,
        "error_type": "stop" if strict else "information",
        "error_title": label,
        "error_message": "请从下拉列表中选一项。" if strict else "列表里没有这一项，确定要用吗？",
    }


def _explanation_sheet(book: Book, sheet: Sheet) -> None:
    head = book.style(bold=True, bg_color="#E6EFF8", border=1)
    wrap = book.style(text_wrap=True, valign="top")
    sheet.columns(0, 0, 18, wrap)
    sheet.columns(1, 1, 8, wrap)
    sheet.columns(2, 3, 56, wrap)
    for column, label in enumerate(["列名", "必填", "怎么填", "示例"]):
        sheet.write(0, column, label, head)
    for row, field in enumerate(TEMPLATE_FIELDS, start=1):
        for column, value in enumerate([field.label, "是" if field.legal else "", field.note, field.example]):
            sheet.write(row, column, value, wrap)
    notes = [
        "带 * 的列是发布职位必须有的内容（人力资源市场暂行条例第二十四条、网络招聘服务管理规定）；缺少的行会存为草稿，并说明缺什么。",
        "示例行不会导入，可以保留，也可以删除。",
        "可以增减、调换列；导入时会请您确认每一列的含义，并记住下次使用。",
        "一次最多 100,000 行、20 MB。没有导入的行会放进一份错误表，改好后直接再导入即可，不会重复。",
    ]
    for row, note in enumerate(notes, start=len(TEMPLATE_FIELDS) + 2):
        sheet.across(row, 0, 3, note, wrap)
        sheet.height(row, 32)


def template_name(day: date) -> str:
    """Return the file name of the download."""
    return f"职位导入模板-{day:%Y%m%d}.xlsx"
