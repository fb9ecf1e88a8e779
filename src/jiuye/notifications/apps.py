from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "jiuye.notifications"
    label = "notifications"
