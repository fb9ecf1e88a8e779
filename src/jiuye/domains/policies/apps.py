from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "jiuye.domains.policies"
    label = "policies"
