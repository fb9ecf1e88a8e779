"""A resume as a PDF: what is in it, what is not, and that whatever people type is only ever text."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from jiuye.documents import resume_pdf
from jiuye.domains.resumes.queries import EmploymentView, IntentionView, Mark, ProjectView, ResumeView, SkillView, Term
from jiuye.kernel.ids import new_id

PLACE: UUID = new_id()
ANSWERED = datetime(2026, 3, 5, tzinfo=UTC)


def resume(**changes: Any) -> ResumeView:
    """Somebody with one of almost everything."""
    values: dict[str, Any] = {
        "name": "林小满",
        "phone": "19900000321",
        "email": "lin@example.com",
        "experience_years": 6,
        "region": Term("510107", "四川省成都市武侯区"),
        "self_description": "踏实肯干。\n能上夜班。",
        "intentions": (IntentionView(id=new_id(), title="电焊工", pay_min=7000, pay_max=9000),),
        "employments": (
            EmploymentView(
                id=PLACE,
                employer_name="蓉江机械制造有限公司",
                title="电焊工",
                start_on=date(2018, 7, 1),
                description="焊接",
            ),
        ),
        "skills": (SkillView(id=new_id(), name="氩弧焊", level=Term("expert", "精通")),),
    }
    return ResumeView(**{**values, **changes})


def mark(state: str, label: str, **more: Any) -> Mark:
    values = {"source": "参保记录", "answered_at": ANSWERED, **more}
    return Mark(subject_id=PLACE, kind="employment", state=state, label=label, **values)


def catalog_of(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).root_object


def claims_the_standard(pdf: bytes) -> bool:
    return b"pdfuaid:part" in catalog_of(pdf)["/Metadata"].get_object().get_data()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_says_what_the_resume_says() -> None:
    text = text_of(resume_pdf(resume()))
    for part in (
        "林小满",
        "19900000321",
        "6年工作经验",
        "7-9K",
        "蓉江机械制造有限公司",
        "2018.07 – 至今",
        "氩弧焊 · 精通",
    ):
        assert part in text


def test_is_tagged_titled_in_chinese_and_claims_the_standard_for_accessible_documents() -> None:
    pdf = resume_pdf(resume())
    assert catalog_of(pdf)["/MarkInfo"]["/Marked"]
    assert catalog_of(pdf)["/Lang"].startswith("zh")
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "林小满的简历"
    assert claims_the_standard(pdf)


def test_its_fonts_are_embedded() -> None:
    page: Any = PdfReader(io.BytesIO(resume_pdf(resume()))).pages[0]
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile3" in font["/FontDescriptor"].get_object() for font in fonts)


@pytest.mark.parametrize("name", ["林䶮", "王𬭎", "阿依努尔·买买提", "Ольга", "Renée"])
def test_rare_characters_of_names_are_there(name: str) -> None:
    pdf = resume_pdf(resume(name=name))
    assert name in text_of(pdf)
    assert claims_the_standard(pdf)


@pytest.mark.parametrize("odd", ["努力😀工作", "ཀ", "👩‍🔧", "م", "\u202e反向"])
def test_a_character_that_no_font_has_refuses_nobody_the_document(odd: str) -> None:
    pdf = resume_pdf(resume(self_description=odd))
    assert "林小满" in text_of(pdf)
    assert catalog_of(pdf)["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(
    "typed",
    [
        '#import "secret.typ": *',
        '#read("resume.typ")',
        "$x^2$",
        "*粗* _斜_ `码`",
        "</script><b>粗</b>",
        "= 不是标题",
        "- 不是列表",
        "\\ \\u{4e2d} \\n",
        "@ref <label>",
        "// 不是注释",
        '"}, {"masked": false',
        "#panic()",
    ],
)
def test_what_is_typed_is_text_and_never_markup(typed: str) -> None:
    entry = EmploymentView(
        id=new_id(), employer_name=typed, title=typed, start_on=date(2020, 1, 1), description=f"前\n{typed}\n后"
    )
    text = text_of(resume_pdf(resume(self_description=typed, employments=(entry,))))
    assert text.count(typed) == 4


def test_verified_items_carry_their_source_and_date() -> None:
    text = text_of(resume_pdf(resume(marks=(mark("verified", "已核验"),))))
    assert "已核验" in text
    assert "参保记录 · 2026年3月5日" in text


def test_a_mark_that_has_changed_since_says_so() -> None:
    text = text_of(resume_pdf(resume(marks=(mark("mismatched", "信息不一致", then="已核验"),))))
    assert "信息不一致" in text
    assert "投递时：已核验" in text


def test_what_was_never_checked_is_called_unverified() -> None:
    assert "未核验" in text_of(resume_pdf(resume()))


def test_hidden_contacts_are_named_as_hidden() -> None:
    text = text_of(resume_pdf(resume(phone="199****0321", email="", masked=True)))
    assert "199****0321" in text
    assert "联系方式已隐藏" in text


def test_each_page_tells_its_number_and_for_whom_it_was_made() -> None:
    many = tuple(
        ProjectView(id=new_id(), name=f"项目{number}", start_on=date(2020, 1, 1), description="焊接。" * 60)
        for number in range(20)
    )
    pages = PdfReader(io.BytesIO(resume_pdf(resume(projects=many), taken_by="示范人力资源有限公司"))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"第{number}页，共{len(pages)}页" in text.replace(" ", "")
        assert "由示范人力资源有限公司下载" in text


def test_a_copy_of_ones_own_names_no_organisation() -> None:
    assert "仅供招聘使用" not in text_of(resume_pdf(resume()))


def test_an_empty_resume_is_a_page_too() -> None:
    assert "未填写姓名" in text_of(resume_pdf(ResumeView()))


def test_the_longest_words_without_a_break_stay_on_the_page() -> None:
    long = replace(resume(), name="长" * 60, self_description="W" * 2000)
    reader = PdfReader(io.BytesIO(resume_pdf(long)))
    assert text_of(resume_pdf(long)).count("W") == 2000
    assert reader.pages[0].mediabox.width == pytest.approx(595, abs=1)
