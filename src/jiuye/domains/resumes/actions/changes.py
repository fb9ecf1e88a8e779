"""Steps before and after every change of a resume."""

from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import policies
from jiuye.domains.resumes.actions.versions import keep_version
from jiuye.domains.resumes.events import ResumeChanged
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.states import VersionCause
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired


def lock(actor: Actor) -> Resume:
    """Return the actor's resume under a row lock, creating it if there is none. Call it in a transaction.

    Raises `SignInRequired` for anonymous actors and `NotFound` for an erased account.
    """
    if actor.person_id is None:
        raise SignInRequired
    resume = _locked(actor.person_id)
    if resume is None:
        user = User.objects.filter(pk=actor.person_id, erased_at=None).first()
        if user is None:
            raise NotFound
        moment = clock.now()
        fresh = Resume(user=user, name=user.name, created_at=moment, updated_at=moment)
        Resume.objects.bulk_create([fresh], ignore_conflicts=True)  # two concurrent first saves create one resume
        resume = _locked(actor.person_id)
    if resume is None:
        raise NotFound
    return resume


def begin_change(actor: Actor, cause: VersionCause = VersionCause.EDIT) -> Resume:
    """Return the actor's resume under a row lock and keep its present state as a version. Call it in a transaction. Raises as `lock`."""
    resume = lock(actor)
    keep_version(resume, cause)
    return resume


def _locked(user_id: UUID) -> Resume | None:
    return Resume.objects.select_for_update().filter(user_id=user_id).first()


def settle(actor: Actor, resume: Resume, part: str) -> None:
    """Update completeness and time, publish the event, and audit that `part` was changed (without its content)."""
    resume.completeness = policies.completeness(policies.missing_parts(load_view(resume.user_id)))
    resume.updated_at = clock.now()
    resume.save(update_fields=["completeness", "updated_at"])
    events.publish(actor, ResumeChanged(user_id=resume.user_id, resume_id=resume.id))
    audit.record(actor, "resume.change", resume.id, part=part)
