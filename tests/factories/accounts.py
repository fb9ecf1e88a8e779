"""People: the cast of the tests. Lin looks for work; others are made as a test needs them."""

from itertools import count
from uuid import UUID

import pyotp
from django.conf import settings
from django.test import Client

from jiuye.domains.accounts import sessions
from jiuye.domains.accounts.models import Authenticator, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.accounts.session_store import SessionStore
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor

IP = "192.0.2.1"  # of everybody
_numbers = count(1)


def unsaved_person(name: str = "", phone: str = "") -> User:
    """Somebody who has signed in once, to be saved with others. Numbers are of 13800……, made up."""
    phone = phone or f"138{next(_numbers):08d}"
    return User(name=name, phone=phone, phone_index=phone_index(phone), created_at=clock.now())


def person(name: str = "", phone: str = "") -> User:
    """Somebody who has signed in once."""
    user = unsaved_person(name, phone)
    user.save(force_insert=True)
    return user


def seeker(name: str = "林小满") -> User:
    """Somebody who looks for work."""
    return person(name)


def member(
    organisation_id: UUID,
    kind: str = "agency",
    role: str = "recruiter",
    user: User | None = None,
    *,
    with_second_factor: bool | None = None,
) -> User:
    """Somebody who works for an organisation since today; operators have a second factor, others when asked for."""
    user = user or person("何经办")
    Membership.objects.create(
        user=user, organisation_id=organisation_id, organisation_kind=kind, role=role, created_at=clock.now()
    )
    if with_second_factor if with_second_factor is not None else kind == "platform":
        authenticator(user)
    return user


def authenticator(user: User) -> Authenticator:
    """The person's authenticator app, set up; `app_code` says what it shows."""
    moment = clock.now()
    row, _ = Authenticator.objects.get_or_create(
        user=user, defaults={"secret": pyotp.random_base32(), "created_at": moment, "confirmed_at": moment}
    )
    return row


def app_code(user: User, steps: int = 0) -> str:
    """What the person's app shows now, or `steps` of thirty seconds later."""
    app = pyotp.TOTP(Authenticator.objects.get(user=user).secret)
    return app.generate_otp(int(clock.now().timestamp()) // app.interval + steps)


def actor(user: User) -> Actor:
    """The person as such."""
    return Actor(person_id=user.pk, ip=IP)


def staff_actor(user: User) -> Actor:
    """The person as staff of the organisation for which they work."""
    place = Membership.objects.get(user=user, ended_at=None)
    return Actor(user.pk, place.organisation_id, place.organisation_kind, place.role, IP)


def browser(
    user: User | None = None, *, checks_csrf: bool = False, confirmed: bool = False, second_factor: bool = True
) -> Client:
    """A browser, signed in when a person is given.

    `second_factor`: they have passed it, where they have one. `confirmed`: they have just proved who they are.
    """
    client = Client(enforce_csrf_checks=checks_csrf)
    if user:
        session = SessionStore()
        session[sessions.PERSON] = str(user.pk)
        if second_factor:
            session[sessions.SECOND_FACTOR] = clock.now().isoformat()
        if confirmed:
            session[sessions.CONFIRMED] = clock.now().isoformat()
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
