"""Each declared limit as somebody meets it: one attempt through a page or an operation."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.accounts.models import LoginCode, User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts, doors, feedback, members, organisations, pictures, reference, reviews, visibility
from tests.factories.accounts import browser
from tests.factories.jobs import posting
from tests.factories.public_site import fair

OURS = {"Origin": "http://testserver"}
TYPED = "这是刚才写下的一句话，不能丢。"
PHONE = "13800000001"
ELSEWHERE = "192.0.2.9"

Face = Callable[[], tuple[Any, str]]
"""Makes the attempt. Returns the answer, and what was typed and must still be on the page; "": nothing to keep."""


def _desk(actor: Actor, **given: Any) -> Client:
    return browser(User.objects.get(pk=actor.person), **given)


def _recruiter() -> Client:
    return _desk(organisations.member(organisations.agency()))


def _owner(**given: Any) -> Client:
    return _desk(organisations.member(organisations.agency(), role="owner"), **given)


def _post(client: Client, path: str, typed: str = "", **fields: Any) -> tuple[Any, str]:
    return client.post(path, fields, headers=OURS), typed


def _read(path: str, client: Client | None = None) -> tuple[HttpResponse, str]:
    return (client or Client()).get(path, REMOTE_ADDR=ELSEWHERE), ""  # type: ignore[return-value]


def _login() -> tuple[Any, str]:
    client = browser()
    client.get("/login")
    return _post(client, "/login", PHONE, phone=PHONE)


def _with_session() -> Client:
    client = browser()
    client.post("/login", {"phone": PHONE})
    return client


def _word() -> tuple[Any, str]:
    client = browser()
    client.get("/login")
    return _post(client, "/login", PHONE, phone=PHONE, word="ABCDEFGH")


def _stale_code() -> tuple[Any, str]:
    client = browser()
    client.get("/login")
    client.post("/login", {"phone": PHONE})
    LoginCode.objects.all().delete()
    return _post(client, "/login/code", code="123456")


def _new_phone() -> tuple[Any, str]:
    return _post(browser(accounts.seeker(), confirmed=True), "/me/security/phone", PHONE, phone=PHONE)


def _qr() -> tuple[Any, str]:
    client = browser()
    client.get("/login/qr")
    return _post(client, "/login/qr")


def _recovery_code() -> tuple[Any, str]:
    staff = accounts.member(organisations.agency().id, with_second_factor=True)
    return _post(browser(staff, second_factor=False), "/login/second-factor", code="AAAAA-BBBB2")


def _person_on_the_desk() -> tuple[Any, str]:
    desk = _desk(organisations.operator("support"))
    return _post(desk, f"/ops/people/{accounts.seeker().pk}/phone", TYPED, reason=TYPED)


def _door(door: doors.Door, typed: str = "") -> tuple[Any, str]:
    content = BytesIO(pictures.photo().read()).getvalue()
    sent = {**door.typed, door.file: SimpleUploadedFile("照片.jpg", content)}
    return door.client.post(door.address, sent, headers={**OURS, **door.headers}), typed


def _feedback_of_person() -> tuple[Any, str]:
    return _post(browser(accounts.seeker()), "/feedback", TYPED, submission=str(new_id()), category="fault", text=TYPED)


def _more() -> tuple[Any, str]:
    lin = accounts.seeker()
    number = feedback.sent(accounts.actor(lin)).number
    return _post(browser(lin), f"/feedback/{number}/more", TYPED, text=TYPED)


def _review_report() -> tuple[Any, str]:
    review = reviews.review(organisations.agency())
    return _post(browser(accounts.seeker()), f"/reviews/{review.pk}/report", TYPED, reason="other", text=TYPED)


def _posting_report() -> tuple[Any, str]:
    job = posting(organisations.agency())
    return _post(browser(accounts.seeker()), f"/jobs/{job.pk}/report", TYPED, reason="other", text=TYPED)


def _registration() -> tuple[Any, str]:
    fields = {
        "applicant": "market", "legal_name": TYPED[:10], "credit_code": organisations.credit_code(), "region": reference.WUHOU,
        "agreement": "on",
    }  # fmt: skip
    reference.region(reference.WUHOU)
    return _post(browser(accounts.seeker()), "/join/agency", TYPED[:10], **fields)


def _joining() -> tuple[Any, str]:
    agency = members.team().organisation
    fields = {"code": agency.credit_code, "kind": "agency", "note": TYPED, "name": "林小满"}
    return _post(browser(accounts.seeker()), "/join/existing", TYPED, **fields)


def _affiliation() -> tuple[Any, str]:
    staff = organisations.member(organisations.employer(is_certified=True))
    path = f"/employer/agencies/find/{organisations.agency().id}"
    return _post(_desk(staff), path, TYPED, jobs_meant=TYPED, note="包午餐")


def _invitation() -> tuple[Any, str]:
    return _post(_owner(confirmed=True), "/agency/members/invite", PHONE, phone=PHONE, role="recruiter")


def _member_phone() -> tuple[Any, str]:
    owner = organisations.member(organisations.agency(), role="owner")
    return _post(_desk(owner), f"/agency/members/{owner.person}/phone", reason="calling")


def _found() -> tuple[Any, str]:
    resume = visibility.resume_of(visibility.shown_seeker())
    return _post(_recruiter(), f"/agency/resumes/{resume.id}/open")


def _invited() -> tuple[Any, str]:
    agency = organisations.agency()
    job, resume = posting(agency), visibility.resume_of(visibility.shown_seeker())
    desk = _desk(organisations.member(agency))
    return _post(desk, f"/agency/resumes/{resume.id}/invite", TYPED, posting=str(job.id), note=TYPED)


def _check_in() -> tuple[Any, str]:
    agency = organisations.agency()
    return _post(_desk(organisations.member(agency)), f"/agency/fairs/{fair(agency).id}/check-in", code="ABCDEFGH")


def _replay() -> tuple[Any, str]:
    moment = clock.local(clock.real_now())
    since, until = ((moment - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M") for hours in (2, 1))
    return _post(_owner(), f"/agency/webhooks/{new_id()}/replay", since, since=since, until=until)


_APPLICATION = "/agency/applications"

FACES: Mapping[str, Face] = {
    "appeals": lambda: _door(doors.appeal(), doors.TYPED),
    "application-exports": lambda: _post(_recruiter(), f"{_APPLICATION}/export"),
    "attachments-taken": lambda: _post(_recruiter(), f"{_APPLICATION}/{new_id()}/attachments/{new_id()}"),
    "affiliations": _affiliation,
    "card-address": lambda: _read("/sso/essc/callback?state=x"),
    "card-browser": lambda: _read("/sso/essc/callback?state=x", _with_session()),
    "channel-visits": lambda: (Client().post("/sso/visits/app-pay", REMOTE_ADDR=ELSEWHERE), ""),
    "check-ins": _check_in,
    "code-checks": _stale_code,
    "code-words": _word,
    "codes-account": _new_phone,
    "codes-address": _login,
    "codes-network": _login,
    "codes-strangers": _login,
    "contacts": lambda: _post(
        _recruiter(), f"{_APPLICATION}/{new_id()}/contacts", "约面试时间", reason="interview", note="约面试时间"
    ),
    "data-copies": lambda: _post(browser(accounts.seeker(), confirmed=True), "/me/privacy/export/request"),
    "drawn-documents": lambda: _read("/me/resume.pdf", browser(accounts.seeker())),
    "feedback-address": lambda: _door(doors.feedback(), doors.TYPED),
    "feedback-look-up-address": lambda: _post(
        Client(), "/feedback/look-up", "YJ20261123-ABCDEF", number="YJ20261123-ABCDEF", code="ABCDEFGH"
    ),
    "feedback-look-up-number": lambda: _post(
        Client(), "/feedback/look-up", "YJ20261123-ABCDEF", number="YJ20261123-ABCDEF", code="ABCDEFGH"
    ),
    "feedback-more-asker": _more,
    "feedback-more-one": _more,
    "feedback-person": _feedback_of_person,
    "forged-callbacks": lambda: (Client().post("/callbacks/authority", b"{}", content_type="application/json"), ""),
    "found-resumes": _found,
    "invitations-received": _invitation,
    "invitations-sent": _invitation,
    "invitations-to-apply": _invited,
    "known-organisations": lambda: _read(
        f"/join/existing?code={organisations.credit_code()}", browser(accounts.seeker())
    ),
    "lists": lambda: _read("/jobs?q=焊工"),
    "materials": lambda: _door(doors.material()),
    "member-phones": _member_phone,
    "membership-requests": _joining,
    "oauth-tokens": lambda: (Client().post("/oauth/token", {"grant_type": "client_credentials"}), ""),
    "own-files": lambda: _read("/me/resume/photo.jpg", browser(accounts.seeker())),
    "people-look-up": lambda: _post(_desk(organisations.operator("support")), "/ops/people", PHONE, phone=PHONE),
    "people-unmask": _person_on_the_desk,
    "posting-reports": _posting_report,
    "public-files": lambda: _read(f"/jobs/{new_id()}/qr.svg"),
    "qr-address": _qr,
    "qr-browser": _qr,
    "recovery-codes": _recovery_code,
    "registrations": _registration,
    "resume-attachments": lambda: _door(doors.attachment(), doors.TYPED),
    "resume-bundles": lambda: _post(_recruiter(), f"{_APPLICATION}/resumes.zip", application=str(new_id())),
    "resume-files": lambda: _door(doors.resume_file()),
    "resume-photos": lambda: _door(doors.photo()),
    "resumes-taken": lambda: _post(_recruiter(), f"{_APPLICATION}/{new_id()}/resume.pdf"),
    "review-reports": _review_report,
    "sheets": lambda: _door(doors.sheet()),
    "shop-pictures": lambda: _door(doors.shop_picture(), doors.TYPED),
    "site-maps": lambda: _read("/sitemap.xml"),
    "suggestions": lambda: _read("/jobs/suggestions?q=焊"),
    "webhook-replays": _replay,
    "webhooks-by-hand": lambda: _post(_owner(), f"/agency/webhooks/{new_id()}/test"),
}
UNSEEN = {"kept-input": "past it a form is sent as always, and only not kept over a sign-in"}
"""Limits that refuse nobody."""
