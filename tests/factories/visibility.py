"""People who show their resumes to agencies, and agencies that look for them."""

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.resumes.actions.visibility import choose_visibility
from jiuye.domains.resumes.models import Resume
from tests.factories import accounts, organisations, reference, resumes

SICHUAN = "510000"


def show(user: User, *places: str) -> None:
    """The person shows their resume to agencies in these places; in Sichuan when none is named."""
    choose_visibility(accounts.actor(user), level="agencies", places=places or (SICHUAN,), consented=True)


def shown_seeker(name: str = "林小满", *places: str) -> User:
    """Somebody with a whole resume who shows it."""
    user = accounts.seeker(name)
    resumes.whole_resume(user)
    own = Resume.objects.get(user=user)
    own.name = name
    own.save(update_fields=["name"])
    show(user, *places)
    return user


def resume_of(user: User) -> Resume:
    """The person's resume."""
    return Resume.objects.get(user=user)


def agency_elsewhere() -> Agency:
    """An agency in 上海浦东."""
    return organisations.agency(region=reference.region("310115"), legal_name="浦江示例人力资源有限公司")
