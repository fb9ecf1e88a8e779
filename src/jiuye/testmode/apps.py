from django.apps import AppConfig


class TestModeConfig(AppConfig):
    name = "jiuye.testmode"
    label = "testmode"
