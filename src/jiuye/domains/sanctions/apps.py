from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "jiuye.domains.sanctions"
    label = "sanctions"
