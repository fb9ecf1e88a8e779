"""The region picker's data and, except in production, the style guide."""

from django.conf import settings
from django.urls import path

from jiuye.design import views

urlpatterns = [path("regions.json", views.regions, name="regions")]

if not settings.PRODUCTION:
    urlpatterns += [
        path("styleguide", views.styleguide, name="styleguide"),
        path("styleguide/list", views.list_example, name="styleguide-list"),
        path("styleguide/staff", views.staff_example, name="styleguide-staff"),
        path("styleguide/sign-in", views.plain_example, name="styleguide-sign-in"),
        path("styleguide/progress", views.progress_example, name="styleguide-progress"),
        path("styleguide/code", views.code_example, name="styleguide-code"),
    ]
