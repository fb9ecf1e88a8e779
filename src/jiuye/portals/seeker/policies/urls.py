from django.urls import path

from jiuye.portals.seeker.policies import views

_one = "policies/<uuid:policy_id>"
urlpatterns = [
    path("policies", views.list_all, name="policies"),
    path(_one, views.detail, name="policy"),
    path(f"{_one}/check", views.check, name="policy_check"),
    path(f"{_one}/files/<uuid:file_id>", views.file, name="policy_file"),
]
