"""A form that is sent twice is done once: a double click, an impatient second press, a reload of the answer.

Every page that is drawn masks its CSRF token anew, so the token names that very form on that very page. The same fields from
it again, within a minute, in the same session, get the answer of the first: where it led, and what was said there.
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
from jiuye.kernel.models import AnsweredForm

REMEMBERED = timedelta(minutes=1)
OWN_KEY = "key"
"""A form with a field of this name brings a key that its action knows (applying)."""

# A second sender waits here until the first one's transaction has ended; then it finds the row, or is the first itself.
_BEGIN = """
INSERT INTO kernel_answered_form (key, answer, expires_at) VALUES (%s, '', %s)
ON CONFLICT (key) DO UPDATE SET answer = '', expires_at = EXCLUDED.expires_at
WHERE kernel_answered_form.expires_at < %s
RETURNING key
"""


def done_once(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `view` answers, or what it answered to the same form a moment ago. It runs in one transaction.

    Only an answer that leads on is remembered: a form that was refused may be sent again as it is.
    """
    key = _key(request)
    if not key:
        return view()
    refused: ProductError | None = None
    with transaction.atomic():
        if not _begin(key):
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
    if refused:
        raise refused
    return response


def _key(request: HttpRequest) -> str:
    """What is the same for two sendings of one form only; empty for what is no such form: scripts' requests, GETs."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    token = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    if not token or not session or OWN_KEY in request.POST or request.headers.get("HX-Request"):
        return ""
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


def _begin(key: str) -> bool:
    """Whether this is the first sending: then the others wait for the transaction's end."""
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [key, moment + REMEMBERED, moment])
        return cursor.fetchone() is not None


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
