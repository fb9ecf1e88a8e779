from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "jiuye.changes"
    label = "changes"
