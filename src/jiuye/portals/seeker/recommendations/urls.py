from django.urls import path

from jiuye.portals.seeker.recommendations import views

urlpatterns = [
    path("home/for-you", views.for_you, name="for_you"),
    path("me/privacy/recommendations", views.page, name="recommendations"),
]
