"""Forms of our pages, filled in as a person would who wants them accepted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from jiuye.kernel import clock
from tests.factories import markup
from tests.factories.imports import csv_file, row
from tests.factories.markup import Control, Form
from tests.factories.pictures import photo

WORDS = "认真负责的好工作，请再说说情况"
PLAUSIBLE = {
    "phone": "19911118888",
    "region": "510107",
    "name": "示例",
    "experience_years": "3",
    "birth_year": "1995",
    "email": "someone@mail.example",
    "start_on": "2019-03",
    "end_on": "2021-06",
    "code": "123456",
    "contact": "",
}
BY_NAME = {**PLAUSIBLE, "contact_phone": "028-00000000", "link": "", "networks": ""}
"""By the name of the field, where its kind does not say enough."""


@dataclass(frozen=True)
class Filled:
    """A form, ready to be sent: where to, what, and the route that takes it."""

    pattern: str
    path: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """A form on a page of its owner's."""

    owner: Client
    filled: Filled


Found = dict[str, dict[str, Offered]]
Forms = Mapping[str, list[Offered]]
"""Pattern of the route that takes them → forms, in the order in which they were found."""
MOST = 12
"""Forms that are tried for one route."""


def collect(found: Found, owner: Client, paths: Iterable[str]) -> None:
    """Look at these pages, and add their forms."""
    for path in paths:
        answer: Any = owner.get(path)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            for filled in filled_forms(answer, path):
                key = f"{id(owner)} {filled.path} {sorted(filled.data)}"
                found.setdefault(filled.pattern, {}).setdefault(key, Offered(owner, filled))


def first_of_each(found: Found) -> Forms:
    """The forms to try for each route."""
    return {pattern: list(forms.values())[:MOST] for pattern, forms in found.items()}


def filled_forms(answer: HttpResponse, page: str) -> Iterator[Filled]:
    """Yield the forms that the page sends by POST, filled in; and one for each button that sends them elsewhere."""
    for form in markup.read(answer.content.decode()).posted():
        path = urlsplit(urljoin(page, form.action)).path
        if pattern := pattern_of(path):
            yield Filled(pattern, path, filled(form))


def pattern_of(path: str) -> str:
    """The pattern of the route that answers the path, "" if there is none."""
    try:
        return str(resolve(path).route)
    except Resolver404:
        return ""


def filled(form: Form) -> dict[str, Any]:
    """What a person sends: what stands there, and something in every empty field; every box ticked, the first of each choice."""
    data: dict[str, Any] = form.data()
    for control in form.controls:
        if control.kind == "checkbox" and control.value not in data.get(control.name, []):
            data.setdefault(control.name, []).append(control.value)
        elif control.kind == "radio":
            data.setdefault(control.name, [control.value])
        elif control.kind == "select":
            data[control.name] = [control.value or next((choice for choice in control.choices if choice), "")]
        elif control.kind == "file":
            data[control.name] = [_file(control)]
        elif control.kind != "hidden" and not control.value:
            data[control.name] = [_typed(control)]
    return data


def _typed(control: Control) -> str:
    soon = clock.local(clock.now() + timedelta(days=20))
    by_kind = {
        "date": soon.strftime("%Y-%m-%d"),
        "datetime-local": soon.strftime("%Y-%m-%dT10:00"),
        "time": "10:00",
        "month": "2019-03",
        "number": control.attributes.get("min") or "3",
        "url": "https://example.com/",
        "email": BY_NAME["email"],
        "tel": BY_NAME["phone"],
    }
    text = BY_NAME.get(control.name, by_kind.get(control.kind, WORDS))
    return text[: int(control.attributes.get("maxlength") or 1000)]


def _file(control: Control) -> SimpleUploadedFile:
    if "csv" in control.attributes.get("accept", ""):
        return SimpleUploadedFile("职位.csv", csv_file([row()]).getvalue(), "text/csv")
    return photo()
