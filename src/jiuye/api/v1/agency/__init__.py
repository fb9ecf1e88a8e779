"""Operations of an agency's clients: everything that its portal does."""

from jiuye.api.v1.agency import (
    affiliations,
    application_notes,
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
    sent_resumes,
    shop,
    usage,
    webhooks,
)

ROUTERS = [
    batches.router,
    jobs.router,
    imports.router,
    applications.router,
    sent_resumes.router,
    application_notes.router,
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
