"""Checks of what invented people state."""

from datetime import date
from typing import Any
from uuid import UUID

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.accounts.states import RealNameSource
from jiuye.domains.verification import actions
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.identifiers import resident_check_character
from jiuye.kernel.ids import new_id
from jiuye.ports.authority import CheckAnswer, CheckRequest, Difference
from tests.factories.accounts import actor

JOB = {"employer": "蓉江机械制造有限公司", "start": "2018-07", "end": "2024-03"}


def id_number(serial: int = 0, born: date = date(1995, 3, 8)) -> str:
    """A resident ID number that passes every check; sequences of a whole prefecture were given to nobody."""
    first = f"510100{born:%Y%m%d}{serial:03d}"
    return first + resident_check_character(first)


def real_name(user: User, name: str = "林小满", number: str = "") -> RealName:
    """The person as their card names them."""
    number = number or id_number()
    return RealName.objects.create(
        user=user,
        name=name,
        id_number=number,
        id_number_index=blind_index(number, "id-number"),
        source=RealNameSource.CARD,
        verified_at=clock.now(),
    )


def item(subject_id: UUID | None = None, kind: CheckKind = CheckKind.EMPLOYMENT, **claims: str) -> actions.Item:
    """A job to be checked."""
    return actions.Item(kind, subject_id or new_id(), claims or JOB)


def asked(user: User, one: actions.Item | None = None) -> VerificationCase:
    """An open question about one item."""
    [case_id] = actions.request(
        actor(user), items=[one or item()], name="林小满", id_number=id_number(), has_consented=True
    )
    return VerificationCase.objects.get(pk=case_id)


def answer(case: VerificationCase, outcome: Any = "verified", *differences: tuple[str, str, str]) -> CheckAnswer:
    """What the authority might say now."""
    return CheckAnswer(
        str(case.id),
        outcome,
        "社会保险参保记录",
        clock.now().isoformat(),
        tuple(Difference(*one) for one in differences),
    )


class Office:
    """A records office in the test's hand: what it was asked, and what it answers or raises."""

    def __init__(self) -> None:
        self.asked: list[CheckRequest] = []
        self.answers: dict[str, CheckAnswer] = {}
        self.trouble: Exception | None = None

    def ask(self, request: CheckRequest) -> None:
        if self.trouble:
            raise self.trouble
        self.asked.append(request)

    def fetch(self, request_id: str) -> CheckAnswer | None:
        if self.trouble:
            raise self.trouble
        return self.answers.get(request_id)
