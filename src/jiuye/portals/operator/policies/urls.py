from django.urls import path

from jiuye.portals.operator.policies import files, publication, views

_one = "ops/policies/<uuid:policy_id>"
urlpatterns = [
    path("ops/policies", views.listing, name="ops_policies"),
    path("ops/policies/new", views.new, name="ops_policy_new"),
    path(_one, views.detail, name="ops_policy"),
    path(f"{_one}/edit", views.edit, name="ops_policy_edit"),
    path(f"{_one}/conditions", views.conditions, name="ops_policy_conditions"),
    path(f"{_one}/preview", views.preview, name="ops_policy_preview"),
    path(f"{_one}/files", files.add, name="ops_policy_file_add"),
    path(f"{_one}/files/<uuid:file_id>", files.read, name="ops_policy_file"),
    path(f"{_one}/files/<uuid:file_id>/delete", files.delete, name="ops_policy_file_delete"),
    path(f"{_one}/publish", publication.publish, name="ops_policy_publish"),
    path(f"{_one}/withdraw", publication.withdraw, name="ops_policy_withdraw"),
    path(f"{_one}/abolish", publication.abolish, name="ops_policy_abolish"),
    path(f"{_one}/reinstate", publication.reinstate, name="ops_policy_reinstate"),
]
