from django.urls import path

from jiuye.portals.seeker.policies import views

urlpatterns = [
    path("policies", views.list_all, name="policies"),
    path("policies/<uuid:policy_id>", views.detail, name="policy"),
]
