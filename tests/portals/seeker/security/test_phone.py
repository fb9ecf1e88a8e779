"""Changing the phone number for sign-in."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client

from jiuye.domains.accounts import actions, policies
from jiuye.domains.accounts.models import LoginCode, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.accounts.states import CodePurpose
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock
from jiuye.kernel.errors import Refused
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, resumes
from tests.factories.races import at_once, refusals
from tests.portals.seeker.security.reading import codes_sent, come_in, is_signed_in, last_code, notices, text

pytestmark = pytest.mark.django_db
NEW = "13800020002"


@pytest.fixture
def lin() -> User:
    return accounts.person("林小满", phone="13800020001")


@pytest.fixture
def here(lin: User) -> Client:
    return accounts.browser(lin, confirmed=True)


def ask(here: Client, phone: str = NEW) -> None:
    assert here.post("/me/security/phone", {"phone": phone})["Location"] == "/me/security/phone"


def finish(here: Client, phone: str = NEW) -> None:
    here.post("/me/security/phone/code", {"code": last_code(phone)})


def phone_of(lin: User) -> str:
    return User.objects.get(pk=lin.pk).phone


def test_the_new_phone_signs_in_and_the_old_one_no_longer(here: Client, lin: User) -> None:
    ask(here)
    answer = here.post("/me/security/phone/code", {"code": last_code(NEW)})

    assert answer["Location"] == "/me/security/phone/done"
    assert "138****0002" in text(here.get("/me/security/phone/done"))
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        again, stranger = Client(), Client()
        come_in(again, NEW)
        come_in(stranger, "13800020001")
        assert again.session["person_id"] == str(lin.pk)
        assert stranger.session["person_id"] != str(lin.pk)


def test_it_wants_a_confirmation_first(lin: User) -> None:
    here = accounts.browser(lin)
    assert here.get("/me/security/phone")["Location"] == "/login/confirm?next=%2Fme%2Fsecurity%2Fphone"
    assert here.post("/me/security/phone", {"phone": NEW}).status_code == 302
    assert codes_sent() == 0


def test_the_old_phone_is_told_and_all_other_sessions_end(here: Client, lin: User) -> None:
    other = accounts.browser(lin)
    ask(here)
    finish(here)

    assert len(notices("13800020001")) == 1
    assert "尾号 0002" in notices("13800020001")[0]
    assert not is_signed_in(other)
    assert is_signed_in(here)
    entry = AuditEntry.objects.get(action="account.change_phone")
    assert (entry.actor_person_id, NEW in str(entry.detail)) == (lin.pk, False)


def test_session_and_queue_hold_neither_phone_in_clear(here: Client) -> None:
    ask(here)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(t::text, '') FROM accounts_session t), (SELECT string_agg(args::text, '') FROM procrastinate_jobs)"
        )
        stored = "".join(cursor.fetchone())
    assert NEW not in stored


def test_ones_own_number_is_no_new_one(here: Client) -> None:
    answer = here.post("/me/security/phone", {"phone": "138 0002 0001"})
    assert answer.status_code == 422
    assert "就是您现在的登录手机号" in text(answer)


def test_a_wrong_number_is_kept_and_explained(here: Client) -> None:
    answer = here.post("/me/security/phone", {"phone": "10086"})
    assert answer.status_code == 422
    assert 'value="10086"' in text(answer)


def test_only_the_holder_of_a_number_learns_that_it_is_taken(here: Client, lin: User) -> None:
    accounts.person("别人", phone=NEW)
    ask(here)
    assert "另一个账号" not in text(here.get("/me/security/phone"))

    answer = here.post("/me/security/phone/code", {"code": last_code(NEW)})

    assert answer.status_code == 409
    assert "另一个账号" in text(answer)
    assert "别人" not in text(answer)
    assert phone_of(lin) == "13800020001"
    assert notices("13800020001") == []


def test_an_erased_accounts_number_is_free(here: Client, lin: User) -> None:
    gone = accounts.person(phone=NEW)
    User.objects.filter(pk=gone.pk).update(erased_at=clock.now(), phone="", phone_index=None)
    ask(here)
    finish(here)
    assert phone_of(lin) == NEW


def test_a_wrong_code_changes_nothing(here: Client, lin: User) -> None:
    ask(here)
    answer = here.post("/me/security/phone/code", {"code": f"{(int(last_code(NEW)) + 1) % 10**6:06d}"})
    assert answer.status_code == 422
    assert phone_of(lin) == "13800020001"


def test_the_step_survives_a_reload_and_the_number_can_be_corrected(here: Client) -> None:
    ask(here)
    assert "138****0002" in text(here.get("/me/security/phone"))
    assert here.get("/me/security/phone/code")["Location"] == "/me/security/phone"
    assert f'value="{NEW}"' in text(here.get("/me/security/phone?change=1"))


def test_another_code_can_be_had_after_a_minute(here: Client) -> None:
    ask(here)
    assert here.post("/me/security/phone/again").status_code == 429
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert here.post("/me/security/phone/again").status_code == 303
        page = text(here.post("/me/security/phone/again", headers={"HX-Request": "true"}))
        assert "刚刚发过" in page
        assert "短信正在发出" in text(here.get("/me/security/phone/delivery"))
    assert codes_sent() == 2


def test_an_own_phone_on_the_resume_is_pointed_out(here: Client, lin: User) -> None:
    resumes.whole_resume(lin)
    row = Resume.objects.get(user=lin)
    row.phone = "13800029999"
    row.save(update_fields=["phone"])
    ask(here)
    finish(here)
    page = text(here.get("/me/security/phone/done"))
    assert "138****9999" in page
    assert 'href="/me/resume/basics"' in page


@pytest.mark.parametrize("path", ["/me/security/phone", "/me/security/phone/code", "/me/security/phone/again"])
def test_a_foreign_page_cannot_post(lin: User, path: str) -> None:
    here = accounts.browser(lin, confirmed=True, checks_csrf=True)
    assert here.post(path, {"phone": NEW}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert codes_sent() == 0


def code_for(number: int, code: str = "246813") -> str:
    """Return the binding of a browser that requested a code for the new phone, one of many."""
    binding, index, moment = actions.binding_of(str(number)), phone_index(NEW), clock.now()
    digest = policies.code_digest(code=code, purpose=CodePurpose.CHANGE_PHONE, phone_index=index, binding=binding)
    LoginCode.objects.create(
        purpose=CodePurpose.CHANGE_PHONE,
        phone_index=index,
        binding=binding,
        digest=digest,
        created_at=moment,
        expires_at=moment + policies.CODE_LIFETIME,
    )
    return binding


@pytest.mark.django_db(transaction=True)
def test_of_many_people_who_take_one_number_at_once_one_gets_it() -> None:
    people = [accounts.actor(accounts.person(phone=f"138000300{number:02d}")) for number in range(20)]
    bindings = [code_for(number) for number in range(20)]

    take = partial(actions.change_phone, phone=NEW, code="246813", session_key=None)

    results = at_once(
        *[partial(take, one, binding=binding) for one, binding in zip(people, bindings, strict=True)], refusal=Refused
    )

    assert len(refusals(results)) == 19
    assert User.objects.filter(phone_index=phone_index(NEW)).count() == 1
    assert LoginCode.objects.filter(used_at=None).count() == 0
