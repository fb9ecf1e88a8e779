"""Every setting is documented for operators, and every documented setting exists."""

import re
from pathlib import Path

from jiuye.config.env import Environment

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
DESCRIBED = dict(re.findall(r"^\| `([A-Z_]+)` \|([^|]*\|[^|\n]+)", PAGE, flags=re.M))


def test_every_setting_is_described() -> None:
    settings = {name.upper() for name in Environment.model_fields}
    assert settings - set(DESCRIBED) == set()


def test_only_settings_that_exist_are_described() -> None:
    assert set(DESCRIBED) - {name.upper() for name in Environment.model_fields} == set()


def test_every_setting_has_a_default_that_works() -> None:
    assert [name for name, field in Environment.model_fields.items() if field.is_required()] == []
