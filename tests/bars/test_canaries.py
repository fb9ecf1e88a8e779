"""A database dump contains no phone, e-mail or ID number of a person and no card holder's name (S12).

The demonstration is loaded, people sign in by code and by card, write resumes with photos and attachments, apply, request
verification and have their contacts unmasked; then the whole database is dumped and searched for every encrypted value,
and the file storage for what is in the files. Phones of agencies and employers are public and not searched for.
"""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from structlog.testing import capture_logs
from structlog.typing import EventDict

from jiuye.domains.accounts import actions as people
from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.accounts.states import CodePurpose, SignInMethod
from jiuye.domains.applications import actions as applications
from jiuye.domains.applications.states import ContactReason
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.qualifications import actions as materials
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.models import Certificate
from jiuye.kernel import audit, events, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto.columns import sealed_tables
from jiuye.kernel.models import EventRecord, SealedFile
from jiuye.search.documents import document
from jiuye.worker.handlers import HANDLERS
from tests.factories import cards, databases, feedback, portraits, qualifications, verification
from tests.factories import resumes as written
from tests.factories.accounts import actor, browser, member, staff_actor

TYPED = "13800138000"
HOLDERS = {"司徒漱石": "13912345678", "欧阳煨芋": "13987654321"}
IN_A_FILE = b"canaryofsitu8f41c07d"  # a PDF writes letters and figures as they are
SHORTEST = 6  # long enough to be distinguished from other text; shorter encrypted values are names, which many share


def dumped() -> str:
    """Return the whole database, schema and data, as dumped by its own tool."""
    place = connection.settings_dict
    program = databases.program("pg_dump")
    address = ["--host", str(place["HOST"]), "--port", str(place["PORT"] or 5432), "--username", str(place["USER"])]
    done = subprocess.run([program, *address, str(place["NAME"])], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sealed_values() -> Iterator[tuple[str, str]]:
    """Return (column, text) of every encrypted value, except whole documents and short names."""
    for table in sealed_tables():
        rows = table.model._default_manager.values_list(*[field.attname for field in table.fields])
        for row in rows.iterator():
            for field, text in zip(table.fields, row, strict=True):
                if isinstance(text, str) and len(text) >= SHORTEST and not text.startswith(("{", "[")):
                    yield f"{table.name}.{field.column}", text


def canaries() -> dict[str, str]:
    """Return the values that must not be found, and where they are encrypted."""
    published = {*Agency.objects.values_list("phone", flat=True), *Employer.objects.values_list("phone", flat=True)}
    found = {text: column for column, text in sealed_values() if text not in published}
    return found | {TYPED: "typed at the login"} | dict.fromkeys(HOLDERS, "names of card holders")


def in_clear(text: str) -> dict[str, str]:
    """Return the canaries found in `text`."""
    return {canary: column for canary, column in canaries().items() if canary in text}


def come_in_by_code(phone: str) -> None:
    """Request a code on the page; the message waits in the queue."""
    answer = browser().post(reverse("login:start"), {"phone": phone})
    assert answer.status_code < 400
    people.request_code(
        Actor.anonymous("192.0.2.8"), phone="13800138001", purpose=CodePurpose.LOGIN, binding=people.binding_of("b")
    )


def live(name: str, phone: str, serial: int) -> Actor:
    """A card holder writes a resume, requests verification and applies; staff unmask the contacts; everybody is notified."""
    entered = people.enter_by_card(
        Actor.anonymous("192.0.2.9"),
        holder=cards.holder(name=name, phone=phone),
        method=SignInMethod.ESSC_QR,
        binding=people.binding_of(f"browser {serial}"),
    )
    assert isinstance(entered, people.SignedIn)
    holder = User.objects.get(pk=entered.person_id)
    verification.asked(holder)
    lin = actor(holder)
    resumes.save_basics(
        lin, basics=written.basics(name=name, phone=f"1380077{serial:04d}", email=f"s{serial}@qq.example")
    )
    resumes.save_section(lin, entry=written.certificate(number=f"T99{serial:09d}"))
    resumes.save_section(lin, entry=written.employment())
    resumes.save_photo(lin, file=BytesIO(portraits.picture()), name="我.jpg")
    resumes.add_attachment(lin, file=BytesIO(portraits.pdf(IN_A_FILE.decode())), name="证书.pdf")
    posting = JobPosting.objects.filter(state="published").order_by("pk")[serial]
    application = applications.submit(
        lin,
        posting_id=posting.pk,
        idempotency_key=f"k{serial}",
        consented_to=[one for one in (posting.agency_id, posting.employer_id) if one],
    )
    staff = staff_actor(member(posting.agency_id))
    applications.open_resume(staff, application_id=application)
    applications.open_contacts(staff, application_id=application, reason=ContactReason.CHECKING, note="核对证书")
    return lin


def removed_an_entry(user: User) -> None:
    """A removed resume entry waits in the session for undo."""
    entry = Certificate.objects.filter(resume__user=user).get()
    browser(user).post(reverse("resume_remove", args=["certificate", entry.pk]))


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    """What structlog is given from here on; ask for it before what is to be logged."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def lived(demonstration: None, own_files: Path) -> list[Actor]:
    """A database with the demonstration and some activity."""
    come_in_by_code(TYPED)
    those = [live(name, phone, serial) for serial, (name, phone) in enumerate(HOLDERS.items())]
    removed_an_entry(User.objects.get(pk=those[0].person))
    for record in EventRecord.objects.all():
        events.deliver(record.pk, HANDLERS)
    return those


def test_a_dump_shows_nobodys_phone_number_or_name(
    logged: list[EventDict], caplog: pytest.LogCaptureFixture, lived: list[Actor]
) -> None:
    found = canaries()
    kinds = set(found.values())
    assert {"accounts_user.phone", "accounts_realname.id_number", "resumes_resume.email"} <= kinds
    assert {"resumes_certificate.number", "names of card holders"} <= kinds
    assert len(found) > 300
    assert in_clear(dumped()) == {}
    # Nor do the documents of the search index, nor what was logged meanwhile.
    postings = JobPosting.objects.select_related("agency", "employer")
    assert in_clear(repr([document(posting) for posting in postings])) == {}
    said = repr(logged) + caplog.text + databases.demonstration_log()
    assert "request" in {entry["event"] for entry in logged}
    assert "loaded the tiny demonstration" in said
    assert in_clear(said) == {}


def files_in_clear(folder: Path) -> list[str]:
    """Return the stored files that show the canary, or begin like a picture or a document."""
    contents = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        str(path.relative_to(folder))
        for path, content in contents.items()
        if IN_A_FILE in content or content.startswith((b"\xff\xd8", b"%PDF", b"\x89PNG", b"PK", b"\x1f\x8b"))
    ]


def test_neither_the_storage_nor_a_dump_shows_what_is_in_anybodys_files(lived: list[Actor], own_files: Path) -> None:
    document = portraits.pdf(IN_A_FILE.decode())
    feedback.sent(lived[0], files=[("截图.pdf", BytesIO(document))])
    owner = qualifications.registered("market")
    materials.add_material(owner, kind="business_licence", way="file", file=BytesIO(document), name="营业执照.pdf")
    rows = [row for row in SealedFile.objects.all() if (own_files / row.key).exists()]
    assert {row.key.split("/")[1] for row in rows} == {"photos", "attachments", "feedback", "qualifications"}
    assert sum(IN_A_FILE in sealed_files.read(row.key) for row in rows) == len(lived) + 2
    assert files_in_clear(own_files) == []
    assert IN_A_FILE.decode() not in dumped()


def test_of_the_demonstrations_files_only_public_ones_are_in_clear(demonstration: None) -> None:
    folder = Path(default_storage.path(""))
    assert SealedFile.objects.count() > 5
    assert {name.split("/")[0] for name in files_in_clear(folder)} == {"shops"}


def test_the_search_would_find_what_is_written_in_clear(lived: list[Actor]) -> None:
    number = RealName.objects.first().id_number
    audit.record(lived[0], "account.sign_in", note=f"card of {number}")  # masked
    assert in_clear(dumped()) == {}
    JobPosting.objects.filter(pk=JobPosting.objects.order_by("pk")[0].pk).update(review_note=f"card of {number}")
    assert in_clear(dumped()) == {number: "accounts_realname.id_number"}
