from django.urls import path

from jiuye.portals.seeker.compare import views

urlpatterns = [path("compare", views.compare, name="compare")]
