"""Process a form once, though it is sent twice: a double click, an impatient second press, a reload of the answer.

For the routes that opt in by `@access(…, once=True)`. Django masks the CSRF token differently on every page it renders, so
the masked token identifies one rendering of a form. The same fields with the same token, sent again within a minute in the
same session, get the stored answer of the first time: its redirect and its messages. Another form with `once` that succeeds
in between deletes the stored answers of the session, because then the person may mean to repeat it (attend a fair, cancel,
go back, attend).
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

# The second of two concurrent requests waits here until the first one's transaction ends. Then it finds the row, or no row
# and takes the first one's place.
_BEGIN = """
INSERT INTO kernel_answered_form (key, session, answer, expires_at) VALUES (%s, %s, '', %s)
ON CONFLICT (key) DO UPDATE SET answer = '', expires_at = EXCLUDED.expires_at
WHERE kernel_answered_form.expires_at < %s
RETURNING key
"""


# Rows that another transaction has locked are skipped: nobody waits for a form of their own that is still running.
_FORGET = """
DELETE FROM kernel_answered_form WHERE key IN
(SELECT key FROM kernel_answered_form WHERE session = %s AND key <> %s FOR UPDATE SKIP LOCKED)
"""


def done_once(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the view's response, or the stored one if the same form was processed within the last minute.

    The view runs in one transaction. Only redirects are stored: a form that was refused may be sent again unchanged. A
    request without a form's token (safe methods, the token in a header) is passed to the view as it is.
    """
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if request.method != "POST" or not session or "csrfmiddlewaretoken" not in request.POST:
        return view()
    session = blind_index(session, "answered-form-session")
    if request.headers.get("HX-Request"):  # answered by a fragment, which is not stored
        response = view()
        if response.status_code < 400:
            _forget_others(session, "")
        return response
    return _answer(request, view, session)


def _answer(request: HttpRequest, view: Callable[[], HttpResponseBase], session: str) -> HttpResponseBase:
    key = _key(request, session)
    refused: ProductError | None = None
    with transaction.atomic():
        if not _begin(key, session):
            return _stored(request, AnsweredForm.objects.get(key=key))
        try:
            response = view()
        except ProductError as error:  # commit what was written before it, such as rate limit counters
            refused = error
        if refused or not isinstance(response, HttpResponseRedirect):
            AnsweredForm.objects.filter(key=key).delete()
        else:
            answer = orjson.dumps([response.url, _pending_messages(request)]).decode()
            AnsweredForm.objects.filter(key=key).update(answer=answer)
            _forget_others(session, key)
    if refused:
        raise refused
    return response


def _key(request: HttpRequest, session: str) -> str:
    """Return a digest of everything that was sent: equal only for two sendings of one form."""
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
    """Insert the row of this form; return False if there is one already."""
    moment = clock.real_now()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [key, session, moment + REMEMBERED, moment])
        return cursor.fetchone() is not None


def _forget_others(session: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [session, key])


def _pending_messages(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the messages for the next page; they stay pending."""
    storage = cast(BaseStorage, messages.get_messages(request))
    pending = [(one.level, str(one.message)) for one in storage]
    storage.used = False
    return pending


def _stored(request: HttpRequest, form: AnsweredForm) -> HttpResponseBase:
    """Return the first answer again, with those of its messages that are not pending in this browser."""
    place, said = orjson.loads(form.answer)
    pending = _pending_messages(request)
    for level, text in said:
        if (level, text) not in pending:
            messages.add_message(request, level, text)
    return HttpResponseRedirect(place, status=303)
