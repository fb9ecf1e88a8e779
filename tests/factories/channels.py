"""Partner apps of the tests. All invented."""

from typing import Any

from jiuye.domains.accounts.models import Channel
from jiuye.kernel import clock

ORIGIN = "https://app.example.cn"


def channel(code: str = "app-pay", **given: Any) -> Channel:
    """An enabled partner app whose pages may frame ours."""
    values = {
        "name": "示例掌上付",
        "origin": ORIGIN,
        "is_enabled": True,
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    return Channel.objects.create(code=code, **{**values, **given})
