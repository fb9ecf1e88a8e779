"""Django app of the design system."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The Jinja2 environment, components, assets and the style guide."""

    name = "jiuye.design"
    label = "design"
