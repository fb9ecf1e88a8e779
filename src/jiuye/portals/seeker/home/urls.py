from django.urls import path

from jiuye.portals.seeker.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("home/fresh", views.fresh, name="fresh"),
    path("home/near", views.near, name="fresh_near"),
]
