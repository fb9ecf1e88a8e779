"""Whether somebody works for an organisation today: asked of the authority, over real HTTP too."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytest_django.live_server_helper import LiveServer

from jiuye.adapters.authority_http import HttpVerificationAuthority
from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.verification import actions, queries
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.ids import new_id
from jiuye.ports import authority
from jiuye.ports.authority import AuthorityUnavailable
from jiuye.sandbox import people
from jiuye.sandbox.people import Person
from jiuye.sandbox.registers import codes
from tests.factories.accounts import actor, seeker
from tests.factories.sandbox import AUTHORITY_KEY, Sandbox, running_sandbox
from tests.factories.verification import Office, answer, id_number, real_name

SYSTEM = Actor.system()
FIRM = new_id()
NAME, CODE = "蓉江机械制造有限公司", codes.invented("91", "MACHK0001")


def ask(user: User, employer: str = NAME, credit_code: str = CODE, *, has_consented: bool = True) -> VerificationCase:
    case_id = actions.request_employment(
        actor(user), organisation_id=FIRM, employer=employer, credit_code=credit_code, has_consented=has_consented
    )
    return VerificationCase.objects.get(pk=case_id)


def state_at(user: User) -> str:
    found = queries.employment_at(user.pk, FIRM, for_owner=True)
    return found.state if found else "never asked"


class TestRequests:
    @pytest.fixture
    def named(self, lin: User) -> User:
        real_name(lin)
        return lin

    def test_the_authority_is_asked_about_today(self, named: User, office: Office) -> None:
        case = ask(named)
        actions.ask_authority(SYSTEM, case_id=case.pk)

        (sent,) = office.asked
        assert (sent.kind, sent.claims) == ("employment", {"employer": NAME, "credit_code": CODE})
        assert state_at(named) == "pending"

    def test_a_code_is_not_needed(self, named: User, office: Office) -> None:
        actions.ask_authority(SYSTEM, case_id=ask(named, credit_code="").pk)

        assert office.asked[0].claims == {"employer": NAME}

    def test_it_rests_on_a_recorded_consent(self, named: User) -> None:
        with pytest.raises(Invalid) as refused:
            ask(named, has_consented=False)
        assert "consent" in refused.value.fields
        assert state_at(named) == "never asked"

        case = ask(named)

        assert Consent.objects.get(pk=case.consent_id).scope["items"][0]["kind"] == "employed"

    def test_somebody_without_a_real_name_is_told_to_get_one(self, lin: User) -> None:
        with pytest.raises(Refused, match="实名"):
            ask(lin)
        assert not VerificationCase.objects.exists()

    def test_two_people_of_one_organisation_have_an_answer_each(self, named: User) -> None:
        other = seeker("赵明")
        real_name(other, number=id_number(1))
        actions.record_answer(SYSTEM, answer=answer(ask(named)))
        ask(other)

        assert (state_at(named), state_at(other)) == ("verified", "pending")

    def test_another_name_is_asked_about_at_once(self, named: User) -> None:
        wrong = ask(named, employer="蓉江机械有限公司")
        actions.record_answer(SYSTEM, answer=answer(wrong, "mismatched", ("employer", "蓉江机械有限公司", "")))
        with pytest.raises(Refused):
            ask(named, employer="蓉江机械有限公司")

        ask(named)

        assert state_at(named) == "pending"

    def test_an_answer_to_the_earlier_name_changes_nothing(self, named: User) -> None:
        wrong = ask(named, employer="蓉江机械有限公司")
        ask(named)

        assert not actions.record_answer(SYSTEM, answer=answer(wrong))
        assert state_at(named) == "pending"

    def test_a_confirmation_is_valid_until_the_next_verification_of_the_organisation(self, named: User) -> None:
        actions.record_answer(SYSTEM, answer=answer(ask(named)))

        with clock.frozen(clock.now() + timedelta(days=184)):
            assert state_at(named) == "expired"
            ask(named)
            assert state_at(named) == "pending"


ZHIXIA = next(person for person in people.ALL if person.name == "林知夏")
NOBODY = next(person for person in people.ALL if person.name == "叶美玲")


@pytest.mark.django_db(transaction=True)
class TestWithARealAuthority:
    @pytest.fixture
    def sandbox(self, tmp_path_factory: pytest.TempPathFactory, live_server: LiveServer) -> Iterator[Sandbox]:
        with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=live_server.url) as running:
            running.enter("enterprises", {"credit_code": CODE, "legal_name": ZHIXIA.employments[0].employer})
            yield running

    @pytest.fixture(autouse=True)
    def wired(self, sandbox: Sandbox, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """The real adapter, for this site and this office."""
        adapter = HttpVerificationAuthority(
            url=sandbox.authority_url, key=AUTHORITY_KEY, callback_url=f"{live_server.url}/callbacks/authority"
        )
        monkeypatch.setattr(authority, "get", lambda: adapter)

    def named(self, person: Person) -> User:
        user = seeker()
        real_name(user, person.name, person.id_number)
        return user

    def settled(self, user: User) -> str:
        eventually(lambda: state_at(user) != "pending")
        return state_at(user)

    def test_who_is_insured_there_today_is_verified(self) -> None:
        user = self.named(ZHIXIA)
        actions.ask_authority(SYSTEM, case_id=ask(user, ZHIXIA.employments[0].employer).pk)

        assert self.settled(user) == "verified"

    def test_the_code_of_another_employer_is_a_mismatch(self) -> None:
        user = self.named(ZHIXIA)
        other = codes.invented("91", "MACHK0002")
        actions.ask_authority(SYSTEM, case_id=ask(user, ZHIXIA.employments[0].employer, other).pk)

        assert self.settled(user) == "mismatched"

    def test_who_left_is_a_mismatch(self) -> None:
        user = self.named(ZHIXIA)
        actions.ask_authority(SYSTEM, case_id=ask(user, ZHIXIA.employments[-1].employer, "").pk)

        assert self.settled(user) == "mismatched"

    def test_who_is_insured_nowhere_has_no_record(self) -> None:
        user = self.named(NOBODY)
        actions.ask_authority(SYSTEM, case_id=ask(user, credit_code="").pk)

        assert self.settled(user) == "no_record"

    def test_an_authority_that_is_away_lets_nobody_in_and_is_asked_again(self, sandbox: Sandbox) -> None:
        sandbox.press("authority", outage=1)
        user = self.named(ZHIXIA)
        case = ask(user, ZHIXIA.employments[0].employer)
        with pytest.raises(AuthorityUnavailable):
            actions.ask_authority(SYSTEM, case_id=case.pk)
        assert state_at(user) == "pending"
        sandbox.release("authority")

        actions.ask_authority(SYSTEM, case_id=case.pk)

        assert self.settled(user) == "verified"


def eventually(happens: Callable[[], bool]) -> None:
    """Look until it has happened (at most ten seconds)."""
    for _ in range(200):
        if happens():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")
