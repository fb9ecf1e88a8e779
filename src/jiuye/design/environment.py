"""The Jinja2 environment of every page."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from jiuye.design import controls, formats
from jiuye.kernel import identifiers
from jiuye.kernel.text.days import until

COMPONENTS = Path(__file__).parent / "components"
MACRO = re.compile(r"{%-?\s*macro\s+([a-z][a-z0-9_]*)\(")
# Macros cached by their (hashable) arguments: a page has some twenty icons, and the same frame as every other page.
DRAWN_ONCE = frozenset({"icon", "mark", "display_switches", "tab_bar", "verified", "filter_button"})
FILTERS = {
    "date": formats.day,
    "full_date": formats.full_day,
    "datetime": formats.moment,
    "iso": formats.iso,
    "is_channel_code": formats.is_channel_code,
    "ago": formats.ago,
    "wan": formats.wan,
    "number": formats.number,
    "percent": formats.percent,
    "distance": formats.distance,
    "duration": formats.duration,
    "until": until,
    "file_size": formats.file_size,
    "mask_phone": identifiers.mask_phone,
    "monogram": formats.monogram,
    "accent": formats.accent,
}


class Components:
    """All component macros under one name, `ui`: `{{ ui.icon("search") }}`. Found by name, loaded on first use."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._homes = {
            name: f"design/components/{path.parent.name}/{path.name}"
            for path in sorted(COMPONENTS.glob("*/*.html"))
            for name in MACRO.findall(path.read_text(encoding="utf-8"))
        }

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        try:
            home = self._homes[name]
        except KeyError:
            raise AttributeError(f"no component named {name}; see design/README.md") from None
        macro: Callable[..., Markup] = getattr(self._environment.get_template(home).module, name)
        if not self._environment.auto_reload:
            self.__dict__[name] = lru_cache(maxsize=512)(macro) if name in DRAWN_ONCE else macro
        return macro

    def names(self) -> list[str]:
        """Return the names of all macros."""
        return sorted(self._homes)


def components() -> Components:
    """Return the site's components, for code that draws one without a template."""
    return cast(Components, cast(Jinja2, engines["jinja2"]).env.globals["ui"])


def to_url(name: str, *args: object, **kwargs: object) -> str:
    """Return the path of a named route: `url("jobs:detail", id)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def to_absolute(path: str) -> str:
    """Return the full URL of a path at the address of the settings, whatever Host the request names."""
    return f"{settings.SITE_URL}{path}"


def htmx_config() -> str:
    """Return htmx's settings for a strict CSP: no eval, no injected styles or scripts, no history in the browser's storage."""
    return json.dumps(
        {
            "allowEval": False,
            "allowScriptTags": False,
            "includeIndicatorStyles": False,
            "selfRequestsOnly": True,
            "historyCacheSize": 0,
            "refreshOnHistoryMiss": True,
            "scrollBehavior": "auto",
            "defaultSettleDelay": 0,
            "responseHandling": [
                {"code": "204", "swap": False},
                {"code": "[23]..", "swap": True},
                {"code": "422", "swap": True},
                {"code": "[45]..", "swap": False, "error": True},
            ],
        }
    )


def build(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend (`TEMPLATES["OPTIONS"]["environment"]`): autoescaped, undefined names raise."""
    options["undefined"] = StrictUndefined
    options.setdefault("autoescape", True)
    environment = Environment(**options, extensions=["jinja2.ext.do"])  # noqa: S701 - autoescape is set above
    environment.filters.update(FILTERS)
    environment.globals.update(
        static=static if environment.auto_reload else lru_cache(maxsize=256)(static),
        url=to_url,
        absolute=to_absolute,
        query=formats.query,
        pay=formats.pay,
        control=controls.describe,
        flash=get_messages,
        htmx_config=htmx_config(),
        ui=Components(environment),
    )
    return environment
