from django.urls import path

from jiuye.portals.seeker.verification import views

urlpatterns = [
    path("me/resume/verify", views.verify, name="resume_verify"),
    path("me/resume/prefill", views.prefill, name="resume_prefill"),
    path("me/real-name", views.real_name, name="real_name"),
]
