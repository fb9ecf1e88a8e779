"""`./jiuye manage appoint_operator PHONE ROLE`: the platform's first administrators, before two can confirm each other's requests."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.states import OPERATOR_ROLES
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused


class Command(BaseCommand):
    """Anyone who can run this can write the database anyway; the audit log says that it was done on the server."""

    help = "Give a person who has signed in once a role at the platform, while it has fewer than two administrators. Audited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The phone number to sign in with, and the role."""
        parser.add_argument("phone")
        parser.add_argument("role", choices=[str(role) for role in OPERATOR_ROLES])

    def handle(self, *args: Any, phone: str, role: str, **options: Any) -> None:
        """Raises CommandError for an invalid or unknown number, and if two administrators can do it."""
        try:
            actions.appoint_operator(Actor.system(), phone=phone, role=role)
        except Invalid as error:
            raise CommandError("; ".join(error.fields.values())) from None
        except NotFound:
            raise CommandError("nobody has signed in with this phone yet") from None
        except Refused as error:
            raise CommandError(error.message) from None
        self.stdout.write("appointed; further changes are made at /ops/staff by two administrators")
