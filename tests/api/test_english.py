"""Every message that the API can answer has an English text, with the same places in it."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jiuye.api import english, problems

SOURCE = Path(__file__).parents[2] / "src" / "jiuye"
# Where messages of operations come from.
FROM = (
    "api/*.py", "api/v1/**/*.py", "kernel/errors.py", "kernel/uploads/cleaning.py", "kernel/uploads/files.py", "kernel/uploads/drawing.py",
    "kernel/idempotency.py", "kernel/paging.py", "domains/jobs/**/*.py",
    "domains/applications/**/*.py", "domains/fairs/**/*.py", "domains/reviews/**/*.py", "domains/organisations/**/*.py",
    "domains/resumes/queries/*.py", "changes/*.py", "webhooks/*.py", "testmode/*.py", "search/*.py",
)  # fmt: skip
# What only pages do: for seekers, employers and operators, and the management of members.
ONLY_PAGES = (
    "domains/jobs/actions/moderation.py", "domains/jobs/actions/records.py", "domains/jobs/queries/moderation.py",
    "domains/jobs/sheets/fields.py", "domains/jobs/sheets/template.py", "domains/applications/actions/nudges.py",
    "domains/applications/actions/outcomes.py", "domains/applications/actions/submission.py",
    "domains/applications/actions/opinions.py", "domains/applications/queries/employers.py",
    "domains/organisations/actions/invitations.py", "domains/organisations/actions/members.py",
    "domains/organisations/actions/membership_requests.py", "domains/organisations/actions/ownership.py",
    "domains/organisations/actions/phones.py",
    "domains/organisations/actions/qualification.py", "domains/organisations/queries/employers.py",
    "domains/organisations/queries/invitations.py", "domains/organisations/queries/member_desk.py",
    "testmode/seeding.py", "webhooks/catalogue.py", "api/v1/changelog.py", "api/v1/parameters.py", "api/v1/document.py",
)  # fmt: skip
_RAISED = {
    "Refused", "Invalid", "Denied", "NotFound", "Unavailable", "RateLimited", "Fault", "problem", "ValueError",
    "Unacceptable", "PydanticCustomError", "UnsupportedType", "MalformedJson", "Gone",
}  # fmt: skip
_DESCRIBED = {
    "Field",
    "Query",
    "Path",
    "Header",
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "_parameter",
    "_several",
    "_number",
}
_CHINESE = re.compile("[\u4e00-\u9fff]")


def messages() -> Iterator[str]:
    """The Chinese sentences in these modules, and everything Chinese in what they raise; `{}` for each place."""
    for pattern in FROM:
        for path in sorted(SOURCE.glob(pattern)):
            name = str(path.relative_to(SOURCE))
            if "migrations" not in name and name not in ONLY_PAGES:
                yield from _in(ast.parse(path.read_text()), is_raised=False, is_api=name.startswith("api/v1/"))


def _in(node: ast.AST, *, is_raised: bool, is_api: bool) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call):
        function = node.func
        called = getattr(function, "id", getattr(function, "attr", ""))
        if called in _DESCRIBED:
            return
        is_raised = is_raised or called in _RAISED
    if isinstance(node, ast.JoinedStr):
        yield from _text(
            "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values),  # type: ignore[misc]
            is_raised=is_raised,
            is_api=is_api,
        )
        inside = [part for part in node.values if isinstance(part, ast.FormattedValue)]
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield from _text(node.value, is_raised=is_raised, is_api=is_api)
        return
    else:
        inside = list(ast.iter_child_nodes(node))  # type: ignore[arg-type]
    for one in inside:
        yield from _in(one, is_raised=is_raised and not isinstance(one, ast.FunctionDef), is_api=is_api)


def _text(text: str, *, is_raised: bool, is_api: bool) -> Iterator[str]:
    text = re.sub(r"(?<!{){[a-z_]*}(?!})", "{}", text).replace("{{", "{").replace("}}", "}").strip()
    if _CHINESE.search(text) and (is_raised or (text.endswith("。") and not is_api)):
        yield text


# Parts of messages, of which `test_whole_messages` has the whole.
PARTS = {"还缺少", "，补充后才能发布。", "发布职位"}


def test_every_message_has_an_english_text() -> None:
    missing = sorted({text for text in messages() if text not in english.TEXTS} - PARTS)
    assert not missing, "\n".join(missing)


def test_both_have_as_many_places() -> None:
    for text, translation in english.TEXTS.items():
        places = len(re.findall(r"{}", text))
        used = [name for _, name, _, _ in string.Formatter().parse(translation) if name is not None]
        assert len(used) == places, text


def test_titles_are_in_the_catalogue() -> None:
    assert {*problems.TITLES.values(), problems.SEE_ERRORS} <= set(english.TEXTS)


@pytest.mark.parametrize(
    ("chinese", "expected"),
    [
        ("最多 80 字，现在是 90 字。", "At most 80 characters; there are 90."),
        ("还缺少招聘人数，补充后才能发布。", "Missing: headcount. It can be published when they are given."),
        ("操作太频繁了，请 30 秒后再试。", "Too many attempts. Try again in 30 seconds."),
        ("没有译文的话", "没有译文的话"),
    ],
)
def test_whole_messages(chinese: str, expected: str) -> None:
    assert english.translate(chinese) == expected


def test_a_problem_is_told_in_english(client: Client) -> None:
    answer: Any = client.get("/api/v1/jobs", {"regoin": "510100"}, headers={"Accept-Language": "en"})
    told = answer.json()
    assert (told["title"], told["detail"]) == ("Invalid input", "Some input is not acceptable. See errors.")
    assert told["errors"][0]["message"] == "There is no regoin. Did you mean region?"
    assert answer.headers["Content-Language"] == "en"
