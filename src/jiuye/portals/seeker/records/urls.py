from django.urls import path

from jiuye.portals.seeker.records import views

urlpatterns = [
    path("jobs/<uuid:posting_id>/actions", views.job_actions, name="job_actions"),
    path("jobs/<uuid:posting_id>/save", views.save, name="save_job"),
    path("jobs/<uuid:posting_id>/viewed", views.viewed, name="job_viewed"),
    path("me/saved", views.saved, name="saved_jobs"),
    path("me/saved/seen", views.acknowledge, name="saved_job_seen"),
    path("me/history", views.history, name="browsing_history"),
    path("me/history/forget", views.forget, name="forget_history"),
    path("me/history/pause", views.pause, name="pause_history"),
]
