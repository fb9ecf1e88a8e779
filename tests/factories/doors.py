"""The doors by which files come in: each form and operation that takes one, with a person who may use it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.actions import imports as jobs
from jiuye.domains.jobs.models import ImportBatch
from jiuye.domains.qualifications import actions as qualifications_actions
from jiuye.domains.qualifications.models import Material
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.models import ResumeFile
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts, clients, imports, organisations, qualifications, reference, sanctions
from tests.factories.public_site import policy

TYPED = "这里写了一句要保留的话，求职中介收了押金。"


@dataclass(frozen=True)
class Door:
    """A place that takes files in the form field `file`, with what else is typed. `opened` is what the worker does with the file,
    and returns why it was refused ("" if it was not).
    """

    client: Client
    address: str
    file: str
    typed: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    opened: Callable[[], str] = str

    def send(self, content: bytes, name: str) -> HttpResponse:
        """Send the file as a browser does."""
        sent = {**self.typed, self.file: SimpleUploadedFile(name, content)}
        return self.client.post(self.address, sent, headers=dict(self.headers))  # type: ignore[return-value]


def _signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


def feedback() -> Door:
    typed = {"submission": str(new_id()), "category": "fault", "text": TYPED}
    return Door(Client(), "/feedback", "attachments", typed)


def photo() -> Door:
    return Door(accounts.browser(accounts.seeker()), "/me/resume/photo", "photo", {"crop": "end"})


def attachment() -> Door:
    return Door(accounts.browser(accounts.seeker()), "/me/resume/attachments", "file", {"name": TYPED})


def resume_file() -> Door:
    def opened() -> str:
        row = ResumeFile.objects.get()
        resumes.read_resume_file(Actor.system(), file_id=row.pk)
        row.refresh_from_db()
        return row.problem if row.state == "refused" else ""

    return Door(accounts.browser(accounts.seeker()), "/me/resume/file", "file", opened=opened)


def appeal() -> Door:
    user = accounts.seeker()
    made = sanctions.sanction(user)
    return Door(accounts.browser(user), f"/me/sanctions/{made.pk}", "attachments", {"text": TYPED})


def evidence() -> Door:
    typed = {
        "level": "limit",
        "ends_on": (clock.today() + timedelta(days=30)).isoformat(),
        "reason": TYPED,
        "bases": ["deposits"],
        "evidence": "转账记录。",
        "step_reason": "情节严重。",
        "seen": "0",
    }
    agency = organisations.agency()
    desk = _signed_in(organisations.operator("auditor"))
    return Door(desk, f"/ops/sanctions/new/agency/{agency.pk}", "attachments", typed)


def policy_file() -> Door:
    return Door(_signed_in(organisations.operator("editor")), f"/ops/policies/{policy().id}/files", "file")


def shop_picture() -> Door:
    actor = organisations.member(organisations.agency(), role="recruiter")
    return Door(_signed_in(actor), "/agency/shop/pictures", "picture", {"caption": TYPED})


def shop_picture_by_api() -> Door:
    caller = clients.caller()
    return Door(Client(), "/api/v1/agency/shop/pictures", "picture", {"caption": TYPED}, caller.headers())


def material() -> Door:
    owner = qualifications.registered()

    def opened() -> str:
        row = Material.objects.get()
        qualifications_actions.inspect_material(Actor.system(), material_id=row.pk)
        row.refresh_from_db()
        return row.problem

    here = "/agency/qualification/business_licence/files"
    return Door(_signed_in(owner), here, "file", {"way": "file"}, opened=opened)


def _read_sheet() -> str:
    batch = ImportBatch.objects.latest("pk")
    jobs.read_sheet(UUID(str(batch.pk)))
    batch.refresh_from_db()
    return batch.failure


def sheet() -> Door:
    return Door(_signed_in(imports.recruiter()), "/agency/imports", "file", opened=_read_sheet)


def sheet_by_api() -> Door:
    reference.occupation(reference.WELDER)
    caller = clients.caller()
    return Door(Client(), "/api/v1/agency/imports", "file", headers=caller.headers(), opened=_read_sheet)


PICTURES_AND_PDF: Mapping[str, Callable[[], Door]] = {
    "feedback": feedback,
    "attachment": attachment,
    "appeal": appeal,
    "evidence": evidence,
    "policy": policy_file,
}
PICTURES: Mapping[str, Callable[[], Door]] = {
    "photo": photo,
    "shop": shop_picture,
    "shop_api": shop_picture_by_api,
}
OPENED_LATER: Mapping[str, Callable[[], Door]] = {"material": material, "resume_file": resume_file}
SHEETS: Mapping[str, Callable[[], Door]] = {"sheet": sheet, "sheet_api": sheet_by_api}
AT_ONCE = {**PICTURES_AND_PDF, **PICTURES}
DOORS = {**AT_ONCE, **OPENED_LATER, **SHEETS}
