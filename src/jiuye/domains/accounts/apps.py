from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jiuye.domains.accounts"
    label = "accounts"
