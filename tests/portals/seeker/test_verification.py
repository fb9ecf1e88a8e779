"""Checks on the resume pages, proving one's name, filling in from the card: through HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import CardIdentity, Consent, User
from jiuye.domains.resumes import queries
from jiuye.domains.resumes.models import Resume
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.ids import new_id
from tests.factories import reference
from tests.factories import resumes as make
from tests.factories.accounts import actor, browser, member, person, seeker
from tests.factories.cast import assemble
from tests.factories.verification import answer, id_number, real_name

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def lin() -> User:
    user = seeker()
    make.whole_resume(user)
    real_name(user)
    return user


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def job(user: User) -> UUID:
    return queries.my_resume(actor(user)).employments[0].id


def ask(client: Client, *subjects: object, **more: str) -> str:
    answer = client.post("/me/resume/verify", {"items": [str(one) for one in subjects], **more}, follow=True)
    return answer.content.decode()


def answered(client: Client, user: User, outcome: str, *differences: tuple[str, str, str]) -> UUID:
    subject = job(user)
    ask(client, subject, consent="on")
    case = VerificationCase.objects.get(subject_id=subject, superseded_at=None)
    verification.record_answer(Actor.system(), answer=answer(case, outcome, *differences))
    return subject


@pytest.mark.parametrize("path", ["/me/resume/verify", "/me/resume/prefill", "/me/real-name"])
def test_a_stranger_is_asked_to_sign_in(path: str) -> None:
    assert Client().get(path).status_code == 302


class TestAsking:
    def test_the_page_says_what_goes_to_whom_before_anything_is_sent(self, client: Client) -> None:
        page = client.get("/me/resume/verify").content.decode()
        assert all(text in page for text in ("人力资源社会保障部门", "核对：单位名称、起止时间", "不发送", "我同意"))
        assert id_number() not in page
        assert not VerificationCase.objects.exists()

    def test_all_that_can_be_asked_about_is_chosen_or_only_the_one_named(self, client: Client, lin: User) -> None:
        assert client.get("/me/resume/verify").content.decode().count(" checked>") == 4
        assert client.get(f"/me/resume/verify?item={job(lin)}").content.decode().count(" checked>") == 1

    def test_a_request_is_shown_beside_the_item(self, client: Client, lin: User) -> None:
        page = ask(client, job(lin), consent="on")
        assert "核验申请已提交" in page
        assert "核验中" in page

    def test_without_consent_the_choice_is_kept_and_nothing_sent(self, client: Client, lin: User) -> None:
        page = client.post("/me/resume/verify", {"items": [str(job(lin))]})
        assert page.status_code == 422
        assert "需要您同意才能核验" in page.content.decode()
        assert page.content.decode().count(" checked>") == 1
        assert not VerificationCase.objects.exists()

    def test_nothing_chosen_is_explained(self, client: Client) -> None:
        assert "请至少选择一项" in ask(client, consent="on")

    def test_somebody_elses_item_cannot_be_chosen(self, client: Client) -> None:
        other = seeker("周远")
        make.whole_resume(other)
        assert client.post("/me/resume/verify", {"items": [str(job(other))], "consent": "on"}).status_code == 422
        assert not VerificationCase.objects.exists()

    def test_without_a_real_name_the_way_to_one_is_shown(self) -> None:
        user = seeker()
        make.whole_resume(user)
        page = browser(user).get("/me/resume/verify").content.decode()
        assert "先完成实名" in page
        assert "/me/real-name" in page

    @pytest.mark.parametrize("path", ["/me/resume", "/me/resume/verify", "/me/resume/preview", "/me/real-name"])
    def test_pages_take_twelve_queries_at_most(
        self, client: Client, lin: User, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        answered(client, lin, "mismatched", ("end", "2024-03", "2023-11"))
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


class TestResults:
    def test_a_confirmation_says_by_which_records_and_until_when(self, client: Client, lin: User) -> None:
        answered(client, lin, "verified")
        page = client.get("/me/resume").content.decode()
        assert all(text in page for text in ("已核验", "社会保险参保记录", "有效期至"))

    def test_a_mismatch_shows_both_sides_and_how_to_correct_it(self, client: Client, lin: User) -> None:
        answered(client, lin, "mismatched", ("end", "2024-03", "2023-11"), ("employer", "甲", ""))
        page = client.get("/me/resume").content.decode()
        assert all(text in page for text in ("信息不一致", "2024.03", "2023.11", "登记部门不提供", "社会保险经办机构"))

    def test_no_record_is_no_accusation(self, client: Client, lin: User) -> None:
        answered(client, lin, "no_record")
        assert "这不说明经历不真实" in client.get("/me/resume").content.decode()

    def test_an_expired_one_is_called_so(self, client: Client, lin: User) -> None:
        answered(client, lin, "verified")
        with clock.frozen(clock.now() + timedelta(days=366)):
            page = queries.my_resume(actor(lin))
            assert page.employments
            assert page.mark_of(job(lin)).state == "expired"  # type: ignore[union-attr]

    def test_while_the_authority_is_down_the_page_says_so_kindly(self, client: Client, lin: User) -> None:
        ask(client, job(lin), consent="on")
        VerificationCase.objects.update(attempts=1)
        assert "我们会一直自动重试" in client.get("/me/resume").content.decode()

    def test_an_open_check_is_looked_after_for_two_minutes(self, client: Client, lin: User) -> None:
        ask(client, job(lin), consent="on")
        assert "/me/resume/employment?quiet" in client.get("/me/resume").content.decode()
        piece = client.get("/me/resume/employment?quiet", headers=FRAGMENT).content.decode()
        assert "核验中" in piece
        assert " autofocus" not in piece
        VerificationCase.objects.update(asked_at=clock.now() - timedelta(minutes=3))
        assert "?quiet" not in client.get("/me/resume").content.decode()

    def test_editing_warns_first_and_then_resets(self, client: Client, lin: User) -> None:
        subject = answered(client, lin, "verified")
        form = client.get(f"/me/resume/employment/{subject}").content.decode()
        assert "修改单位名称、起止时间后需要重新核验" in form
        client.post(
            f"/me/resume/employment/{subject}",
            {"employer_name": "另一家公司", "title": "焊工", "start_on": "2018-07", "end_on": "2024-03"},
        )
        assert queries.my_resume(actor(lin)).mark_of(subject) is None

    def test_an_unchecked_item_is_edited_without_a_warning(self, client: Client, lin: User) -> None:
        assert "需要重新核验" not in client.get(f"/me/resume/employment/{job(lin)}").content.decode()


class TestRealName:
    def test_a_seeker_is_told_to_use_the_card(self) -> None:
        page = browser(seeker()).get("/me/real-name").content.decode()
        assert "扫码" in page
        assert "身份证号" not in page

    def test_staff_may_type_it(self) -> None:
        he = member(new_id())
        page = browser(he).post(
            "/me/real-name", {"name": "何经办", "id_number": id_number(), "consent": "on"}, follow=True
        )
        assert "正在核验" in page.content.decode()
        assert VerificationCase.objects.get().kind == "identity"

    def test_a_wrong_number_is_explained_at_its_field_and_kept(self) -> None:
        he = member(new_id())
        answer = browser(he).post("/me/real-name", {"name": "何经办", "id_number": "123", "consent": "on"})
        assert answer.status_code == 422
        assert "身份证号应为 18 位" in answer.content.decode()
        assert 'value="何经办"' in answer.content.decode()

    def test_who_is_named_sees_it_in_outline(self, client: Client) -> None:
        page = client.get("/me/real-name").content.decode()
        assert "林**" in page
        assert id_number() not in page
        assert "已实名" in client.get("/me").content.decode()


class TestPrefill:
    @pytest.fixture
    def newcomer(self) -> User:
        reference.region(reference.WUHOU)
        user = person("")
        real_name(user)
        CardIdentity.objects.create(
            user=user,
            issuer="https://card.example",
            subject="s",
            subject_index=blind_index("s", "card-subject"),
            phone=user.phone,
            region=reference.WUHOU,
            level=2,
            linked_at=clock.now(),
            last_used_at=clock.now(),
        )
        return user

    def test_what_is_empty_is_chosen_beforehand(self, newcomer: User) -> None:
        page = browser(newcomer).get("/me/resume/prefill").content.decode()
        assert page.count(" checked>") == 3
        assert "与社保卡一致" in page

    def test_the_chosen_fields_are_filled_in(self, newcomer: User) -> None:
        answer = browser(newcomer).post(
            "/me/resume/prefill", {"fields_": ["name", "region"], "consent": "on"}, follow=True
        )
        resume = Resume.objects.get()
        assert (resume.name, resume.region_id, resume.birth_year) == ("林小满", reference.WUHOU, None)
        assert "已从电子社保卡填入：姓名、现居住地" in answer.content.decode()
        assert Consent.objects.get().kind == "card_prefill"

    def test_without_consent_nothing_changes(self, newcomer: User) -> None:
        assert browser(newcomer).post("/me/resume/prefill", {"fields_": ["name"]}).status_code == 422
        assert not Resume.objects.exists()

    def test_who_has_a_card_is_led_here_from_the_resume(self, newcomer: User) -> None:
        assert "/me/resume/prefill" in browser(newcomer).get("/me/resume").content.decode()

    def test_without_a_card_the_way_to_one_is_shown(self) -> None:
        assert "还没有关联电子社保卡" in browser(seeker()).get("/me/resume/prefill").content.decode()

    def test_the_page_takes_twelve_queries_at_most(
        self, newcomer: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = browser(newcomer)
        with django_assert_max_num_queries(12):
            client.get("/me/resume/prefill")


def test_people_who_signed_in_by_card_do_not_type_their_name_to_apply() -> None:
    cast = assemble()
    page = browser(person("贾䶮")).get(f"/jobs/{cast.posting.id}/apply").content.decode()
    assert 'value="贾䶮"' in page
