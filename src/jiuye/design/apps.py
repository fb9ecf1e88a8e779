"""Django's registration of the design system."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates' environment, components, assets and the style guide."""

    name = "jiuye.design"
    label = "design"
