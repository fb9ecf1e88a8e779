"""Imported and rejected rows are the rows of the file, on the page, in the API, in the database and in the error workbook (bar S11).

Files as people send them, also with what makes readers lose rows: a false `<dimension>`, hidden rows, several worksheets,
blank rows, the older format, a file that was cut. Postings are the only thing that is imported from sheets.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.actor import Actor
from tests.factories import accounts, clients
from tests.factories.imports import recruiter, row, uploaded
from tests.factories.sheets import HEADERS, rezip, sheet_xml, write_csv, write_xls, write_xlsx

pytestmark = pytest.mark.django_db
GOOD, BAD = row(), row(职位名称="")


@dataclass(frozen=True)
class File:
    """How a file is written, its data rows, those of them that are rejected, and those that nobody sees in it."""

    write: Callable[[Path], Path]
    rows: int
    rejected: int
    hidden: int = 0


def titled(*titles: str) -> list[list[str]]:
    """Different postings; blank: a row that is rejected."""
    return [row(职位名称=title) for title in titles]


def with_false_dimension(path: Path) -> Path:
    path = write_xlsx(path, [HEADERS, *titled("车工", "", "铣工", "", "刨工")])
    markup = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"', sheet_xml(path))
    return rezip(path, {"xl/worksheets/sheet1.xml": markup.encode()})


def with_hidden_rows(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("职位")
        for number, cells in enumerate([HEADERS, *titled("车工", "铣工", "", "刨工", "")]):
            sheet.write_row(number, 0, cells)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(5, None, None, {"hidden": True})
    return path


def with_two_worksheets(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, titles in (("一", ("车工", "")), ("二", ("", "铣工", ""))):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate([HEADERS, *titled(*titles)]):
                sheet.write_row(number, 0, cells)
    return path


def with_blank_rows(path: Path) -> Path:
    first, second, third = titled("车工", "", "铣工")
    return write_xlsx(path, [HEADERS, [], first, [], [], second, ["", ""], third, []])


def cut_in_a_row(path: Path) -> Path:
    path = write_csv(path, [HEADERS, *titled("车工", "", "铣工")])
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex("工".encode(), 0, -20)])
    return path


FILES = {
    "plain.csv": File(lambda path: write_csv(path, [HEADERS, *titled("车工", "", "铣工")]), 3, 1),
    "dimension.xlsx": File(with_false_dimension, 5, 2),
    "hidden.xlsx": File(with_hidden_rows, 3, 1, hidden=2),
    "worksheets.xlsx": File(with_two_worksheets, 5, 3),
    "blank.xlsx": File(with_blank_rows, 3, 1),
    "older.xls": File(lambda path: write_xls(path, [HEADERS, *titled("车工", "", "铣工")]), 3, 1),
    "cut.csv": File(cut_in_a_row, 3, 1),
}


@pytest.fixture
def actor(own_files: Path) -> Actor:
    forget_callers()
    return recruiter()


def text_of(client: Client, path: str) -> str:
    """Return a page's text without tags."""
    return re.sub(r"<[^>]+>", " ", client.get(path).content.decode())


def figure(page: str, label: str) -> int:
    found = re.search(rf"{label}\s+([\d,]+)", page)
    assert found, label
    return int(found.group(1).replace(",", ""))


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_imported_or_rejected_and_all_places_agree(actor: Actor, tmp_path: Path, name: str) -> None:
    file = FILES[name]
    content = io.BytesIO(file.write(tmp_path / name).read_bytes())
    batch_id = uploaded(actor, content, filename=name)
    batch = ImportBatch.objects.get(pk=batch_id)
    assert (batch.state, batch.failure) == ("uploaded", "")
    imports.set_mapping(actor, batch_id, mapping=batch.mapping, defaults={}, publish=True)
    imports.start_import(actor, batch_id)
    imports.run_import(batch_id)
    batch = ImportBatch.objects.get(pk=batch_id)
    imported = batch.rows_created + batch.rows_updated + batch.rows_unchanged
    assert (batch.state, batch.rows_total, imported, batch.rows_rejected) == (
        "done", file.rows, file.rows - file.rejected, file.rejected,
    )  # fmt: skip
    assert JobPosting.objects.filter(import_batch_id=batch_id).count() == batch.rows_created
    rejected = set(ImportRejection.objects.filter(batch=batch).values_list("worksheet", "row_number"))
    assert len(rejected) == file.rejected
    assert hidden_rows(batch) == file.hidden

    client = accounts.browser(User.objects.get(pk=actor.person_id))
    page = text_of(client, f"/agency/imports/{batch_id}")
    assert (figure(page, "表格行数"), figure(page, "未导入")) == (file.rows, file.rejected)
    assert f"{file.rejected} 行没有导入" in text_of(client, f"/agency/imports/{batch_id}/rejected")

    told = program(actor).get(f"/agency/imports/{batch_id}").json()
    assert (told["total"], told["done"], told["rejected"]) == (file.rows, file.rows, file.rejected)
    assert told["created"] + told["updated"] + told["unchanged"] == imported
    errors = program(actor).get(f"/agency/imports/{batch_id}/errors").json()["items"]
    assert sorted(one["number"] for one in errors) == sorted(number for _, number in rejected)

    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/agency/imports/{batch_id}/errors.xlsx").content))
    lines = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert {(str(line[-1] or ""), line[-2]) for line in lines} == rejected


def program(actor: Actor) -> clients.Caller:
    return clients.caller(Agency.objects.get(pk=actor.organisation_id))


def hidden_rows(batch: ImportBatch) -> int:
    return sum(table["hidden_rows"] for table in batch.worksheets)


def test_a_cut_workbook_is_refused_and_imports_nothing(actor: Actor, tmp_path: Path) -> None:
    content = write_xlsx(tmp_path / "cut.xlsx", [HEADERS, GOOD, BAD]).read_bytes()
    batch = ImportBatch.objects.get(pk=uploaded(actor, io.BytesIO(content[: len(content) // 2]), filename="cut.xlsx"))
    assert batch.state == "failed"
    assert batch.failure
    assert (batch.rows_total, batch.rows_done, JobPosting.objects.count()) == (0, 0, 0)
