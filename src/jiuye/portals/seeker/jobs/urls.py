from django.urls import path

from jiuye.portals.seeker.jobs import leave_out, near, share, suggestions, views

urlpatterns = [
    path("jobs", views.search, name="jobs"),
    path("jobs/suggestions", suggestions.suggest, name="suggest"),
    path("me/leave-out", leave_out.page, name="leave_out"),
    path("jobs/near", near.choose, name="jobs_near"),
    path("jobs/near/forget", near.forget, name="jobs_near_forget"),
    path("jobs/<uuid:posting_id>", views.detail, name="job"),
    path("jobs/<uuid:posting_id>/distance", near.how_far, name="job_distance"),
    path("jobs/<uuid:posting_id>/qr.svg", share.qr, name="job_qr"),
]
