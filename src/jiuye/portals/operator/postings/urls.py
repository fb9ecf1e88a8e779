from django.urls import path

from jiuye.portals.operator.postings import views

_one = "ops/postings/<uuid:posting_id>"
urlpatterns = [
    path("ops/postings", views.queue, name="ops_postings"),
    path(_one, views.detail, name="ops_posting"),
    path(f"{_one}/approve", views.approve, name="ops_posting_approve"),
    path(f"{_one}/reject", views.reject, name="ops_posting_reject"),
]
