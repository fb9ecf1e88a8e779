"""URLs that external services know; a change must be agreed with them."""

from django.urls import path

from jiuye.api.callbacks import views

app_name = "callbacks"
urlpatterns = [
    path("authority", views.authority, name="authority"),
    path("sms-receipts", views.sms_receipts, name="sms-receipts"),
]
