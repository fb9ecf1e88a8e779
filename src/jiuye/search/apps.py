from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "jiuye.search"
    label = "search"
