from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "jiuye.domains.organisations"
    label = "organisations"
