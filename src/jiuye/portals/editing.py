"""What editors in every portal do: say which state a page was made of, and put faults at their fields."""

from django import forms
from django.http import HttpRequest

from jiuye.kernel.errors import Invalid


def version_of(request: HttpRequest) -> int:
    """Which state of the thing the page was made of, as its form sends it back; 0, which nothing has, for nonsense."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def blame(form: forms.Form, error: Invalid) -> None:
    """Put each fault at its field; what belongs to none stands above the form."""
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
