from django.urls import path

from jiuye.portals.agency.shop import views

urlpatterns = [
    path("agency/shop", views.shop, name="agency_shop"),
    path("agency/shop/edit", views.edit, name="agency_shop_edit"),
    path("agency/shop/sections/<slug:section>", views.section, name="agency_shop_section"),
    path("agency/shop/pictures", views.pictures, name="agency_shop_pictures"),
    path("agency/shop/pictures/<uuid:picture_id>/delete", views.delete_picture, name="agency_shop_picture_delete"),
    path("agency/shop/<uuid:agency_id>/pictures/<uuid:picture_id>", views.picture, name="agency_shop_picture"),
]
