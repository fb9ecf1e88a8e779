from django.urls import path

from jiuye.portals.seeker.privacy import centre, export, visibility

app_name = "my_privacy"
urlpatterns = [
    path("me/privacy", centre.home, name="home"),
    path("me/privacy/consents", centre.consents, name="consents"),
    path("me/privacy/consents/<uuid:consent_id>/withdraw", centre.withdraw, name="consent_withdraw"),
    path("me/privacy/visibility", visibility.page, name="visibility"),
    path("me/privacy/block/<str:kind>/<uuid:organisation_id>", visibility.block, name="block"),
    path("me/privacy/block-by-name", visibility.block_by_name, name="block_by_name"),
    path("me/privacy/blocks/<uuid:block_id>/remove", visibility.unblock, name="unblock"),
    path("me/privacy/export", export.page, name="export"),
    path("me/privacy/export/progress", export.progress, name="export_progress"),
    path("me/privacy/export/request", export.ask, name="export_request"),
    path("me/privacy/export/<uuid:export_id>/download", export.download, name="export_download"),
]
