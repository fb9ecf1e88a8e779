from django.urls import path

from jiuye.portals.operator.home import views

urlpatterns = [
    path("ops", views.home, name="ops_home"),
    path("ops/applications", views.overview, name="ops_applications"),
    path("ops/audit", views.audit_chain, name="ops_audit"),
]
