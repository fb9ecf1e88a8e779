"""Conventions of every template: a strict CSP, no unknown names, a token in every unsafe form."""

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment, nodes
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


@pytest.mark.parametrize("name", NAMES)
def test_there_is_nothing_inline(name: str) -> None:
    text = text_of(name)
    assert not re.search(r"<style\b|\sstyle\s*=|javascript:|\shx-on\b|\shx-vals\s*=\s*[\"']js:", text, flags=re.I)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text, flags=re.I)
    for kind, script in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, flags=re.I | re.S):
        # A data block is not executed (HTML, “data block”).
        assert script.strip() == "" or 'type="application/ld+json"' in kind


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles_and_what_it_refers_to_exists(name: str, environment: Environment) -> None:
    environment.get_template(name)
    for other in find_referenced_templates(environment.parse((SOURCE / name).read_text(encoding="utf-8"))):
        assert other is None or (SOURCE / other).is_file(), other


@pytest.mark.parametrize("name", NAMES)
def test_every_component_it_uses_exists(name: str, environment: Environment) -> None:
    known = set(environment.globals["ui"].names())  # type: ignore[attr-defined]
    tree = environment.parse((SOURCE / name).read_text(encoding="utf-8"))
    used = {
        get.attr for get in tree.find_all(nodes.Getattr) if isinstance(get.node, nodes.Name) and get.node.name == "ui"
    }
    assert used - known == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_posted_form_carries_its_token(name: str) -> None:
    for form in re.findall(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", text_of(name), flags=re.I | re.S):
        # `typed`: the fields of a form that was sent here, its token among them, to be sent again.
        assert re.search(r"csrf|in typed", form), form[:120]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_say_what_they_show_or_that_they_show_nothing(name: str) -> None:
    for picture in re.findall(r"<img\b[^>]*>", text_of(name), flags=re.I):
        assert "alt=" in picture


def test_no_template_is_unused() -> None:
    """A view names its template whole or by the file's name below its feature's folder."""
    code = [path for path in SOURCE.rglob("*") if path.suffix in {".py", ".html"}]
    # Each file is read once: every name of a template in it, and those that stand alone or end a path.
    whole, last = {}, {}
    for path in code:
        text = path.read_text(encoding="utf-8")
        whole[path] = set(re.findall(r"[\w/.-]+\.html", text))
        last[path] = set(re.findall(r"[\"'/]([\w.-]+\.html)(?=[\"'])", text))

    def is_named(path: Path) -> bool:
        feature = path.parents[1]
        name = path.relative_to(SOURCE).as_posix()
        others = (other for other in code if other != path)
        return any(name in whole[one] or (feature in one.parents and path.name in last[one]) for one in others)

    # Components are found by their folder, the style guide's parts by their name in page.html.
    found_otherwise = ("design/components/", "design/styleguide/")
    assert [name for name in NAMES if not name.startswith(found_otherwise) and not is_named(SOURCE / name)] == []
