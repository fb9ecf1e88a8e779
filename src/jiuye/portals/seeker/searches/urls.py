from django.urls import path

from jiuye.portals.seeker.searches import followed_shops, views

urlpatterns = [
    path("me/searches", views.listing, name="saved_searches"),
    path("me/searches/new", views.new, name="save_search"),
    path("me/searches/<uuid:saved_search_id>", views.change, name="saved_search"),
    path("me/searches/<uuid:saved_search_id>/open", views.go_there, name="open_search"),
    path("me/searches/<uuid:saved_search_id>/delete", views.delete, name="delete_search"),
    path("me/following", followed_shops.listing, name="following"),
    path("me/following/again", followed_shops.again, name="follow_again"),
    path("me/following/<uuid:saved_search_id>/stop", followed_shops.stop, name="unfollow"),
    path("alerts/stop/<str:token>", views.stop, name="stop_alerts"),
]
