from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "jiuye.privacy"
    label = "privacy"
