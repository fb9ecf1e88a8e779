from django.urls import path

from jiuye.portals.operator.feedback import views

_one = "ops/feedback/<uuid:feedback_id>"
urlpatterns = [
    path("ops/feedback", views.queue, name="ops_feedback"),
    path(_one, views.detail, name="ops_feedback_one"),
    path(f"{_one}/answer", views.answer, name="ops_feedback_answer"),
    path(f"{_one}/note", views.note, name="ops_feedback_note"),
    path(f"{_one}/claim", views.claim, name="ops_feedback_claim"),
    path(f"{_one}/release", views.release, name="ops_feedback_release"),
    path(f"{_one}/close", views.close, name="ops_feedback_close"),
    path(f"{_one}/files/<uuid:file_id>", views.file, name="ops_feedback_file"),
]
