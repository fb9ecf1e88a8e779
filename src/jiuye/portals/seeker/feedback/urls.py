from django.urls import path

from jiuye.portals.seeker.feedback import views

_one = "feedback/<str:number>"
urlpatterns = [
    path("feedback", views.ask, name="feedback"),
    path("feedback/sent", views.sent, name="feedback_sent"),
    path("feedback/look-up", views.look_up, name="feedback_look_up"),
    path(_one, views.detail, name="feedback_one"),
    path(f"{_one}/more", views.more, name="feedback_more"),
    path(f"{_one}/rate", views.rate, name="feedback_rate"),
    path(f"{_one}/finish", views.finish, name="feedback_finish"),
    path(f"{_one}/files/<uuid:file_id>", views.file, name="feedback_file"),
    path("me/feedback", views.mine, name="my_feedback"),
    path("me/feedback/<str:number>", views.my_own, name="my_feedback_one"),
]
