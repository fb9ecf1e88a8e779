from django.apps import AppConfig


class ResumesConfig(AppConfig):
    name = "jiuye.domains.resumes"
    label = "resumes"
