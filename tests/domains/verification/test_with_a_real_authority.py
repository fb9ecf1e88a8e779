"""The whole way over real HTTP: the sandbox's authority is asked, and answers by signed callback or when asked again."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytest_django.live_server_helper import LiveServer

from jiuye.adapters.authority_http import HttpVerificationAuthority
from jiuye.domains.accounts.models import User
from jiuye.domains.verification import actions, queries
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.ports import authority
from jiuye.ports.authority import AuthorityUnavailable
from jiuye.sandbox import people
from tests.factories.accounts import actor, seeker
from tests.factories.sandbox import AUTHORITY_KEY, Sandbox, running_sandbox

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system()
ZHIXIA = next(person for person in people.ALL if person.name == "林知夏")
JOB = ZHIXIA.employments[-1]


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, live_server: LiveServer) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=live_server.url) as running:
        yield running


@pytest.fixture(autouse=True)
def wired(office: Sandbox, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real adapter, for this site and this office."""
    adapter = HttpVerificationAuthority(
        url=office.authority_url, key=AUTHORITY_KEY, callback_url=f"{live_server.url}/callbacks/authority"
    )
    monkeypatch.setattr(authority, "get", lambda: adapter)


def ask(user: User, employer: str = JOB.employer) -> VerificationCase:
    """ZHIXIA's former job, at this employer."""
    claims = {"employer": employer, "start": JOB.start, "end": JOB.end}
    [case_id] = actions.request(
        actor(user),
        items=[actions.Item(CheckKind.EMPLOYMENT, new_id(), claims)],
        name=ZHIXIA.name,
        id_number=ZHIXIA.id_number,
        has_consented=True,
    )
    actions.ask_authority(SYSTEM, case_id=case_id)
    return VerificationCase.objects.get(pk=case_id)


def eventually(happens: Callable[[], bool]) -> None:
    """Look until it has happened (at most ten seconds)."""
    for _ in range(200):
        if happens():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def state_of(case: VerificationCase) -> queries.ItemState:
    return queries.states_for([case.subject_id], for_owner=True)[case.subject_id]


def test_a_callback_brings_the_answer() -> None:
    case = ask(seeker())
    eventually(lambda: state_of(case).state == "verified")
    assert state_of(case).source == "社会保险参保记录"


def test_a_mismatch_comes_with_both_sides() -> None:
    case = ask(seeker(), employer="杭州另一家有限公司")
    eventually(lambda: state_of(case).state == "mismatched")
    assert [(gap.name, gap.recorded) for gap in state_of(case).differences] == [("employer", JOB.employer)]


def test_an_answer_told_twice_counts_once(office: Sandbox) -> None:
    office.press("authority", answer_twice=1)
    case = ask(seeker())
    eventually(lambda: state_of(case).state == "verified")


def test_without_callbacks_the_answer_is_fetched(office: Sandbox) -> None:
    office.press("authority", no_callback=1)
    case = ask(seeker())

    def fetched() -> bool:
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            return actions.fetch_answers(SYSTEM) == 1

    eventually(fetched)
    assert state_of(case).state == "verified"


def test_an_outage_leaves_the_question_open_until_it_is_over(office: Sandbox) -> None:
    office.press("authority", outage=1)
    with pytest.raises(AuthorityUnavailable):
        ask(seeker())
    case = VerificationCase.objects.get()
    assert (state_of(case).state, state_of(case).is_late) == ("pending", True)
    office.release("authority")

    def handed_over() -> bool:
        try:
            actions.ask_authority(SYSTEM, case_id=case.pk)
        except AuthorityUnavailable:  # the circuit stays open for a little while
            return False
        return True

    eventually(handed_over)
    eventually(lambda: state_of(case).state == "verified")


def test_behind_forged_callbacks_the_true_answer_is_fetched(office: Sandbox) -> None:
    office.press("authority", forged_signature=1)
    case = ask(seeker())

    def fetched() -> bool:
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            return actions.fetch_answers(SYSTEM) == 1

    eventually(fetched)
    assert state_of(case).state == "verified"
