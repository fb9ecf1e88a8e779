from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "jiuye.webhooks"
    label = "webhooks"
