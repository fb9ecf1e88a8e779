from django.urls import path

from jiuye.portals.operator.reviews import views

urlpatterns = [
    path("ops/reviews", views.queue, name="ops_reviews"),
    path("ops/reviews/<uuid:review_id>", views.detail, name="ops_review"),
    path("ops/reviews/<uuid:review_id>/decide", views.decide, name="ops_review_decide"),
]
