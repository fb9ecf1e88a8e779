from django.urls import path

from jiuye.portals.seeker.sitemap import views

urlpatterns = [
    path("sitemap.xml", views.index, name="sitemap"),
    path("sitemap/pages.xml", views.pages, name="sitemap_pages"),
    path("sitemap/jobs/<uuid:start>.xml", views.jobs_part, name="sitemap_jobs"),
]
