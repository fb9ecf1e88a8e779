from django.urls import path

from jiuye.portals.operator.employers import views

urlpatterns = [
    path("ops/employers", views.listing, name="ops_employers"),
    path("ops/employers/<uuid:employer_id>", views.detail, name="ops_employer"),
    path("ops/employers/<uuid:employer_id>/merge/<uuid:other_id>", views.merge, name="ops_employer_merge"),
]
