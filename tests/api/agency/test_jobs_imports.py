"""A sheet through the API: upload, columns, start, the rows that were not imported."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import JobPosting
from tests.factories import clients, organisations, reference
from tests.factories.clients import Caller

pytestmark = pytest.mark.django_db
SHEET = "职位名称,招聘人数,单位\n焊工,5,成都示例有限公司\n,很多,成都示例有限公司\n".encode()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()
    reference.occupation(reference.WELDER)


@pytest.fixture
def caller() -> Caller:
    return clients.caller()


def upload(caller: Caller, content: bytes = SHEET) -> Any:
    file = SimpleUploadedFile("职位.csv", content, content_type="text/csv")
    return Client().post("/api/v1/agency/imports", {"file": file}, headers=caller.headers())


def read(caller: Caller, path: str, **query: Any) -> Any:
    return Client().get(f"/api/v1{path}", query, headers=caller.headers())


def test_a_sheet_goes_its_whole_way(caller: Caller) -> None:
    made = upload(caller)
    assert (made.status_code, made.json()["state"]) == (201, "reading")
    path = f"/agency/imports/{made.json()['id']}"
    assert caller.put(f"{path}/mapping", {"mapping": {"title": 0}, "publish": False}).json()["code"] == "still_reading"
    imports.read_sheet(UUID(made.json()["id"]))
    assert (read(caller, path).json()["state"], read(caller, path).json()["total"]) == ("uploaded", 2)
    columns = read(caller, f"{path}/columns").json()
    assert [one["field"] for one in columns["columns"]] == ["title", "headcount", "employer_name"]
    mapping = {one["field"]: one["index"] for one in columns["columns"]}
    told = caller.put(f"{path}/mapping", {"mapping": mapping, "defaults": {}, "publish": False})
    assert told.json()["state"] == "mapped"
    rows = read(caller, f"{path}/preview").json()["rows"]
    assert [row["outcome"] for row in rows] == ["draft", "rejected"]
    assert caller.post(f"{path}/start").json()["state"] == "running"
    imports.run_import(UUID(made.json()["id"]))
    done = read(caller, path).json()
    assert (done["state"], done["created"], done["rejected"]) == ("done", 1, 1)
    (wrong,) = read(caller, f"{path}/errors").json()["items"]
    assert (wrong["number"], wrong["cells"][0], wrong["reasons"][0]["field"]) == (3, "", "title")
    assert read(caller, f"{path}/errors.xlsx").content.startswith(b"PK")
    assert [one["id"] for one in read(caller, "/agency/imports").json()["items"]] == [made.json()["id"]]
    assert JobPosting.objects.get().title == "焊工"


def test_a_file_that_is_no_sheet_is_told(caller: Caller) -> None:
    answer = upload(caller, b"\x7fELF")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_other_agencies_imports_do_not_exist(caller: Caller) -> None:
    foreign = imports.upload_sheet(
        organisations.member(organisations.agency()), filename="a.csv", content=io.BytesIO(SHEET)
    )
    path = f"/agency/imports/{foreign}"
    calls = [read(caller, path + part) for part in ("", "/columns", "/preview", "/errors", "/errors.xlsx")]
    calls += [caller.post(f"{path}/start"), caller.put(f"{path}/mapping", {"mapping": {}, "publish": False})]
    assert {answer.status_code for answer in calls} == {404}


def test_read_only_members_cannot_import() -> None:
    caller = clients.caller(role="viewer")
    assert (upload(caller).status_code, read(caller, "/agency/imports").status_code) == (403, 403)


def test_the_template_can_be_had(caller: Caller) -> None:
    assert read(caller, "/agency/imports/template.xlsx").content.startswith(b"PK")
