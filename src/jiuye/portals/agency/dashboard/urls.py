from django.urls import path

from jiuye.portals.agency.dashboard import views

urlpatterns = [path("agency", views.home, name="agency_home")]
