from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "jiuye.worker"
    label = "worker"
