from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "jiuye.domains.reports"
    label = "reports"
