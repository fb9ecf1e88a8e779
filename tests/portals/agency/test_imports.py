"""Importing a sheet in the agency portal, page by page."""

import io
from uuid import UUID

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.actions import imports as actions
from jiuye.domains.jobs.models import ImportBatch, ImportNote, JobPosting
from jiuye.domains.jobs.sheets.template import build_template
from jiuye.kernel.actor import Actor
from tests.factories import imports, reference
from tests.factories.accounts import browser
from tests.factories.imports import csv_file, row

pytestmark = pytest.mark.django_db
BOARD = ["jobName", "area", "salary", "companyName"]
BOARD_ROWS = [["车工", "江苏省苏州昆山", "6-9千", "示例机械公司"], ["", "江苏省苏州昆山", "面议", "示例机械公司"]]


@pytest.fixture(autouse=True)
def kept_files(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Uploads go into the test's own folder."""
    monkeypatch.setattr(default_storage, "location", str(tmp_path), raising=False)
    monkeypatch.setattr(default_storage, "base_location", str(tmp_path), raising=False)


@pytest.fixture
def recruiter() -> Actor:
    return imports.recruiter()


def client_of(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def client(recruiter: Actor) -> Client:
    return client_of(recruiter)


def upload(client: Client, content: io.BytesIO, name: str = "职位.csv"):  # type: ignore[no-untyped-def]
    content.name = name
    return client.post("/agency/imports", {"file": content})


def uploaded(client: Client, rows: list[list[str]], headers: list[str] | None = None) -> str:
    """The address of a new import."""
    answer = upload(client, csv_file(rows, headers))
    assert answer.status_code == 302
    address = str(answer.headers["Location"])
    read(address)
    return address


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def read(address: str) -> None:
    """The worker's first part."""
    actions.read_sheet(UUID(address.rsplit("/", 1)[-1]))


def run(address: str) -> None:
    """The worker's second part."""
    actions.run_import(UUID(address.rsplit("/", 1)[-1]))


MAPPED = {
    "column_0": "title",
    "column_1": "region",
    "column_2": "pay",
    "column_3": "employer_name",
    "default_headcount": "2",
    "default_employment_type": "全职",
    "default_duties": "按岗位安排工作",
    "default_requirements": "能吃苦",
    "default_working_conditions": "白班",
    "default_valid_through": "30天",
    "publish": "on",
}


def test_a_sheet_goes_all_the_way_from_upload_to_result(client: Client) -> None:
    address = uploaded(client, BOARD_ROWS, BOARD)

    mapping = page(client, f"{address}/mapping")
    assert "jobName" in mapping
    assert "6-9千；面议" in mapping
    assert '<option value="pay" selected>薪资</option>' in mapping

    assert client.post(f"{address}/mapping", MAPPED).headers["Location"] == address
    preview = page(client, address)
    assert "昆山" in preview
    assert "没有填写职位名称" in preview
    assert "开始导入 2 行" in preview

    assert client.post(f"{address}/start").headers["Location"] == address
    assert "正在导入" in page(client, address)

    run(address)
    result = page(client, address)
    assert "导入完成" in result
    assert "1 行没有导入" in result
    batch = address.rsplit("/", 1)[-1]
    assert f"/agency/jobs?batch={batch}" in result
    assert f"/agency/jobs?batch={batch}&amp;state=published" in result
    refused = page(client, f"{address}/rejected")
    assert "没有填写职位名称" in refused
    assert JobPosting.objects.get().state == "published"

    workbook = client.get(f"{address}/errors.xlsx")
    assert workbook.content.startswith(b"PK")
    assert "attachment" in workbook.headers["Content-Disposition"]
    assert "职位.csv" in page(client, "/agency/imports")


def test_the_template_downloads_and_comes_in_as_it_is(client: Client) -> None:
    answer = client.get("/agency/imports/template.xlsx")
    assert answer.content.startswith(b"PK")
    address = upload(client, io.BytesIO(build_template()), "模板.xlsx").headers["Location"]
    read(address)
    assert "表格里没有数据" in page(client, address)


@pytest.mark.parametrize(
    ("content", "said"), [(b"%PDF-1.7", "不是 Excel 或 CSV 表格"), (b"", "文件是空的"), (b"<html>", "其实是网页")]
)
def test_a_bad_file_is_refused_at_its_field(client: Client, content: bytes, said: str) -> None:
    answer = upload(client, io.BytesIO(content))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_is_told_so(client: Client) -> None:
    answer = client.post("/agency/imports", {})
    assert answer.status_code == 422
    assert "请选择要导入的表格" in answer.content.decode()


def test_a_sheet_that_is_being_read_shows_so_until_it_is(client: Client) -> None:
    address = upload(client, csv_file([row()])).headers["Location"]
    assert "正在读取表格" in page(client, address)
    assert client.get(f"{address}/mapping").headers["Location"] == address
    waiting = client.get(f"{address}/progress")
    assert "hx-get" in waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers
    read(address)
    assert client.get(f"{address}/progress").headers["HX-Refresh"] == "true"
    assert client.get(address).headers["Location"] == f"{address}/mapping"


def test_a_damaged_file_ends_the_import_with_the_way_to_correct_it(client: Client) -> None:
    address = upload(client, io.BytesIO(b"PK\x03\x04 but nothing after it"), "职位.xlsx").headers["Location"]
    read(address)
    assert "文件已损坏或不完整" in page(client, address)
    assert not ImportBatch.objects.get().upload_key


def workbook(sheets: dict[str, list[list[str]]]) -> io.BytesIO:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    content.seek(0)
    return content


def test_several_worksheets_are_offered_and_all_or_some_imported(client: Client) -> None:
    sheets = {"苏州": [BOARD, BOARD_ROWS[0]], "无锡": [BOARD, ["铣工", "江苏省苏州昆山", "7-8千", "示例机械公司"]]}
    address = upload(client, workbook(sheets), "职位.xlsx").headers["Location"]
    read(address)
    assert client.get(f"{address}/mapping").headers["Location"] == f"{address}/worksheets"
    assert "导入“无锡”" in page(client, f"{address}/worksheets")
    client.post(f"{address}/worksheets", {"read_0": "on", "read_1": "on"})
    assert "一起读取了 2 张工作表" in page(client, f"{address}/mapping")
    assert client.post(f"{address}/worksheets", {}).status_code == 422
    client.post(f"{address}/worksheets", {"read_1": "on"})
    assert ImportBatch.objects.get().state == "reading"
    read(address)
    shown = page(client, f"{address}/mapping")
    assert "没有读取的工作表：“苏州”" in shown
    assert "共 1 行" in shown
    client.post(f"{address}/mapping", MAPPED)
    client.post(f"{address}/start")
    run(address)
    assert JobPosting.objects.get().title == "铣工"


def test_an_uncertain_header_is_asked_about_and_no_row_lost(client: Client) -> None:
    address = upload(client, csv_file([["铣工", "乙公司", "面议"]], ["车工", "甲公司", "面议"])).headers["Location"]
    read(address)
    asked = page(client, f"{address}/worksheets")
    assert "哪一行是列名" in asked
    assert "第 1 行：车工、甲公司、面议" in asked
    client.post(f"{address}/worksheets", {"header_0": "0"})
    read(address)
    batch = ImportBatch.objects.get()
    assert (batch.rows_total, batch.question, batch.headers) == (2, "", ["", "", ""])


def test_what_was_left_out_and_what_misled_is_said_on_the_columns_page(client: Client) -> None:
    headers = ["职位名称", "职位类型"]
    address = uploaded(client, [["车工", "数据分析"], headers, ["铣工", "后端开发"]], headers)
    shown = page(client, f"{address}/mapping")
    assert "重复的列名 1 行已跳过" in shown
    assert "列名“职位类型”像是“用工类型”，但里面的“数据分析”“后端开发”不是" in shown


def test_a_remembered_default_of_a_mapped_column_waits_to_be_confirmed(client: Client) -> None:
    for _ in range(2):
        address = uploaded(client, BOARD_ROWS, BOARD)
        last = page(client, f"{address}/mapping")
        client.post(f"{address}/mapping", MAPPED | {"default_employer_name": "某某公司"})
    assert "上次给空着的行统一填写过：招聘单位“某某公司”" in last
    again = uploaded(client, BOARD_ROWS, BOARD).rsplit("/", 1)[-1]
    assert "employer_name" not in ImportBatch.objects.get(pk=again).defaults


def test_a_wrong_mapping_keeps_what_was_chosen_and_says_where(client: Client) -> None:
    address = uploaded(client, BOARD_ROWS, BOARD)
    answer = client.post(f"{address}/mapping", MAPPED | {"column_3": "title", "default_headcount": "很多"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“jobName”列已选了同一含义" in said
    answer = client.post(f"{address}/mapping", MAPPED | {"default_headcount": "很多"})
    assert "招聘人数“很多”看不明白" in answer.content.decode()
    assert 'value="很多"' in answer.content.decode()


def test_the_preview_names_what_every_row_will_lack(client: Client) -> None:
    address = uploaded(client, BOARD_ROWS, BOARD)
    client.post(f"{address}/mapping", {"column_0": "title", "column_1": "region"})
    assert "都没有：招聘单位、招聘人数、用工类型、薪资、工作内容、招聘条件、工作条件、有效期至" in page(client, address)


def test_the_preview_says_what_screening_will_stop_and_hold(client: Client) -> None:
    address = uploaded(client, [row(招聘条件="限男性"), row(招聘条件="年龄18-35岁")])
    form = {f"column_{column}": code for code, column in ImportBatch.objects.get().mapping.items()}
    client.post(f"{address}/mapping", form | {"publish": "on"})
    shown = page(client, address)
    assert "“限男性”" in shown
    assert "审核通过后自动发布" in shown


def guessed(extra: dict[str, str]) -> dict[str, str]:
    """The columns of the newest import as they were guessed, as a form."""
    batch = ImportBatch.objects.latest("created_at")
    return {f"column_{column}": code for code, column in batch.mapping.items()} | extra


def test_the_unit_of_a_pay_column_is_asked_once_when_nothing_says_it(client: Client) -> None:
    rows = [row(职位名称=f"车工{n}", 薪资="4-5") for n in range(3)]
    address = uploaded(client, rows)
    assert "4-5 是什么单位？" in page(client, f"{address}/mapping")
    refused = client.post(f"{address}/mapping", guessed({"publish": "on"}))
    assert (refused.status_code, "列名和内容都看不出单位" in refused.content.decode()) == (422, True)
    answer = client.post(f"{address}/mapping", guessed({"publish": "on", "unit_pay": "thousand/month"}))
    assert answer.status_code == 302
    assert "4-5K" in page(client, address)
    again = uploaded(client, rows)
    assert '<option value="thousand/month" selected>' in page(client, f"{again}/mapping")


def test_pay_of_which_nobody_knows_the_unit_stays_a_draft(client: Client) -> None:
    address = uploaded(client, [row(职位名称=f"车工{n}", 薪资="4-5") for n in range(3)])
    client.post(f"{address}/mapping", guessed({"publish": "on", "unit_pay": "unknown"}))
    client.post(f"{address}/start")
    run(address)
    assert set(JobPosting.objects.values_list("state", flat=True)) == {"draft"}


def test_no_unit_is_asked_where_the_header_or_the_cells_say_it(client: Client) -> None:
    assert "是什么单位" not in page(client, f"{uploaded(client, [row()])}/mapping")


def test_a_row_of_several_places_becomes_several_postings_if_that_is_wanted(client: Client) -> None:
    for code in ("320500", "320100"):
        reference.region(code)
    address = uploaded(client, [row(工作地点="苏州、南京"), row(职位名称="铣工")])
    client.post(f"{address}/mapping", guessed({"publish": "on", "split_places": "on"}))
    shown = page(client, address)
    assert "苏州" in shown
    assert "南京" in shown
    client.post(f"{address}/start")
    run(address)
    assert JobPosting.objects.count() == 3
    batch = ImportBatch.objects.get()
    assert (batch.rows_total, batch.rows_created) == (2, 2)
    assert "已导入的 2 行对应 3 个职位" in page(client, address)


def test_a_remembered_default_of_a_column_is_shown_before_it_fills_blanks(client: Client) -> None:
    address = uploaded(client, [row()])
    client.post(f"{address}/mapping", guessed({"default_employer_name": "本机构全称有限公司"}))
    address = uploaded(client, [row(), row(职位名称="铣工", 招聘单位="")])
    shown = page(client, f"{address}/mapping")
    assert "上次填过的内容，请再确认" in shown
    assert 'value="本机构全称有限公司"' in shown
    client.post(f"{address}/mapping", guessed({"publish": "on"}))
    assert "缺：用人单位" in page(client, address)


def test_the_preview_shows_all_that_will_be_public_and_marks_what_is_unlike_the_rest(client: Client) -> None:
    rows = [row(职位名称=f"车工{n}") for n in range(6)]
    address = uploaded(client, [*rows, row(职位名称="铣工", 薪资="60000-90000元/月")])
    client.post(f"{address}/mapping", guessed({"publish": "on"}))
    shown = page(client, address)
    for text in ("加工零件", "会看图纸", "白班双休", "全职", "发布 7"):
        assert text in shown
    assert '<span class="import-doubt">60-90K' in shown
    assert shown.count("import-doubt") == 1


def test_progress_is_asked_again_until_the_end_and_then_shows_the_result(client: Client) -> None:
    address = uploaded(client, [row()])
    form = {f"column_{column}": code for code, column in ImportBatch.objects.get().mapping.items()}
    client.post(f"{address}/mapping", form)
    client.post(f"{address}/start")
    running = client.get(f"{address}/progress")
    assert "hx-get" in running.content.decode()
    assert "HX-Refresh" not in running.headers
    run(address)
    ended = client.get(f"{address}/progress")
    assert ended.headers["HX-Refresh"] == "true"
    assert "hx-get" not in ended.content.decode()


def test_an_import_that_has_started_cannot_be_mapped_again(client: Client) -> None:
    address = uploaded(client, [row()])
    form = {f"column_{column}": code for code, column in ImportBatch.objects.get().mapping.items()}
    client.post(f"{address}/mapping", form)
    client.post(f"{address}/start")
    assert client.get(f"{address}/mapping").headers["Location"] == address
    assert client.post(f"{address}/mapping", form).headers["Location"] == address


def test_an_import_not_yet_mapped_leads_to_its_columns(client: Client) -> None:
    address = uploaded(client, [row()])
    assert client.get(address).headers["Location"] == f"{address}/mapping"
    client.post(f"{address}/start")
    assert ImportBatch.objects.get().state == "uploaded"


def test_the_same_sheet_again_leads_to_its_postings_and_to_no_empty_list(client: Client) -> None:
    for _ in range(2):
        address = uploaded(client, [row()])
        form = {f"column_{column}": code for code, column in ImportBatch.objects.latest("created_at").mapping.items()}
        client.post(f"{address}/mapping", form | {"publish": "on"})
        client.post(f"{address}/start")
        run(address)
    result = page(client, address)
    assert "全部 1 行与已有的职位相同，没有变化" in result
    assert "车工" in page(client, f"/agency/jobs?batch={address.rsplit('/', 1)[-1]}&state=published")


def test_an_import_of_which_nothing_came_in_leads_to_the_reasons(client: Client) -> None:
    address = uploaded(client, [row(职位名称="")])
    client.post(f"{address}/mapping", {f"column_{c}": code for code, c in ImportBatch.objects.get().mapping.items()})
    client.post(f"{address}/start")
    run(address)
    result = page(client, address)
    assert "查看这次导入的职位" not in result
    assert f"{address}/rejected" in result


def test_a_posting_shows_what_its_import_remarks_until_that_is_dismissed(client: Client) -> None:
    address = uploaded(client, [row()])
    client.post(f"{address}/mapping", {f"column_{c}": code for code, c in ImportBatch.objects.get().mapping.items()})
    client.post(f"{address}/start")
    run(address)
    posting = JobPosting.objects.get()
    ImportNote.objects.create(
        batch_id=posting.import_batch_id,
        posting=posting,
        row_number=7,
        field="pay",
        message="薪资太高，请核对",
        holds=True,
    )
    shown = page(client, f"/agency/jobs/{posting.id}")
    assert "导入时的提示" in shown
    assert "薪资太高，请核对" in shown
    assert "第 7 行" in shown
    assert "有导入时的提示" in page(client, "/agency/jobs")
    assert client.post(f"/agency/jobs/{posting.id}/import-notes").headers["Location"] == f"/agency/jobs/{posting.id}"
    assert "导入时的提示" not in page(client, f"/agency/jobs/{posting.id}")
    stranger = client_of(imports.recruiter())
    assert stranger.post(f"/agency/jobs/{posting.id}/import-notes").status_code == 404


@pytest.mark.parametrize("part", ["", "/mapping", "/progress", "/rejected", "/errors.xlsx"])
def test_another_agencys_import_is_not_there(client: Client, part: str) -> None:
    address = uploaded(client, [row()])
    stranger = client_of(imports.recruiter())
    assert stranger.get(address + part).status_code == 404
    assert stranger.post(f"{address}/start").status_code == 404
    assert stranger.post(f"{address}/mapping", {"column_0": "title"}).status_code == 404


def test_a_viewer_and_a_seeker_may_not_import(client: Client) -> None:
    viewer = client_of(imports.recruiter(role="viewer"))
    assert viewer.get("/agency/imports").status_code == 403
    assert upload(viewer, csv_file([row()])).status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/agency/imports").headers["Location"].startswith("/login")


@pytest.mark.parametrize("rows", [1, 15])
def test_no_page_asks_the_database_more_than_12_times(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = uploaded(client, [row(职位名称=f"车工{n}") for n in range(rows)])
    form = {f"column_{column}": code for code, column in ImportBatch.objects.get().mapping.items()}
    for path in ("/agency/imports", f"{address}/mapping"):
        with django_assert_max_num_queries(12):
            page(client, path)
    client.post(f"{address}/mapping", form)
    with django_assert_max_num_queries(12):
        page(client, address)
    client.post(f"{address}/start")
    with django_assert_max_num_queries(12):
        page(client, f"{address}/progress")
    run(address)
    for part in ("", "/rejected"):
        with django_assert_max_num_queries(12):
            page(client, address + part)
