from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "jiuye.erasure"
    label = "erasure"
