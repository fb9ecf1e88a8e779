from django.urls import path

from jiuye.portals.agency.shop import views

urlpatterns = [
    path("agency/shop", views.shop, name="agency_shop"),
    path("agency/shop/edit", views.edit, name="agency_shop_edit"),
]
