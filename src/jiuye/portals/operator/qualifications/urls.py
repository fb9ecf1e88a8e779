from django.urls import path

from jiuye.portals.operator.qualifications import case_views, material_views, queue_views

_one = "ops/qualifications/<uuid:case_id>"
urlpatterns = [
    path("ops/qualifications", queue_views.queue, name="ops_qualifications"),
    path("ops/qualifications/next", queue_views.next_case, name="ops_qualification_next"),
    path("ops/qualifications/claim", queue_views.claim_several, name="ops_qualifications_claim"),
    path("ops/qualifications/pages/<str:token>", material_views.page, name="ops_qualification_page"),
    path(_one, case_views.detail, name="ops_qualification"),
    path(f"{_one}/claim", case_views.claim, name="ops_qualification_claim"),
    path(f"{_one}/release", case_views.release, name="ops_qualification_release"),
    path(f"{_one}/decide", case_views.decide, name="ops_qualification_decide"),
    path(f"{_one}/notes", case_views.add_note, name="ops_qualification_note"),
    path(f"{_one}/complaint", case_views.open_complaint, name="ops_qualification_complaint"),
    path(f"{_one}/reverse", case_views.reverse_case, name="ops_qualification_reverse"),
    path(f"{_one}/materials", material_views.opened, name="ops_qualification_materials"),
    path(f"{_one}/materials/<uuid:material_id>", material_views.download, name="ops_qualification_file"),
]
