from django.urls import path

from jiuye.portals.operator.channels import keys, views

_one = "ops/channels/<uuid:channel_id>"
urlpatterns = [
    path("ops/channels", views.listing, name="ops_channels"),
    path("ops/channels/new", views.register, name="ops_channel_new"),
    path(_one, views.detail, name="ops_channel"),
    path(f"{_one}/edit", views.edit, name="ops_channel_edit"),
    path(f"{_one}/enable", views.enable, name="ops_channel_enable"),
    path(f"{_one}/disable", views.disable, name="ops_channel_disable"),
    path(f"{_one}/keys", keys.issue, name="ops_channel_key_new"),
    path(f"{_one}/keys/<uuid:key_id>/revoke", keys.revoke, name="ops_channel_key_revoke"),
]
