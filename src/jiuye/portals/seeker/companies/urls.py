from django.urls import path

from jiuye.portals.seeker.companies import views

urlpatterns = [path("companies/<uuid:employer_id>", views.detail, name="company")]
