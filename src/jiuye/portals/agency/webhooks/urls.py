from django.urls import path

from jiuye.portals.agency.webhooks import deliveries, secrets, views

_one = "agency/webhooks/<uuid:endpoint_id>"
_delivery = f"{_one}/deliveries/<uuid:delivery_id>"
urlpatterns = [
    path("agency/webhooks", views.listing, name="agency_webhooks"),
    path("agency/webhooks/new", views.create, name="agency_webhook_new"),
    path("agency/webhooks/verify", secrets.verify, name="agency_webhook_verify"),
    path(_one, views.detail, name="agency_webhook"),
    path(f"{_one}/edit", views.edit, name="agency_webhook_edit"),
    path(f"{_one}/delete", views.delete, name="agency_webhook_delete"),
    path(f"{_one}/pause", views.pause, name="agency_webhook_pause"),
    path(f"{_one}/resume", views.resume, name="agency_webhook_resume"),
    path(f"{_one}/secret", secrets.secret, name="agency_webhook_secret"),
    path(f"{_one}/secret/replace", secrets.replace, name="agency_webhook_replace_secret"),
    path(f"{_one}/test", deliveries.test, name="agency_webhook_test"),
    path(f"{_one}/deliveries", deliveries.listing, name="agency_webhook_deliveries"),
    path(_delivery, deliveries.detail, name="agency_webhook_delivery"),
    path(f"{_delivery}/resend", deliveries.resend, name="agency_webhook_resend"),
    path(f"{_one}/replay", deliveries.replay, name="agency_webhook_replay"),
    path(f"{_one}/replays/<uuid:replay_id>", deliveries.progress, name="agency_webhook_progress"),
]
