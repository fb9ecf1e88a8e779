from django.urls import path

from jiuye.portals.agency.reviews import views

urlpatterns = [
    path("agency/reviews", views.list_all, name="agency_reviews"),
    path("agency/reviews/<uuid:review_id>/reply", views.reply, name="agency_review_reply"),
]
