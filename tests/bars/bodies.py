"""What the forms of staff are sent with where their fields do not say enough, and the forms that are on no page of the demonstration."""

from collections.abc import Mapping
from datetime import timedelta

from jiuye.kernel import clock
from tests.bars import prepared, prepared_agency, prepared_platform
from tests.bars.prepared import Fields, Prepare


def _at(days: int, hour: int) -> str:
    return clock.local(clock.now() + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02}:00")


_MEMBERS: Mapping[str, Fields] = {"<uuid:person_id>": {"role": "viewer"}}
FIELDS: Mapping[str, Fields] = {
    **{f"{kind}/members/{path}": fields for kind in ("agency", "employer") for path, fields in _MEMBERS.items()},
    "agency/applications/reject": {"reason": "skills", "confirmed": "1"},
    "agency/jobs/<uuid:posting_id>/fill": {"hired_here": "1", "hired_elsewhere": "0"},
    "agency/reviews/<uuid:review_id>/reply": {"text": "谢谢您的反馈，窗口已经加了一位同事。"},
    "agency/webhooks/<uuid:endpoint_id>/replay": {"since": _at(-2, 10), "until": _at(0, 0)},
    "ops/channels/<uuid:channel_id>/edit": {"name": "示例银行（新）", "origin": ""},
    "ops/channels/new": {"code": "app-valid", "origin": ""},
    "ops/employers/<uuid:employer_id>/merge/<uuid:other_id>": {"confirmed": "1"},
}
"""Pattern of a route → fields that take the place of those that `filling` would choose; None: without the field."""

PREPARED: Mapping[str, Prepare] = {**prepared.PREPARED, **prepared_agency.PREPARED, **prepared_platform.PREPARED}
"""Routes whose form is on no page here, or whose fields do not say what they need → how to make the form, and a thing for it."""

SAID: Mapping[str, str] = {"agency/webhooks/verify": "对得上现在的密钥"}
"""Routes that write nothing → what the answer says to the owner, and to nobody else."""

KEYS = frozenset({"form_id", "submission", "through"})
"""Fields with the key of a form, which looks like an id."""
