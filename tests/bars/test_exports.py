"""No file for a spreadsheet program has a formula of what people typed (bar S10): each is fetched as its users do, and read back."""

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jiuye.config.env import REPOSITORY
from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch
from jiuye.kernel.actor import Actor
from tests.factories import accounts, organisations
from tests.factories.applications import in_state
from tests.factories.cast import assemble
from tests.factories.imports import recruiter, row, started
from tests.factories.sheets import HEADERS

pytestmark = pytest.mark.django_db
FORMULA, WIDE, MINUS, AT = "=HYPERLINK(1)", "\u3000＝1+1", "-1+1", "'@SUM(1)"
EVIL = {FORMULA, WIDE.strip(), MINUS, AT}
WRITERS = {
    "api/v1/agency/imports.py": "the stored workbook of rejected rows, our template",
    "domains/jobs/actions/imports/run.py": "stores what sheets/errors.py makes",
    "domains/jobs/sheets/errors.py": "rejected rows",
    "domains/jobs/sheets/template.py": "our template",
    "portals/agency/applications/several.py": "the agency's applications",
    "portals/agency/imports/views.py": "the stored workbook of rejected rows, our template",
    "portals/employer/applications/files.py": "the employer's applications",
    "runtime/management/commands/occupation_labels.py": "CSV on the terminal: tests/kernel/test_spreadsheets.py",
}
"""Who uses `kernel.spreadsheets`, and for what: each file is read back here, or the reason says where."""


def cells_of(content: bytes) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for line in sheet.iter_rows():
            yield from line


def assert_harmless(content: bytes) -> None:
    cells = list(cells_of(content))
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell.value for cell in cells if cell.hyperlink]
    seen = {str(cell.value).strip() for cell in cells if cell.value is not None}
    assert seen & EVIL, "nothing evil got into the file: the test proves nothing"


def browser_of(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id), confirmed=True)


def test_every_module_that_writes_is_known_here() -> None:
    source = REPOSITORY / "src" / "jiuye"
    users = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "from jiuye.kernel.spreadsheets import" in path.read_text()
    }
    assert users == set(WRITERS)


def test_the_lists_of_applications() -> None:
    cast = assemble()
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    for name in ("legal_name", "short_name"):
        setattr(cast.agency, name, MINUS)
        setattr(cast.posting.employer, name, AT)
    cast.agency.save()
    cast.posting.employer.save()
    in_state(cast, "viewed")
    Application.objects.update(title=WIDE, applicant_name=FORMULA)
    employer = organisations.member(cast.posting.employer)
    for actor, path in ((cast.zhou, "/agency/applications/export"), (employer, "/employer/applications/export")):
        answer = browser_of(actor).post(path)
        assert answer.status_code == 200
        assert_harmless(b"".join(answer.streaming_content) if answer.streaming else answer.content)  # type: ignore[attr-defined]


def test_rejected_rows_headers_and_names_of_files(own_files: object) -> None:
    actor = recruiter()
    headers = [*HEADERS, AT]
    rows = [
        [*row(职位名称="", 招聘单位=FORMULA, 工作内容=WIDE, 薪资=MINUS), "00123"],
        [*row(职位名称="", 招聘人数=AT), "-5"],
    ]
    batch_id = started(actor, rows, headers=headers)
    imports.run_import(batch_id)
    batch = ImportBatch.objects.get(pk=batch_id)
    assert batch.rows_rejected == 2
    client = browser_of(actor)
    content = client.get(f"/agency/imports/{batch_id}/errors.xlsx").content
    assert_harmless(content)
    line = [cell.value for cell in cells_of(content)]
    assert {"00123", "-5", AT} <= set(line)  # text, as it was
    assert [cell.value for cell in cells_of(content) if cell.data_type == "n" and cell.value] == [2, 3]


def test_our_template_has_no_formula_either() -> None:
    content = browser_of(recruiter()).get("/agency/imports/template.xlsx").content
    assert {cell.data_type for cell in cells_of(content)} <= {"s", "n"}
