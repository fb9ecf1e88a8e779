from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "jiuye.domains.fairs"
    label = "fairs"
