from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "jiuye.recommendations"
    label = "recommendations"
