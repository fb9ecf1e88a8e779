from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "jiuye.domains.clients"
    label = "clients"
