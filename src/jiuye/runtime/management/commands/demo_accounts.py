"""`./jiuye manage demo_accounts`: print the accounts of the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.runtime.demo import second_factor
from jiuye.runtime.demo.audits import SECOND_AUDITOR
from jiuye.runtime.demo.channels import SECURITY_ADMIN
from jiuye.runtime.demo.editors import EDITOR
from jiuye.runtime.demo.feedback import SUPPORT
from jiuye.runtime.demo.members import INVITED, SECOND_EMPLOYER
from jiuye.runtime.demo.names import phone
from jiuye.runtime.demo.operators import OWNER as OPERATORS_OWNER
from jiuye.runtime.demo.organisations import AGENCIES

# The order in which the demonstration creates people: three staff for each agency, the operator, the employer's
# owner, seekers.
ACCOUNTS = (
    ("求职者", AGENCIES * 3 + 3),
    ("职介管理员", 1),
    ("职介招聘专员", 2),
    ("职介只读成员", 3),
    ("招聘企业", AGENCIES * 3 + 2),
    ("另一家招聘企业", SECOND_EMPLOYER),
    ("受邀加入职介的人", INVITED),
    ("平台审核员", AGENCIES * 3 + 1),
    ("另一位审核员", SECOND_AUDITOR),
    ("安全管理员", SECURITY_ADMIN),
    ("客服", SUPPORT),
    ("内容编辑", EDITOR),
    ("平台管理员", OPERATORS_OWNER),
)


class Command(BaseCommand):
    help = "Print the demonstration's accounts, a line each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print nothing if there is no demonstration."""
        indexes = {phone_index(phone(number)): label for label, number in ACCOUNTS}
        people = {user.phone_index: user for user in User.objects.filter(phone_index__in=indexes)}
        if len(people) < len(indexes) or not Membership.objects.exists():
            return
        for index, label in indexes.items():
            person = people[index]
            note = f"　（{second_factor.NOTE}）" if queries.has_second_factor(person.id) else ""
            self.stdout.write(f"{label}　{person.phone}　{person.name}{note}")
