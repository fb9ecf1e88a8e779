from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "jiuye.domains.feedback"
    label = "feedback"
