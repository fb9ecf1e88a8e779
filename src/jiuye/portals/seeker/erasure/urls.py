from django.urls import path

from jiuye.portals.seeker.erasure import views

urlpatterns = [
    path("me/privacy/erase", views.erase, name="erase_account"),
    path("me/privacy/erase/cancel", views.cancel, name="keep_account"),
]
