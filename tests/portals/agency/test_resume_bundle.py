"""The resumes of several applications in one archive: without contacts, each logged, only those that may be taken."""

import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.actions import downloads
from jiuye.domains.applications.models import Application
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import applications, jobs
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.portraits import picture
from tests.factories.resumes import basics

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PLACE = "/agency/applications/resumes.zip"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def sent(cast: Cast, state: str = "submitted") -> UUID:
    """An application of Lin's to a posting of its own."""
    return applications.in_state(cast, state, jobs.posting(cast.agency))


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def asked(client: Client, *ids: object, **options: Any) -> Any:
    return client.post(PLACE, {"application": [str(one) for one in ids]}, **options)


def opened(answer: Any) -> zipfile.ZipFile:
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.testzip() is None
    return archive


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def logged() -> list[UUID]:
    return list(ResumeAccess.objects.filter(kind="download").order_by("id").values_list("application_id", flat=True))


def test_holds_one_document_for_each_and_their_owner_reads_of_each(cast: Cast) -> None:
    chosen = [sent(cast), sent(cast, "viewed")]
    archive = opened(asked(signed_in(cast.zhou), *chosen))
    assert [name[:6] for name in archive.namelist()] == ["01-林小满", "02-林小满"]
    assert logged() == chosen
    phone = cast.people["lin"].phone
    for name in archive.namelist():
        text = text_of(archive.read(name))
        assert "林小满" in text
        assert phone not in text
        assert cast.agency.legal_name in text


def test_the_photo_goes_along(cast: Cast) -> None:
    resumes.save_photo(cast.lin, file=io.BytesIO(picture()), name="我.jpg")
    archive = opened(asked(signed_in(cast.zhou), sent(cast)))
    assert len(PdfReader(io.BytesIO(archive.read(archive.namelist()[0]))).pages[0].images) == 1


def test_looking_moves_an_application_on_as_opening_it_does(cast: Cast) -> None:
    application = sent(cast)
    opened(asked(signed_in(cast.zhou), application))
    assert "已查看" in signed_in(cast.lin).get(f"/me/applications/{application}").content.decode()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y", "....", "‮fdp.exe", "长" * 40])
def test_no_name_of_a_person_becomes_a_path(cast: Cast, name: str) -> None:
    application = sent(cast, "viewed")
    Application.objects.update(title=name)
    (found,) = opened(asked(signed_in(cast.zhou), application)).namelist()
    assert found.startswith("01-林小满")
    assert found.endswith(".pdf")
    assert not set("/\\:‮") & set(found)
    assert ".." not in found
    assert len(found) < 80


def test_those_that_may_not_be_taken_are_left_out_and_said(cast: Cast) -> None:
    good, withdrawn, rejected = sent(cast, "viewed"), sent(cast, "withdrawn"), sent(cast, "rejected")
    client = signed_in(cast.zhou)
    assert len(opened(asked(client, good, withdrawn, rejected)).namelist()) == 1
    assert logged() == [good]
    page = client.get("/agency/applications").content.decode()
    assert "有 2 份简历没有放进压缩包" in page
    assert "求职者已撤回这次投递" in page


def test_with_none_of_them_there_is_no_archive(cast: Cast) -> None:
    page = asked(signed_in(cast.zhou), sent(cast, "withdrawn"), follow=True).content.decode()
    assert "没有可以下载的简历。求职者已撤回这次投递" in page
    assert logged() == []


def test_nothing_chosen_is_said(cast: Cast) -> None:
    assert "请先勾选投递" in asked(signed_in(cast.zhou), follow=True).content.decode()


def test_another_agencys_are_nothing_here(cast: Cast) -> None:
    application = sent(cast)
    page = asked(signed_in(cast.ma), application, new_id(), "no-id", follow=True).content.decode()
    assert "没有可以下载的简历" in page
    assert logged() == []


def test_who_may_only_read_takes_nothing(cast: Cast) -> None:
    application = sent(cast)
    assert asked(signed_in(cast.shen), application).status_code == 403
    assert "下载简历" not in signed_in(cast.shen).get("/agency/applications").content.decode()
    assert logged() == []


def test_at_most_fifty(cast: Cast) -> None:
    page = asked(signed_in(cast.zhou), *(new_id() for _ in range(51)), follow=True).content.decode()
    assert "一次最多下载 50 份" in page


def test_taking_without_end_is_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(downloads.BUNDLES), "most", 1)
    application = sent(cast)
    client = signed_in(cast.zhou)
    opened(asked(client, application))
    assert "每小时最多打包下载" in asked(client, application, follow=True).content.decode()
    assert logged() == [application]


def test_the_list_offers_it(cast: Cast) -> None:
    sent(cast)
    assert f'formaction="{PLACE}"' in signed_in(cast.zhou).get("/agency/applications").content.decode()


def test_a_resume_without_a_name_has_a_file_too(cast: Cast) -> None:
    resumes.save_basics(cast.lin, basics=basics(name="-"))
    assert opened(asked(signed_in(cast.zhou), sent(cast, "viewed"))).namelist()
