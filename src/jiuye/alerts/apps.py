from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jiuye.alerts"
    label = "alerts"
