"""`./jiuye manage reset_second_factor PHONE`: let in an operator who has lost their phone and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.domains.accounts import actions, queries
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound


class Command(BaseCommand):
    """For use when no other security administrator can do it. Anyone who can run this can read the whole database anyway."""

    help = (
        "Take away a person's second factor and end their sessions; they set it up again at the next sign-in. Audited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The phone number to sign in with, and the reason."""
        parser.add_argument("phone")
        parser.add_argument("--reason", default="reset on the server")

    def handle(self, *args: Any, phone: str, reason: str, **options: Any) -> None:
        """Raises CommandError for an invalid number, an unknown one, or a person without a second factor."""
        try:
            person = queries.person_by_phone(phone)
            actions.reset_second_factor(Actor.system(), person_id=person, reason=reason)
        except Invalid as error:
            raise CommandError("; ".join(error.fields.values())) from None
        except NotFound:
            raise CommandError("nobody with a second factor signs in with this phone") from None
        self.stdout.write("the second factor is reset; all sessions of this person have ended")
