"""Which handlers hear of which event. The one place to look when asking what follows from what."""

from jiuye.kernel.events import Handler

HANDLERS: dict[str, tuple[Handler, ...]] = {}
