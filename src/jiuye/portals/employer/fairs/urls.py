from django.urls import path

from jiuye.portals.employer.fairs import views

urlpatterns = [path("employer/fairs", views.listing, name="employer_fairs")]
