from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jiuye.domains.applications"
    label = "applications"
