from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "jiuye.domains.verification"
    label = "verification"
