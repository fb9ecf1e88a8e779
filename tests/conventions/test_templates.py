"""Conventions of every template: a strict CSP, no unknown names, a token in every unsafe form."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment, TemplateError, nodes
from jinja2.meta import find_referenced_templates

from jiuye.design.assets import SOURCE

TEMPLATES = sorted(SOURCE.rglob("*.html"), key=str)
NAMES = [path.relative_to(SOURCE).as_posix() for path in TEMPLATES if "sandbox" not in path.parts]


def text_of(name: str) -> str:
    """Return a template's source without comments."""
    return re.sub(r"{#.*?#}", "", (SOURCE / name).read_text(encoding="utf-8"), flags=re.S)


@pytest.fixture(scope="module")
def environment() -> Environment:
    """The product's environment."""
    env: Environment = engines.all()[0].env  # type: ignore[attr-defined]
    return env


def wrong(rule: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What a rule finds in each template."""
    return {name: found for name in NAMES if (found := rule(name))}


def inline(name: str) -> list[str]:
    text = text_of(name)
    styles = re.findall(r"<style\b|\sstyle\s*=|javascript:|\shx-on\b|\shx-vals\s*=\s*[\"']js:", text, flags=re.I)
    handlers = re.findall(r"<[a-z][^>]*\son[a-z]+\s*=", text, flags=re.I)
    scripts = [
        script
        for kind, script in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, flags=re.I | re.S)
        # A data block is not executed (HTML, “data block”).
        if script.strip() and 'type="application/ld+json"' not in kind
    ]
    return [*styles, *handlers, *scripts]


def test_there_is_nothing_inline() -> None:
    assert wrong(inline) == {}


def test_each_compiles(environment: Environment) -> None:
    def unreadable(name: str) -> list[str]:
        try:
            environment.get_template(name)
        except TemplateError as error:
            return [str(error)]
        return []

    assert wrong(unreadable) == {}


@pytest.fixture(scope="module")
def trees(environment: Environment) -> dict[str, nodes.Template]:
    """Every template, parsed."""
    return {name: environment.parse((SOURCE / name).read_text(encoding="utf-8")) for name in NAMES}


def test_what_they_refer_to_exists(trees: dict[str, nodes.Template]) -> None:
    def missing(name: str) -> list[str]:
        return [other for other in find_referenced_templates(trees[name]) if other and not (SOURCE / other).is_file()]

    assert wrong(missing) == {}


def test_every_component_they_use_exists(environment: Environment, trees: dict[str, nodes.Template]) -> None:
    known = set(environment.globals["ui"].names())  # type: ignore[attr-defined]

    def unknown(name: str) -> list[str]:
        used = {
            get.attr
            for get in trees[name].find_all(nodes.Getattr)
            if isinstance(get.node, nodes.Name) and get.node.name == "ui"
        }
        return sorted(used - known)

    assert wrong(unknown) == {}


def without_token(name: str) -> list[str]:
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", text_of(name), flags=re.I | re.S)
    # `typed`: the fields of a form that was sent here, its token among them, to be sent again.
    return [form[:120] for form in forms if not re.search(r"csrf|in typed", form)]


def test_every_posted_form_carries_its_token() -> None:
    assert wrong(without_token) == {}


def without_words(name: str) -> list[str]:
    return [one for one in re.findall(r"<img\b[^>]*>", text_of(name), flags=re.I) if "alt=" not in one]


def test_pictures_say_what_they_show_or_that_they_show_nothing() -> None:
    assert wrong(without_words) == {}


def test_no_template_is_unused() -> None:
    """A view names its template whole or by the file's name below its feature's folder."""
    code = [path for path in SOURCE.rglob("*") if path.suffix in {".py", ".html"}]
    # Each file is read once: every name of a template in it, and those that stand alone or end a path.
    whole, last = defaultdict(set), defaultdict(set)
    for path in code:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"[\w/.-]+\.html", text):
            whole[name].add(path)
        for name in re.findall(r"[\"'/]([\w.-]+\.html)(?=[\"'])", text):
            last[name].add(path)

    def is_named(path: Path) -> bool:
        feature = path.parents[1]
        name = path.relative_to(SOURCE).as_posix()
        return bool(whole[name] - {path}) or any(feature in one.parents for one in last[path.name] - {path})

    # Components are found by their folder, the style guide's parts by their name in page.html.
    found_otherwise = ("design/components/", "design/styleguide/")
    assert [name for name in NAMES if not name.startswith(found_otherwise) and not is_named(SOURCE / name)] == []
