from django.urls import path

from jiuye.portals.seeker.reviews import views

urlpatterns = [
    path("agencies/<uuid:agency_id>/review", views.review, name="review_agency"),
    path("agencies/<uuid:agency_id>/review/delete", views.delete, name="delete_review"),
    path("reviews/<uuid:review_id>/report", views.report, name="report_review"),
    path("me/reviews", views.mine, name="my_reviews"),
]
