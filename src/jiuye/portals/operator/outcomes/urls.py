from django.urls import path

from jiuye.portals.operator.outcomes import views

urlpatterns = [
    path("ops/outcomes", views.queue, name="ops_outcomes"),
    path("ops/outcomes/<uuid:application_id>", views.settle, name="ops_outcome_settle"),
]
