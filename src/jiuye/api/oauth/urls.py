"""Routes of the authorization server."""

from django.urls import path

from jiuye.api.oauth import views

urlpatterns = [
    path("oauth/token", views.token, name="oauth-token"),
    path(".well-known/oauth-authorization-server", views.metadata, name="oauth-metadata"),
]
