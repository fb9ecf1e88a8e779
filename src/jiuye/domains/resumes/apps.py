from importlib import import_module

from django.apps import AppConfig


class ResumesConfig(AppConfig):
    name = "jiuye.domains.resumes"
    label = "resumes"

    def ready(self) -> None:
        """Connect the handlers for deleted resumes."""
        import_module("jiuye.domains.resumes.files")
