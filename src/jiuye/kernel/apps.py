from django.apps import AppConfig
from django.conf import settings


class KernelConfig(AppConfig):
    name = "jiuye.kernel"
    label = "kernel"

    def ready(self) -> None:
        from jiuye.kernel import (
            checks,  # noqa: F401 - registers the start-up checks
            space,
        )

        space.watch(settings.DATA_DIR, settings.LEAST_FREE_BYTES)
