"""The bill of materials and the licences of what is installed."""

import json
import tomllib

from jiuye.runtime import components
from jiuye.runtime.fingerprints import REPOSITORY


def test_every_installed_package_has_a_permitted_licence() -> None:
    assert components.not_permitted(components.licences()) == {}


def test_a_licence_that_is_not_permitted_is_found() -> None:
    found = {"a": "GPL-3.0-only", "b": "", "c": "MIT", "psycopg": "LGPL-3.0-only"}
    assert components.not_permitted(found) == {"a": "GPL-3.0-only", "b": ""}


def test_the_bill_names_what_is_locked_with_its_licence() -> None:
    assert components.check() == 0
    bill = json.loads(components.BILL.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    locked = {(one["name"], one["version"]) for one in tomllib.loads((REPOSITORY / "uv.lock").read_text())["package"]}
    named = {(one["name"], one["version"]): one for one in bill["components"]}
    assert set(named) <= locked
    django = next(one for (name, _), one in named.items() if name == "django")
    assert django["purl"].startswith("pkg:pypi/django@")
    assert django["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
