"""Operations of an agency's clients: everything that its portal does."""

from jiuye.api.v1.agency import (
    affiliations,
    applications,
    batches,
    fairs,
    imports,
    interviews,
    jobs,
    members,
    onboarding,
    resumes,
    reviews,
    shop,
    usage,
    webhooks,
)

ROUTERS = [
    batches.router,
    jobs.router,
    imports.router,
    applications.router,
    resumes.router,
    interviews.router,
    onboarding.router,
    fairs.router,
    reviews.router,
    affiliations.router,
    members.router,
    shop.router,
    webhooks.router,
    usage.router,
]
