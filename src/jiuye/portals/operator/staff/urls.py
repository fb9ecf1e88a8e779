from django.urls import path

from jiuye.portals.operator.staff import views

urlpatterns = [
    path("ops/staff", views.listing, name="ops_staff"),
    path("ops/staff/new", views.add, name="ops_staff_new"),
    path("ops/staff/history", views.history, name="ops_staff_history"),
    path("ops/staff/<uuid:person_id>", views.change, name="ops_staff_change"),
    path("ops/staff/changes/<uuid:change_id>/confirm", views.confirm, name="ops_staff_confirm"),
    path("ops/staff/changes/<uuid:change_id>/decline", views.decline, name="ops_staff_decline"),
]
