from django.urls import path

from jiuye.portals.seeker.login import views

app_name = "login"
urlpatterns = [
    path("login", views.start, name="start"),
    path("login/code", views.check, name="check"),
    path("login/again", views.again, name="again"),
    path("login/delivery", views.delivery, name="delivery"),
    path("login/where", views.where, name="where"),
    path("logout", views.leave, name="leave"),
]
