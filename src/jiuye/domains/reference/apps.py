"""The Django application of this domain."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Regions, occupations, industries, education: other domains refer to them and never change them."""

    name = "jiuye.domains.reference"
    label = "reference"
    verbose_name = "基础数据"
