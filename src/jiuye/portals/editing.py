"""Shared by the editors of all portals: the version of the edited object, and errors at form fields."""

from typing import Any

from django import forms
from django.http import HttpRequest

from jiuye.kernel.errors import Invalid, ProductError, Refused


def one_line(label: str, limit: int, hint: str = "", *, required: bool = False) -> forms.CharField:
    """Return a text field of at most `limit` characters; its messages name it."""
    errors = {"required": f"请填写{label}。", "max_length": f"最多 {limit} 字。"}
    return forms.CharField(label=label, required=required, max_length=limit, help_text=hint, error_messages=errors)


def version_of(request: HttpRequest) -> int:
    """Return the version of the object that the form was rendered from; 0, which no object has, for invalid input."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def refuse_incomplete(rows: "forms.BaseFormSet[Any]") -> None:
    """Raises `Refused` (code incomplete) for rows sent without the numbers that our page sends with them."""
    if rows.is_bound and not rows.management_form.is_valid():
        raise Refused("提交的内容不完整。请返回上一页，刷新后再提交一次。", code="incomplete")


def blame(form: forms.Form, error: ProductError) -> None:
    """Add each error to its field; errors without a field, and refusals of the whole, go to the form."""
    if not isinstance(error, Invalid):
        form.add_error(None, error.message)
        return
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
