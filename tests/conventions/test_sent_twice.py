"""Every route with a session that accepts a form is either `once` or listed here with the reason why not."""

import inspect
import re
from collections.abc import Callable
from typing import Any

from jiuye.kernel.access import Requirement
from jiuye.kernel.checks import routes

KEY = "the form carries a key of the action, or the action compares it with the last one"
SET = "sets a value: the second time it is the same, and so is the answer"
READ = "opens or downloads something"
SHOWN = "the answer is a page of its own, shown once and never stored"
USED_UP = "a code, a challenge or the session is used up by the first sending"

WITHOUT_ONCE = {
    "alerts/stop/<str:token>": SET,
    "fairs/<uuid:fair_id>/attend": SET,
    "fairs/<uuid:fair_id>/attend/cancel": SET,
    "feedback": KEY,
    "feedback/<str:number>/finish": SET,
    "feedback/<str:number>/more": KEY,
    "feedback/<str:number>/rate": SET,
    "feedback/look-up": READ,
    "jobs/<uuid:posting_id>/apply": KEY,
    "jobs/<uuid:posting_id>/save": SET,
    "jobs/<uuid:posting_id>/viewed": SET,
    "jobs/near": SET,
    "jobs/near/forget": SET,
    "join/invitations/<str:token>/change-account": USED_UP,
    "me/history/forget": SET,
    "me/history/pause": SET,
    "me/notifications/<uuid:notification_id>": READ,
    "me/privacy/export/<uuid:export_id>/download": READ,
    "me/real-name/card": USED_UP,
    "me/real-name/card/<uuid:qr_id>": USED_UP,
    "me/resume/autosave/<resume_part:key>": KEY,
    "me/saved/seen": SET,
    "me/searches/<uuid:saved_search_id>/open": READ,
}
OF_STAFF = {
    "agency/applications/<uuid:application_id>/attachments/<uuid:attachment_id>": READ,
    "agency/applications/<uuid:application_id>/contacts": READ,
    "agency/applications/<uuid:application_id>/resume": READ,
    "agency/applications/<uuid:application_id>/resume.pdf": READ,
    "agency/applications/export": READ,
    "agency/applications/resumes.zip": READ,
    "agency/imports/<uuid:batch_id>/mapping": SET,
    "agency/imports/<uuid:batch_id>/start": SET,
    "agency/jobs/<uuid:posting_id>/import-notes": SET,
    "agency/jobs/<uuid:posting_id>/occupation": SET,
    "agency/notifications/<uuid:notification_id>": READ,
    "agency/qualification/<slug:kind>": SET,
    "agency/members/<uuid:person_id>/phone": READ,
    "agency/members/invitations/<uuid:invitation_id>/phone": READ,
    "agency/qualification/files/<uuid:material_id>/delete": SET,
    "agency/qualification/files/<uuid:material_id>/open": READ,
    "agency/resumes/<uuid:resume_id>/open": READ,
    "agency/webhooks/<uuid:endpoint_id>/secret": READ,
    "agency/webhooks/verify": READ,
    "employer/applications/<uuid:application_id>/attachments/<uuid:attachment_id>": READ,
    "employer/applications/<uuid:application_id>/resume": READ,
    "employer/applications/<uuid:application_id>/resume.pdf": READ,
    "employer/applications/export": READ,
    "employer/members/<uuid:person_id>/phone": READ,
    "employer/members/invitations/<uuid:invitation_id>/phone": READ,
    "employer/notifications/<uuid:notification_id>": READ,
    "employer/qualification/<slug:kind>": SET,
    "employer/qualification/files/<uuid:material_id>/delete": SET,
    "employer/qualification/files/<uuid:material_id>/open": READ,
    "ops/channels/<uuid:channel_id>/edit": SET,
    "ops/channels/<uuid:channel_id>/keys": SHOWN,
    "ops/people": READ,
    "ops/people/<uuid:person_id>/phone": READ,
    "ops/policies/<uuid:policy_id>/conditions": SET,
    "ops/qualifications/<uuid:case_id>/materials": READ,
    "ops/qualifications/<uuid:case_id>/materials/<uuid:material_id>": READ,
    "ops/sanctions/new": READ,
}
USING_UP = re.compile(r"(login|logout|sso|me/security)(/|$)")


def accepts_post(view: Callable[..., Any] | None) -> bool:
    """Whether the methods given to `require_http_methods` include POST; a view without them accepts every method."""
    while view is not None:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return True


def without_once(*, of_staff: bool = False) -> set[str]:
    """The patterns of routes with a session, of staff or of others, that accept POST and are not `once`."""
    found = set()
    for pattern, route in routes():
        access = getattr(route.callback, "access", None)
        is_meant = isinstance(access, Requirement) and access.session and bool(access.kind) == of_staff
        if is_meant and accepts_post(route.callback) and not getattr(route.callback, "once", False):
            found.add(pattern)
    return found


def test_every_form_of_a_person_counts_once_or_has_a_reason() -> None:
    assert {pattern for pattern in without_once() if not USING_UP.match(pattern)} == set(WITHOUT_ONCE)


def test_what_signs_in_uses_up_its_code_and_needs_no_more() -> None:
    assert [
        pattern for pattern, route in routes() if USING_UP.match(pattern) and getattr(route.callback, "once", False)
    ] == []


def test_every_form_of_staff_counts_once_or_has_a_reason() -> None:
    assert without_once(of_staff=True) == set(OF_STAFF)
