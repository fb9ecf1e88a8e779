from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "jiuye.domains.reviews"
    label = "reviews"
