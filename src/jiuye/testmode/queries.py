"""Read the test data of a client: its seekers, its clock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.applications.models import Application
from jiuye.kernel import clock, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound
from jiuye.testmode.values import SEEKERS, Seeker


@dataclass(frozen=True, slots=True)
class PresentSeeker:
    """A seeker as the test data have it. `person_id` None: erased."""

    seeker: Seeker
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in the test data and the real one."""

    now: datetime
    real: datetime


def require_test_mode() -> UUID:
    """Return the client whose test data is in use. Raises `Denied` (test_mode_only) in the live world."""
    client_id = worlds.current_client()
    if client_id is None:
        raise Denied("这个接口只在测试模式下能用，请换用测试密钥（jya_test_ 开头）。", code="test_mode_only")
    return client_id


def seekers() -> list[PresentSeeker]:
    """Return the seekers with magic values. One query."""
    indexes = {phone_index(one.phone): one for one in SEEKERS}
    rows = User.objects.filter(phone_index__in=indexes, test_client_id=require_test_mode(), erased_at=None)
    known = dict(rows.values_list("phone_index", "pk"))
    return [PresentSeeker(one, known.get(index)) for index, one in indexes.items()]


def seeker_with(phone: str) -> Actor:
    """Return the seeker with this phone as an actor. Raises `Invalid` (phone)."""
    for one in seekers():
        if one.seeker.phone == phone and one.person_id:
            return Actor(person_id=one.person_id)
    raise Invalid({"phone": "测试数据里没有这个手机号，请用 GET /test/values 列出的，或先重置测试数据。"})


def applicant_of(application_id: UUID) -> Actor:
    """Return the applicant of an application of test data as an actor. Raises `NotFound`."""
    rows = Application.objects.filter(pk=application_id, test_client_id=require_test_mode())
    person_id = rows.values_list("applicant_id", flat=True).first()
    if person_id is None:
        raise NotFound
    return Actor(person_id=person_id)


def consent_of(application_id: UUID) -> UUID:
    """Return the id of the consent under which the resume was sent. Raises `NotFound`."""
    consent_id = Application.objects.filter(pk=application_id).values_list("consent_id", flat=True).first()
    if consent_id is None:
        raise NotFound
    return consent_id


def present_clock() -> Clock:
    """Return the clock of the test data."""
    require_test_mode()
    return Clock(clock.now(), clock.real_now())
