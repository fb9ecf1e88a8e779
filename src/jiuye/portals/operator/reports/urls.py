from django.urls import path

from jiuye.portals.operator.reports import views
from jiuye.portals.operator.reports.subjects import POSTING, REVIEW

_posting, _review = "ops/reports/<uuid:subject_id>", "ops/reports/reviews/<uuid:subject_id>"
urlpatterns = [
    path("ops/reports", views.queue, name="ops_reports"),
    path(_posting, views.detail, {"subject": POSTING}, name="ops_report"),
    path(f"{_posting}/decide", views.decide, {"subject": POSTING}, name="ops_report_decide"),
    path(_review, views.detail, {"subject": REVIEW}, name="ops_review"),
    path(f"{_review}/decide", views.decide, {"subject": REVIEW}, name="ops_review_decide"),
    # The former addresses of reported reviews, for bookmarks and links in messages.
    path("ops/reviews", views.moved, name="ops_reviews_moved"),
    path("ops/reviews/<uuid:subject_id>", views.moved, name="ops_review_moved"),
    path("ops/reviews/<uuid:subject_id>/decide", views.decide, {"subject": REVIEW}, name="ops_review_decide_moved"),
]
