from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jiuye.domains.jobs"
    label = "jobs"
