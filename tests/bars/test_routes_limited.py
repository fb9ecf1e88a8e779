"""Every route that a stranger may use, and every one that gives out a file, says what limits it (S17)."""

import re

from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes

_ALL = {pattern: route.callback for pattern, route in routes()}
_FILES = re.compile(
    r"\.(pdf|zip|xlsx|jpg|svg|ics)$|/export$|/(files|attachments|materials)/<uuid:\w+>$|/pages/<str:token>$|/download$"
)

# Routes of strangers that count nobody by themselves, with the reason.
TEXT = "a text that is the same for everybody: no query, or one"
SINGLE = "one thing, which search robots read by the site maps; caches keep it"
ACTION = "its action counts: docs/limits.md"
VISITOR = "a fragment or a choice of the visitor's own browser: one or two queries by key"
SIGNED = "the token is signed (HMAC-SHA256): nobody guesses one"
UNCOUNTED = {
    TEXT: """
        livez readyz metrics robots.txt manifest.webmanifest service-worker.js offline privacy accessibility help help/audit join status
        status.json status.atom regions.json
        api/v1/openapi.json api/v1/docs api/v1/docs/changelog api/v1/docs/<slug:tag>
        .well-known/oauth-authorization-server .well-known/webhook-keys.json sso/full-site
        styleguide styleguide/list styleguide/staff styleguide/sign-in styleguide/progress styleguide/code
    """,
    SINGLE: """
        home/fresh jobs/<uuid:posting_id> jobs/<uuid:posting_id>/distance agencies/<uuid:agency_id>
        agencies/<uuid:agency_id>/pictures/<uuid:picture_id> fairs/<uuid:fair_id> policies/<uuid:policy_id> policies/<uuid:policy_id>/check
    """,
    ACTION: """
        oauth/token callbacks/authority callbacks/sms-receipts feedback feedback/sent feedback/look-up feedback/<str:number>
        feedback/<str:number>/more feedback/<str:number>/rate feedback/<str:number>/finish login login/code login/again login/qr
        login/qr/<uuid:qr_id> login/card login/card/mine login/card/mine/code login/card/other login/card/other/code sso/essc
        sso/essc/callback sso/card
    """,
    VISITOR: """
        me/header jobs/near jobs/near/forget jobs/<uuid:posting_id>/actions jobs/<uuid:posting_id>/viewed login/delivery
        login/card/delivery login/kept/forget logout
    """,
    SIGNED: """
        alerts/stop/<str:token> join/invitations/<str:token> join/invitations/<str:token>/change-account
    """,
}

# Routes that give out a file and are limited by their action or by a lease, with the limit's name.
BY_ACTION = {
    "agency/applications/resumes.zip": "resume-bundles",
    "agency/applications/export": "application-exports",
    "agency/applications/<uuid:application_id>/resume.pdf": "resumes-taken",
    "agency/applications/<uuid:application_id>/attachments/<uuid:attachment_id>": "attachments-taken",
    "employer/applications/export": "application-exports",
    "employer/applications/<uuid:application_id>/resume.pdf": "resumes-taken",
    "employer/applications/<uuid:application_id>/attachments/<uuid:attachment_id>": "attachments-taken",
}


def _counts(view: object) -> bool:
    return getattr(view, "limit", None) is not None


def _is_operation(view: object) -> bool:
    """The API counts every request of a network or a client before anything else (`api.readers`)."""
    return hasattr(view, "operations")


def test_strangers_are_counted_or_there_is_a_reason() -> None:
    open_to_all = {
        pattern
        for pattern, view in _ALL.items()
        if (one := requirement_of(view)) and not one.signed_in and not _counts(view) and not _is_operation(view)
    }
    reasons = {pattern for patterns in UNCOUNTED.values() for pattern in patterns.split()} | {""}
    assert open_to_all == reasons | {"api/v1/"}  # what is no operation: counted as a read, by `api.readers`


def test_files_are_counted() -> None:
    uncounted = {
        pattern
        for pattern, view in _ALL.items()
        if _FILES.search(pattern) and not _counts(view) and not _is_operation(view)
    }
    assert uncounted == BY_ACTION.keys() | {"me/privacy/export"}  # the page where a copy is asked for


def test_the_named_ones_exist() -> None:
    assert BY_ACTION.keys() <= _ALL.keys()
