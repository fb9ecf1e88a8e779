from django.urls import path

from jiuye.portals.seeker.agencies import views

urlpatterns = [
    path("agencies", views.list_all, name="agencies"),
    path("agencies/<uuid:agency_id>", views.detail, name="agency"),
    path("agencies/<uuid:agency_id>/pictures/<uuid:picture_id>", views.picture, name="agency_picture"),
]
