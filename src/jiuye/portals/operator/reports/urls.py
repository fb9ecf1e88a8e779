from django.urls import path

from jiuye.portals.operator.reports import views

urlpatterns = [
    path("ops/reports", views.queue, name="ops_reports"),
    path("ops/reports/<uuid:posting_id>", views.detail, name="ops_report"),
    path("ops/reports/<uuid:posting_id>/decide", views.decide, name="ops_report_decide"),
]
