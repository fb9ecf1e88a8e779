"""The site's URLs. Each feature lists its routes beside its views."""

from django.urls import include, path

from jiuye.kernel.http import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("api/v1/", include("jiuye.api.v1.urls")),
    path("callbacks/", include("jiuye.api.callbacks.urls")),
    path("", include("jiuye.portals.seeker.home.urls")),
    path("", include("jiuye.portals.seeker.jobs.urls")),
    path("", include("jiuye.portals.seeker.applications.urls")),
    path("", include("jiuye.portals.seeker.agencies.urls")),
    path("", include("jiuye.portals.seeker.fairs.urls")),
    path("", include("jiuye.portals.seeker.policies.urls")),
    path("", include("jiuye.portals.seeker.feedback.urls")),
    path("", include("jiuye.portals.seeker.pages.urls")),
    path("", include("jiuye.portals.seeker.app.urls")),
    path("", include("jiuye.portals.seeker.sitemap.urls")),
    path("", include("jiuye.portals.seeker.login.urls")),
    path("", include("jiuye.portals.seeker.sso.urls")),
    path("", include("jiuye.portals.seeker.membership.urls")),
    path("", include("jiuye.portals.seeker.me.urls")),
    path("", include("jiuye.portals.seeker.security.urls")),
    path("", include("jiuye.portals.seeker.privacy.urls")),
    path("", include("jiuye.portals.seeker.recommendations.urls")),
    path("", include("jiuye.portals.seeker.erasure.urls")),
    path("", include("jiuye.portals.seeker.invitations.urls")),
    path("", include("jiuye.portals.seeker.resume.urls")),
    path("", include("jiuye.portals.seeker.records.urls")),
    path("", include("jiuye.portals.seeker.reports.urls")),
    path("", include("jiuye.portals.seeker.compare.urls")),
    path("", include("jiuye.portals.seeker.reviews.urls")),
    path("", include("jiuye.portals.seeker.notifications.urls")),
    path("", include("jiuye.portals.seeker.searches.urls")),
    path("", include("jiuye.portals.agency.imports.urls")),
    path("", include("jiuye.portals.agency.dashboard.urls")),
    path("", include("jiuye.portals.agency.jobs.urls")),
    path("", include("jiuye.portals.agency.applications.urls")),
    path("", include("jiuye.portals.agency.resumes.urls")),
    path("", include("jiuye.portals.agency.shop.urls")),
    path("", include("jiuye.portals.agency.fairs.urls")),
    path("", include("jiuye.portals.agency.reviews.urls")),
    path("", include("jiuye.portals.agency.employers.urls")),
    path("", include("jiuye.portals.agency.members.urls")),
    path("", include("jiuye.portals.agency.notifications.urls")),
    path("", include("jiuye.portals.employer.home.urls")),
    path("", include("jiuye.portals.operator.home.urls")),
    path("", include("jiuye.portals.operator.postings.urls")),
    path("", include("jiuye.portals.operator.reports.urls")),
    path("", include("jiuye.portals.operator.channels.urls")),
    path("", include("jiuye.portals.operator.people.urls")),
    path("", include("jiuye.portals.operator.feedback.urls")),
    path("", include("jiuye.portals.operator.outcomes.urls")),
    path("", include("jiuye.portals.operator.policies.urls")),
    path("", include("jiuye.design.urls")),
]

handler400 = "jiuye.portals.errors.bad_request"
handler404 = "jiuye.portals.errors.not_found"
handler500 = "jiuye.portals.errors.server_error"
