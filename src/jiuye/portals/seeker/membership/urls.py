from django.urls import path

from jiuye.portals.seeker.membership import invitations, requests

app_name = "membership"
_invitation = "join/invitations/<str:token>"
urlpatterns = [
    path("join/existing", requests.existing, name="existing"),
    path("join/existing/<uuid:request_id>/withdraw", requests.withdraw, name="withdraw"),
    path(_invitation, invitations.show, name="invitation"),
    path(f"{_invitation}/accept", invitations.accept, name="accept"),
    path(f"{_invitation}/change-account", invitations.change_account, name="change_account"),
]
