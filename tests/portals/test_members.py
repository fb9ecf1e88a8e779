"""The members page of the agencies' and the employers' portals."""

from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.actions import phones
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, organisations
from tests.factories.members import TeamOf, team

pytestmark = pytest.mark.django_db
PHONE, MASKED = "13900000201", "139****0201"


@pytest.fixture(params=["agency", "employer"])
def ours(request: pytest.FixtureRequest) -> TeamOf:
    return team(request.param, legal_name="甲公司")


def browser_of(ours: TeamOf, actor: Actor, *, confirmed: bool = False) -> Client:
    return accounts.browser(ours.person(actor), confirmed=confirmed)


def at(ours: TeamOf, *parts: object) -> str:
    return "/".join([f"/{ours.kind}/members", *map(str, parts)])


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_owner_sees_everybody_and_what_waits(ours: TeamOf) -> None:
    actions.invite_member(ours.qian, phone=PHONE, role="viewer")
    zhao = accounts.actor(accounts.person("赵新人"))
    actions.request_membership(zhao, credit_code=ours.organisation.credit_code or "", note="人事部的小赵")
    shown = page(browser_of(ours, ours.qian), at(ours))
    assert all(text in shown for text in ("钱主管", "何经办", "沈观察", MASKED, "赵新人", "人事部的小赵", "邀请成员"))


def test_an_owner_sees_a_complete_phone_after_a_reason_and_it_is_audited(ours: TeamOf) -> None:
    actions.invite_member(ours.qian, phone=PHONE, role="viewer")
    invitation = MemberInvitation.objects.get()
    he = ours.person(ours.he)
    client = browser_of(ours, ours.qian)
    for path, phone, action, subject in (
        (at(ours, he.pk, "phone"), he.phone, "member.unmask", he.pk),
        (at(ours, "invitations", invitation.id, "phone"), PHONE, "invitation.unmask", invitation.id),
    ):
        entries = AuditEntry.objects.filter(action=action, subject_id=str(subject))
        assert phone not in page(client, path)
        for nothing in ({}, {"reason": "curious"}):
            answer = client.post(path, nothing)
            assert (answer.status_code, phone in answer.content.decode()) == (422, False)
        assert not entries.exists()
        answer = client.post(path, {"reason": "calling"})
        assert phone in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert [one.detail["reason"] for one in entries] == ["calling"]
        assert phone not in page(client, at(ours))


def test_complete_phones_are_for_owners_of_the_same_organisation(ours: TeamOf) -> None:
    other = team(ours.kind, legal_name="乙公司")
    reason = {"reason": "calling"}
    for actor, status in ((ours.he, 403), (ours.shen, 403), (other.qian, 404)):
        answer = browser_of(ours, actor).post(at(ours, ours.qian.person, "phone"), reason)
        assert (answer.status_code, ours.person(ours.qian).phone in answer.content.decode()) == (status, False)


def test_after_thirty_within_the_hour_one_waits(ours: TeamOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "PHONES", replace(phones.PHONES, most=1))
    client = browser_of(ours, ours.qian)
    path = at(ours, ours.he.person, "phone")
    assert client.post(path, {"reason": "calling"}).status_code == 200
    answer = client.post(path, {"reason": "calling"})
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    assert ours.person(ours.he).phone not in answer.content.decode()


@pytest.mark.parametrize("who", ["he", "shen"])
def test_others_read_it_with_masked_phones_and_change_nothing(ours: TeamOf, who: str) -> None:
    actions.invite_member(ours.qian, phone=PHONE, role="viewer")
    invitation = MemberInvitation.objects.get()
    client = browser_of(ours, getattr(ours, who), confirmed=True)
    shown = page(client, at(ours))
    assert "何经办" in shown
    assert "139****0201" in shown
    assert not any(text in shown for text in (PHONE, ours.person(ours.qian).phone, "邀请成员"))
    for path in ("invite", ours.shen.person, f"{ours.shen.person}/end", f"{ours.shen.person}/transfer"):
        assert client.post(at(ours, path), {"phone": "13900000202", "role": "owner"}).status_code == 403
    for verb in ("resend", "cancel"):
        assert client.post(at(ours, "invitations", invitation.id, verb)).status_code == 403
    assert MemberInvitation.objects.get().state == "sent"
    assert Membership.objects.filter(organisation_id=ours.organisation.id, ended_at=None).count() == 3


def test_the_list_costs_the_same_for_three_and_for_thirty(
    ours: TeamOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(27):
        organisations.member(ours.organisation, role="viewer", user=accounts.person(f"第{number}位"))
    client = browser_of(ours, ours.qian)
    with django_assert_max_num_queries(12):
        assert "第26位" in page(client, at(ours))


def test_an_invitation_is_sent_from_the_form(ours: TeamOf) -> None:
    client = browser_of(ours, ours.qian)
    answer = client.post(at(ours, "invite"), {"phone": "139 0000 0201", "role": "viewer"}, follow=True)
    assert "邀请短信已发出" in answer.content.decode()
    assert MemberInvitation.objects.get().phone == PHONE


def test_a_refused_invitation_keeps_what_was_typed(ours: TeamOf) -> None:
    answer = browser_of(ours, ours.qian).post(at(ours, "invite"), {"phone": "123", "role": "viewer"})
    assert answer.status_code == 422
    assert 'value="123"' in answer.content.decode()


def test_inviting_an_owner_asks_for_a_proof_first(ours: TeamOf) -> None:
    answer = browser_of(ours, ours.qian).post(at(ours, "invite"), {"phone": PHONE, "role": "owner"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/confirm")
    assert not MemberInvitation.objects.exists()


def test_an_ended_membership_loses_the_portal_with_the_next_request(ours: TeamOf) -> None:
    client, owner = browser_of(ours, ours.he), browser_of(ours, ours.qian)
    home = f"/{ours.kind}"
    assert client.get(home).status_code == 200
    assert "已不是成员" in owner.post(at(ours, ours.he.person, "end"), follow=True).content.decode()
    assert client.get(home).status_code == 403
    assert client.post(at(ours, "leave")).status_code == 403
    assert client.get("/me").status_code == 200


def test_a_lower_role_holds_from_the_next_request(ours: TeamOf) -> None:
    organisations.member(ours.organisation, role="owner", user=accounts.person("孙主管"))
    client = browser_of(ours, ours.qian)
    assert client.get(at(ours, "invite")).status_code == 200
    assert client.post(at(ours, ours.qian.person), {"role": "viewer"}).status_code in (303, 403)
    assert client.get(at(ours, "invite")).status_code == 403


def test_the_hand_over_asks_for_a_proof_and_then_swaps_the_roles(ours: TeamOf) -> None:
    path = at(ours, ours.he.person, "transfer")
    assert browser_of(ours, ours.qian).post(path).headers["Location"].startswith("/login/confirm")
    client = browser_of(ours, ours.qian, confirmed=True)
    assert "确认移交" in page(client, path)
    client.post(path)
    rows = Membership.objects.filter(organisation_id=ours.organisation.id).values_list("user__phone_index", "role")
    assert dict(rows)[ours.person(ours.he).phone_index] == "owner"
    assert client.get(at(ours, "invite")).status_code == 403


def test_the_only_owner_is_told_why_leaving_is_not_possible(ours: TeamOf) -> None:
    client = browser_of(ours, ours.qian)
    assert "甲公司" in page(client, at(ours, "leave"))
    answer = client.post(at(ours, "leave"), follow=True).content.decode()
    assert "甲公司" in answer
    assert "管理员交给" in answer


def test_who_leaves_is_led_to_their_own_pages(ours: TeamOf) -> None:
    client = browser_of(ours, ours.shen)
    answer = client.post(at(ours, "leave"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me")
    assert client.get(f"/{ours.kind}").status_code == 403


def test_a_request_is_accepted_with_a_role_or_refused_with_a_reason(ours: TeamOf) -> None:
    zhao, zhou = accounts.actor(accounts.person("赵新人")), accounts.actor(accounts.person("周新人"))
    client = browser_of(ours, ours.qian)
    code = ours.organisation.credit_code or ""
    first = actions.request_membership(zhao, credit_code=code, note="")
    second = actions.request_membership(zhou, credit_code=code, note="")
    assert "赵新人" in page(client, at(ours, "requests", first))
    client.post(at(ours, "requests", first, "accept"), {"role": "viewer"})
    assert Membership.objects.get(user_id=zhao.person).role == "viewer"
    assert client.post(at(ours, "requests", second, "refuse"), {"reason": ""}).status_code == 422
    client.post(at(ours, "requests", second, "refuse"), {"reason": "不是本机构员工"})
    assert queries.my_membership_requests(zhou)[0].reason == "不是本机构员工"
    assert not Membership.objects.filter(user_id=zhou.person).exists()


def test_members_of_another_organisation_are_not_found(ours: TeamOf) -> None:
    other = team(ours.kind, legal_name="乙公司")
    client = browser_of(other, other.qian, confirmed=True)
    for path in (str(ours.he.person), f"{ours.he.person}/transfer", f"{ours.he.person}/end"):
        assert client.get(at(ours, path)).status_code == 404
        assert client.post(at(ours, path), {"role": "viewer"}).status_code == 404
    assert Membership.objects.get(user_id=ours.he.person).role == "recruiter"


def test_sent_twice_an_invitation_goes_out_once(ours: TeamOf) -> None:
    client = accounts.browser(User.objects.get(pk=ours.qian.person), checks_csrf=True)
    text = page(client, at(ours, "invite"))
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    given = {"phone": PHONE, "role": "viewer", "csrfmiddlewaretoken": token}
    answers = [client.post(at(ours, "invite"), given).status_code for _ in range(2)]
    assert answers[0] == answers[1] == 303
    assert MemberInvitation.objects.count() == 1
