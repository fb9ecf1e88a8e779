"""The form of an authorisation letter (单位授权书): to print, fill in and seal."""

from jiuye.documents.typesetting import typeset
from jiuye.kernel import clock


def authorisation_letter(name: str, credit_code: str) -> bytes:
    """Return a tagged PDF of one A4 page with the organisation's name and code; the rest is written by hand."""
    data = {"title": "单位授权书", "name": name, "credit_code": credit_code}
    return typeset("authorisation_letter", data, made_at=clock.now())
