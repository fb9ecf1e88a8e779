from django.urls import path

from jiuye.portals.seeker.reports import views

urlpatterns = [
    path("jobs/<uuid:posting_id>/report", views.report, name="report_job"),
    path("me/reports", views.mine, name="my_reports"),
]
