from django.urls import path

from jiuye.portals.seeker.invitations import views

app_name = "my_invitations"
urlpatterns = [
    path("me/invitations", views.list_mine, name="home"),
    path("me/invitations/<uuid:invitation_id>/answer", views.answer, name="answer"),
]
