"""A form that is sent twice is done once: a double click, an impatient second press, a reload of the answer.

Every page that is drawn masks its CSRF token anew, so the token names that very form on that very page. The same fields from
it again, within a minute, in the same session, get the answer of the first: where it led, and what was said there; unless
another form was done in between, for then doing it again may be what is meant (saved, unsaved, back, saved).
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import orjson
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import ProductError
from jiuye.kernel.http.framing import NEVER_FRAMED
from jiuye.kernel.models import AnsweredForm

REMEMBERED = timedelta(minutes=1)
GOOD_ONCE = frozenset({"key", "code"})
"""Fields of forms that need nothing of this: a key that the action knows (applying), a code that is used up."""

# A second sender waits here until the first one's transaction has ended; then it finds the row, or is the first itself.
_BEGIN = """
INSERT INTO kernel_answered_form (key, session, answer, expires_at) VALUES (%s, %s, '', %s)
ON CONFLICT (key) DO UPDATE SET answer = '', expires_at = EXCLUDED.expires_at
WHERE kernel_answered_form.expires_at < %s
RETURNING key
"""


# One that another process is at just now stays: nobody waits for a form that is not theirs.
_FORGET = """
DELETE FROM kernel_answered_form WHERE key IN
(SELECT key FROM kernel_answered_form WHERE session = %s AND key <> %s FOR UPDATE SKIP LOCKED)
"""


def done_once(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `view` answers, or what it answered to the same form a moment ago. It runs in one transaction.

    Only an answer that leads on is remembered: a form that was refused may be sent again as it is.
    """
    session = _session(request)
    if not session:
        return view()
    if request.headers.get("HX-Request"):
        response = view()
        if response.status_code < 400:
            _forget_others(session, "")
        return response
    key = _key(request, session)
    refused: ProductError | None = None
    with transaction.atomic():
        if not _begin(key, session):
            return _as_before(request, AnsweredForm.objects.get(key=key))
        try:
            response = view()
        except ProductError as error:  # what was counted before it stays counted
            refused = error
        if refused or not isinstance(response, HttpResponseRedirect):
            AnsweredForm.objects.filter(key=key).delete()
        else:
            answer = orjson.dumps([response.url, _said(request)]).decode()
            AnsweredForm.objects.filter(key=key).update(answer=answer)
            _forget_others(session, key)
    if refused:
        raise refused
    return response


def _session(request: HttpRequest) -> str:
    """What stands for this browser's session; empty for what is left alone: GETs, requests without a form, and forms that
    are good once by themselves. Codes are among these: a wrong one must be counted in a transaction of its own.
    """
    is_form = request.method == "POST" and "csrfmiddlewaretoken" in request.POST
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not session or not is_form or GOOD_ONCE & request.POST.keys() or NEVER_FRAMED.match(request.path_info):
        return ""
    return blind_index(session, "answered-form-session")


def _key(request: HttpRequest, session: str) -> str:
    """What is the same for two sendings of one form only."""
    sent: list[Any] = [session, request.get_full_path(), sorted(request.POST.lists())]
    for name, files in sorted(request.FILES.lists()):
        sent += [[name, one.name, one.size, _digest(one)] for one in files]
    return blind_index(orjson.dumps(sent).decode(), "answered-form")


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _begin(key: str, session: str) -> bool:
    """Whether this is the first sending: then the others wait for the transaction's end."""
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [key, session, moment + REMEMBERED, moment])
        return cursor.fetchone() is not None


def _forget_others(session: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [session, key])


def _said(request: HttpRequest) -> list[tuple[int, str]]:
    """What the next page will say; it stays there to be said."""
    storage = cast(BaseStorage, messages.get_messages(request))
    said = [(one.level, str(one.message)) for one in storage]
    storage.used = False
    return said


def _as_before(request: HttpRequest, form: AnsweredForm) -> HttpResponseBase:
    place, said = orjson.loads(form.answer)
    there = _said(request)  # when the browser has heard the first answer already
    for level, text in said:
        if (level, text) not in there:
            messages.add_message(request, level, text)
    return HttpResponseRedirect(place, status=303)
