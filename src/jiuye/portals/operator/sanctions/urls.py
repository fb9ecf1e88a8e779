from django.urls import path

from jiuye.portals.operator.sanctions import decisions, imposing, views

_one, _new = "ops/sanctions/<uuid:sanction_id>", "ops/sanctions/new"
urlpatterns = [
    path("ops/sanctions", views.listing, name="ops_sanctions"),
    path(_new, imposing.choose, name="ops_sanction_choose"),
    path(f"{_new}/<str:kind>/<uuid:subject_id>", imposing.impose, name="ops_sanction_new"),
    path(_one, views.detail, name="ops_sanction"),
    path(f"{_one}/files/<uuid:file_id>", views.file, name="ops_sanction_file"),
    path(f"{_one}/confirm", decisions.confirm, name="ops_sanction_confirm"),
    path(f"{_one}/decline", decisions.decline, name="ops_sanction_decline"),
    path(f"{_one}/lift", decisions.lift, name="ops_sanction_lift"),
    path(f"{_one}/appeals/<uuid:appeal_id>", decisions.decide, name="ops_appeal_decide"),
]
