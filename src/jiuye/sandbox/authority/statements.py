"""Statements: the kinds of requests and their fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {"identity": "身份", "employment": "工作经历", "education": "学历", "certificate": "证书"}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANYTHING = re.compile(r".{1,100}", re.DOTALL)
# Field → its form; a field ending in ? may be missing or empty.
FIELDS: dict[str, dict[str, re.Pattern[str]]] = {
    "identity": {"phone?": re.compile(r"(\+86)?1\d{10}")},
    # Without a start: is the person insured there today?
    "employment": {
        "employer": _ANYTHING,
        "start?": _MONTH,
        "end?": _MONTH,
        "credit_code?": re.compile(r"[0-9A-Z]{18}"),
    },
    "education": {"school": _ANYTHING, "level": re.compile(r"\d{2}"), "end": _YEAR},
    "certificate": {"title": _ANYTHING, "number": _ANYTHING, "issued?": _DAY},
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A person's statement; `claims` has every field of its kind, empty where nothing was stated."""

    request_id: str
    kind: str
    name: str
    id_number: str
    claims: Mapping[str, str]
    callback_url: str


def read(body: Any, *, site: str) -> Statement:
    """Parse and check a request's JSON. Raise ValueError with a text that says what is wrong.

    Answers hold personal data, so they are sent only to URLs of the site's origin.
    """
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    longest = {"request_id": 100, "kind": 20, "name": 50, "id_number": 18, "callback_url": 200}
    for name, most in longest.items():
        if not isinstance(body.get(name), str) or not 1 <= len(body[name]) <= most:
            raise ValueError(f"{name}: a string of 1 to {most} characters")
    if body["kind"] not in KINDS:
        raise ValueError(f"kind: one of {', '.join(KINDS)}")
    if not body["callback_url"].startswith(f"{site}/"):
        raise ValueError("callback_url: below the registered site only")
    claims = _claims(FIELDS[body["kind"]], body.get("claims"))
    return Statement(
        body["request_id"], body["kind"], body["name"], body["id_number"].upper(), claims, body["callback_url"]
    )


def _claims(fields: Mapping[str, re.Pattern[str]], given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ValueError("claims: an object of strings")
    unknown = given.keys() - {field.rstrip("?") for field in fields}
    if unknown:
        raise ValueError(f"claims: unknown {', '.join(sorted(unknown))}")
    claims = {}
    for field, pattern in fields.items():
        name = field.rstrip("?")
        value = given.get(name, "").strip()
        if not (pattern.fullmatch(value) or (field.endswith("?") and not value)):
            raise ValueError(f"claims.{name}: not as expected")
        claims[name] = value
    return claims
