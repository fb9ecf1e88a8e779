"""Rules of ours that need more than a pattern: names of modules, and what a function does with its arguments.

Those that a pattern describes are in checks/rules (semgrep); ruff's rules S, DTZ and LOG know the others: checks/README.md.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiuye.config.env import REPOSITORY

SOURCE = REPOSITORY / "src" / "jiuye"
CHECKS = REPOSITORY / "checks"
_CLIENTS = {"httpx", "requests", "urllib.request", "http.client", "aiohttp"}
_MAY_CALL_OUT = ("adapters/", "sandbox/", "runtime/")
_HEARD_BY_ITS_PARENT = ("adapters/inspection_local/", "kernel/uploads/child.py")
"""Children of kernel.confinement: whatever a file does to them is their answer."""
_FOR_EVERYBODY = {
    "domains/accounts/actions/card_conflicts.py:read_conflict": "an encrypted token, bound to the browser, is the proof",
    "domains/accounts/actions/codes.py:record_delivery": "the worker's: what the gateway answered",
    "domains/accounts/actions/codes.py:record_receipt": "the gateway's signed receipt",
    "domains/accounts/actions/kept_input.py:forget_input": "the browser's secret is the proof",
    "domains/accounts/actions/qr.py:follow_qr": "the browser's binding is the proof",
    "domains/organisations/actions/membership_requests.py:settle_request": "part of actions that have asked",
    "domains/qualifications/actions/machine_checks.py:ask_registers": "the worker's, by the case's event",
    "domains/verification/actions/exchange.py:ask_again": "the worker's, by its own job",
    "notifications/actions.py:notify": "the worker's, by events",
    "notifications/actions.py:record_receipt": "the gateway's signed receipt",
    "privacy/actions.py:forget_exports": "part of an erasure",
}
"""{function that takes an actor and does not ask who it is: why}"""


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    found = sorted(SOURCE.rglob("*.py"))
    return tuple((path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in found)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def splits_headers(tree: ast.AST) -> list[int]:
    """The lines where an address from a header is taken apart: `urlsplit` raises ValueError for what is no address."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("urlsplit", "urlparse")
        and any(isinstance(inner, ast.Attribute) and inner.attr in ("headers", "META") for inner in ast.walk(node))
    ]


def unheard(tree: ast.AST) -> list[int]:
    """The lines of handlers of any exception at all that neither raise, nor log, nor look at it: the fault leaves no trace."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and not any(_hears(inner, node.name) for one in node.body for inner in ast.walk(one))
    ]


def _hears(node: ast.AST, name: str | None) -> bool:
    is_log = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "log"
    return isinstance(node, ast.Raise) or is_log or (isinstance(node, ast.Name) and node.id == name)


def indifferent(tree: ast.AST) -> list[str]:
    """The functions that get an actor and something that it may not be allowed to see, and never look at the actor."""
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and [one.arg for one in node.args.args][:1] == ["actor"]
        and node.args.args[1:] + node.args.kwonlyargs
        and not node.name.startswith("_")
        and not any(isinstance(inner, ast.Name) and inner.id == "actor" for inner in ast.walk(node))
        and not _is_declared_only(node)
    ]


def _is_declared_only(node: ast.FunctionDef) -> bool:
    """Whether it is a method of a protocol: a docstring, dots."""
    return all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body)


def test_addresses_in_headers_are_taken_apart_in_one_place() -> None:
    found = {name: lines for name, tree in sources() if (lines := splits_headers(tree))}
    assert found == {}, "use kernel.http.request.sent_from"


def test_one_that_is_taken_apart_elsewhere_is_found() -> None:
    assert splits_headers(ast.parse('urlsplit(request.headers.get("Referer", ""))')) == [1]


def test_only_adapters_call_other_services() -> None:
    found = {
        name: sorted(clients)
        for name, tree in sources()
        if not name.startswith(_MAY_CALL_OUT) and (clients := _CLIENTS & set(_imported(tree)))
    }
    assert found == {}


def test_no_fault_passes_unheard() -> None:
    found = {name: lines for name, tree in sources() if (lines := unheard(tree))}
    assert {name: lines for name, lines in found.items() if not name.startswith(_HEARD_BY_ITS_PARENT)} == {}, (
        "raise it, log its type, or name the exceptions that are expected"
    )


@pytest.mark.parametrize(
    ("body", "is_found"),
    [("return None", True), ("pass", True), ("raise", False), ("log.warning('x')", False), ("return of(error)", False)],
)
def test_one_that_passes_unheard_is_found(body: str, is_found: bool) -> None:
    text = f"def f():\n try:\n  g()\n except ValueError:\n  pass\n except Exception as error:\n  {body}"
    assert unheard(ast.parse(text)) == ([6] if is_found else [])


def test_what_gets_an_actor_asks_who_it_is() -> None:
    found = {f"{name}:{one}" for name, tree in sources() for one in indifferent(tree)}
    assert found - set(_FOR_EVERYBODY) == set(), "scope the rows by the actor, or leave the argument out"
    assert set(_FOR_EVERYBODY) - found == set()


def test_one_that_does_not_ask_is_found() -> None:
    assert indifferent(ast.parse("def note(actor, note_id):\n return Note.objects.get(pk=note_id)")) == ["note"]
    assert indifferent(ast.parse("def note(actor, note_id):\n return mine(actor).get(pk=note_id)")) == []


def test_the_sources_are_read() -> None:
    assert Path(SOURCE, "adapters") in SOURCE.iterdir()
    assert len(sources()) > 500


# checks/: the rules of semgrep, and what bandit leaves to ruff


def own_rules() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((CHECKS / "rules").glob("*.yaml")):
        yield from ((path, rule) for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"])


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule["id"]) for _, rule in own_rules()])
def test_a_rule_says_what_to_write_instead(rule: dict[str, Any]) -> None:
    assert "Instead " in rule["message"]
    assert rule["severity"] == "ERROR"


@pytest.mark.parametrize(("path", "rule"), [pytest.param(*one, id=one[1]["id"]) for one in own_rules()])
def test_a_rule_has_examples_of_both_kinds(path: Path, rule: dict[str, Any]) -> None:
    examples = next(one for one in path.parent.glob(f"{path.stem}.*") if one != path).read_text(encoding="utf-8")
    told = set(re.findall(rf"(ruleid|ok): {rule['id']}\b", examples))
    assert told == {"ruleid", "ok"}


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule["id"]) for _, rule in own_rules() if "paths" in rule])
def test_what_a_rule_allows_is_there(rule: dict[str, Any]) -> None:
    named = [*rule["paths"].get("exclude", ()), *rule["paths"].get("include", ())]
    assert [name for name in named if "*" not in name and not (REPOSITORY / name).exists()] == []


def exemptions() -> Iterator[tuple[str, str]]:
    """Each comment that exempts a line from bandit or semgrep, and its place."""
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.js"), *SOURCE.rglob("*.html")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if found := re.search(r"(?:#|//|{#) ?(nosec|nosemgrep)\b.*", line):
                yield f"{path.relative_to(SOURCE)}:{number}", found[0]


def test_an_exemption_names_its_rule_and_why() -> None:
    known = "|".join(rule["id"] for _, rule in own_rules())
    form = re.compile(rf"# nosec B\d{{3}} # .{{8,}}|(?:#|//|{{#) nosemgrep: (?:{known}) - .{{8,}}")
    assert [place for place, told in exemptions() if not form.match(told)] == []


def test_bandit_leaves_to_ruff_what_ruff_knows() -> None:
    skipped = tomllib.loads((CHECKS / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["bandit"]["skips"]
    listed = subprocess.run(
        [sys.executable, "-m", "ruff", "rule", "--all", "--output-format", "json"],
        capture_output=True, check=True,
    )  # fmt: skip
    stable = {
        one["code"]
        for one in json.loads(listed.stdout)
        if not one.get("preview") and "Removed" not in str(one.get("status"))
    }
    ours = {"B404", "B703"}  # the rule program-started; S308
    assert {f"S{one[1:]}" for one in skipped if one not in ours} - stable == set()
