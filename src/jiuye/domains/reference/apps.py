"""The Django application of this domain."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Regions, occupations, industries, education: what the other domains point at and never change."""

    name = "jiuye.domains.reference"
    label = "reference"
    verbose_name = "基础数据"
