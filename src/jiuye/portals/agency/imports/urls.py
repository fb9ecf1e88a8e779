from django.urls import path

from jiuye.portals.agency.imports import views, worksheets

_one = "agency/imports/<uuid:batch_id>"
urlpatterns = [
    path("agency/imports", views.imports, name="agency_imports"),
    path("agency/imports/template.xlsx", views.template, name="agency_import_template"),
    path(_one, views.detail, name="agency_import"),
    path(f"{_one}/worksheets", worksheets.worksheets, name="agency_import_worksheets"),
    path(f"{_one}/mapping", views.mapping, name="agency_import_mapping"),
    path(f"{_one}/start", views.start, name="agency_import_start"),
    path(f"{_one}/progress", views.progress, name="agency_import_progress"),
    path(f"{_one}/rejected", views.rejected, name="agency_import_rejected"),
    path(f"{_one}/errors.xlsx", views.errors, name="agency_import_errors"),
]
