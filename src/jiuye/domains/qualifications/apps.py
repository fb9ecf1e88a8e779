from django.apps import AppConfig


class QualificationsConfig(AppConfig):
    name = "jiuye.domains.qualifications"
    label = "qualifications"
