from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "jiuye.runtime"
    label = "runtime"
