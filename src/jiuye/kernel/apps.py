from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "jiuye.kernel"
    label = "kernel"

    def ready(self) -> None:
        from jiuye.kernel import checks  # noqa: F401 - registers the start-up checks
