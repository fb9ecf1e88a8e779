from django.urls import path

from jiuye.portals.seeker.fairs import views

urlpatterns = [
    path("fairs", views.list_all, name="fairs"),
    path("fairs/<uuid:fair_id>", views.detail, name="fair"),
]
