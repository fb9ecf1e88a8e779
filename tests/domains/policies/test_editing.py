"""Editing policies: drafts, publishing what is whole, withdrawing with a reason, two editors at once."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage

from jiuye.domains.policies import actions, queries
from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.domains.policies.policies import Condition
from jiuye.domains.policies.text import Block, blocks
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, organisations, public_site, reference
from tests.factories.pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

WHOLE = actions.PolicyContent(
    title="技能提升补贴申领指南",
    summary="取得证书后可申领补贴。",
    body="一、适用对象\n参保职工。",
    topic="training",
    audiences=("worker", "unemployed"),
    issuer="示例省人力资源社会保障部门",
    published_on=date(2026, 1, 5),
)


@pytest.fixture
def editor() -> Actor:
    return organisations.operator("editor")


def draft(editor: Actor, **given: Any) -> Policy:
    return Policy.objects.get(pk=actions.create_policy(editor, content=replace(WHOLE, **given)))


def published(editor: Actor, **given: Any) -> Policy:
    row = draft(editor, **given)
    actions.publish_policy(editor, policy_id=row.id, version=row.version)
    row.refresh_from_db()
    return row


def listed() -> list[UUID]:
    return [one.id for one in queries.policies().items]


class TestWriting:
    def test_a_title_is_enough_for_a_draft_that_nobody_else_sees(self, editor: Actor) -> None:
        made = actions.create_policy(editor, content=actions.PolicyContent(title="  培训\u3000券 "))
        assert Policy.objects.get(pk=made).title == "培训 券"
        assert queries.desk(editor, made).missing == ["摘要", "正文", "主题", "发布机关"]
        assert listed() == []
        with pytest.raises(NotFound):
            queries.policy(made)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"title": " "}, "title"),
            ({"title": "长" * 121}, "title"),
            ({"summary": "长" * 301}, "summary"),
            ({"body": "长" * 30_001}, "body"),
            ({"topic": "x"}, "topic"),
            ({"region": "999999"}, "region"),
            ({"audiences": ("worker", "x")}, "audiences"),
            ({"valid_until": date(2025, 1, 1)}, "valid_until"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_kept(self, editor: Actor, given: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as refusal:
            draft(editor, **given)
        assert field in refusal.value.fields
        assert not Policy.objects.exists()

    def test_a_published_one_is_changed_for_everybody_at_once_and_stays_whole(self, editor: Actor) -> None:
        row = published(editor)
        actions.edit_policy(editor, policy_id=row.id, content=replace(WHOLE, title="新的标题"), version=row.version)
        assert queries.policy(row.id).card.title == "新的标题"
        with pytest.raises(Invalid) as refusal:
            actions.edit_policy(editor, policy_id=row.id, content=replace(WHOLE, body=""), version=row.version + 1)
        assert set(refusal.value.fields) == {"body"}
        assert queries.policy(row.id).blocks

    def test_of_two_editors_the_second_is_told_and_overwrites_nothing(self, editor: Actor) -> None:
        row = draft(editor)
        actions.edit_policy(editor, policy_id=row.id, content=replace(WHOLE, title="甲改的"), version=row.version)
        with pytest.raises(Refused, match="同事改过"):
            actions.edit_policy(
                organisations.operator("editor"),
                policy_id=row.id,
                content=replace(WHOLE, title="乙改的"),
                version=row.version,
            )
        assert Policy.objects.get().title == "甲改的"

    @pytest.mark.parametrize("role", ["auditor", "support", "security_admin", "audit_admin"])
    def test_other_duties_do_not_write(self, editor: Actor, role: str) -> None:
        row = draft(editor)
        stranger = organisations.operator(role)
        for attempt in (
            lambda: actions.create_policy(stranger, content=WHOLE),
            lambda: actions.edit_policy(stranger, policy_id=row.id, content=WHOLE, version=1),
            lambda: actions.publish_policy(stranger, policy_id=row.id, version=1),
            lambda: actions.withdraw_policy(stranger, policy_id=row.id, reason="x"),
            lambda: actions.delete_file(stranger, policy_id=row.id, file_id=new_id()),
            lambda: queries.desk(stranger, row.id),
            lambda: queries.listing(stranger),
        ):
            with pytest.raises(Denied):
                attempt()
        assert (Policy.objects.get().state, Policy.objects.get().version) == ("draft", 1)

    def test_who_is_no_operator_finds_nothing(self, editor: Actor) -> None:
        row = draft(editor)
        for stranger in (accounts.actor(accounts.seeker()), organisations.member(organisations.agency())):
            with pytest.raises(NotFound):
                queries.desk(stranger, row.id)
            with pytest.raises(NotFound):
                actions.publish_policy(stranger, policy_id=row.id, version=1)


class TestPublishing:
    def test_what_is_whole_is_listed_and_told_of(self, editor: Actor) -> None:
        row = published(editor, region=reference.region("510000").code)
        assert listed() == [row.id]
        event = EventRecord.objects.get(name="PolicyPublished")
        assert (event.payload["policy_id"], event.payload["region"]) == (str(row.id), "510000")
        assert AuditEntry.objects.filter(action="policy.publish", subject_id=str(row.id)).exists()

    def test_what_is_not_whole_is_not_published(self, editor: Actor) -> None:
        row = draft(editor, issuer="", summary="")
        with pytest.raises(Refused, match="摘要、发布机关"):
            actions.publish_policy(editor, policy_id=row.id, version=row.version)
        assert listed() == []

    def test_what_was_changed_after_the_preview_is_looked_at_again(self, editor: Actor) -> None:
        row = draft(editor)
        actions.edit_policy(editor, policy_id=row.id, content=replace(WHOLE, title="改过"), version=row.version)
        with pytest.raises(Refused, match="同事改过"):
            actions.publish_policy(editor, policy_id=row.id, version=row.version)
        assert listed() == []

    def test_twice_is_refused(self, editor: Actor) -> None:
        row = published(editor)
        with pytest.raises(Refused, match="已发布"):
            actions.publish_policy(editor, policy_id=row.id, version=row.version)


class TestWithdrawing:
    def test_its_address_tells_the_reason_and_lists_forget_it(self, editor: Actor) -> None:
        row = published(editor)
        actions.withdraw_policy(editor, policy_id=row.id, reason="内容有误")
        assert listed() == []
        with pytest.raises(queries.Withdrawn) as gone:
            queries.policy(row.id)
        assert (gone.value.status, gone.value.reason, gone.value.card.title) == (410, "内容有误", WHOLE.title)

    def test_it_can_be_published_again(self, editor: Actor) -> None:
        row = published(editor)
        actions.withdraw_policy(editor, policy_id=row.id, reason="内容有误")
        row.refresh_from_db()
        actions.publish_policy(editor, policy_id=row.id, version=row.version)
        assert listed() == [row.id]
        assert queries.desk(editor, row.id).withdrawn_reason == ""

    def test_not_without_a_reason_and_not_a_draft(self, editor: Actor) -> None:
        row = published(editor)
        with pytest.raises(Invalid):
            actions.withdraw_policy(editor, policy_id=row.id, reason=" ")
        assert listed() == [row.id]
        with pytest.raises(Refused):
            actions.withdraw_policy(editor, policy_id=draft(editor).id, reason="x")


class TestAbolishing:
    def test_it_stays_readable_and_says_so_from_that_day(self, editor: Actor) -> None:
        row = published(editor)
        day = clock.today() + timedelta(days=3)
        actions.abolish_policy(editor, policy_id=row.id, on=day)
        assert queries.policy(row.id).card.ended == ""
        with clock.frozen(clock.now() + timedelta(days=3)):
            assert queries.policy(row.id).card.ended == "已废止"
        actions.abolish_policy(editor, policy_id=row.id, on=None)
        assert queries.policy(row.id).abolished_on is None

    def test_not_before_it_was_there(self, editor: Actor) -> None:
        row = published(editor)
        with pytest.raises(Invalid):
            actions.abolish_policy(editor, policy_id=row.id, on=date(2026, 1, 4))
        with pytest.raises(Refused):
            actions.abolish_policy(editor, policy_id=draft(editor).id, on=date(2026, 2, 1))


class TestConditions:
    def test_they_are_what_people_check_themselves_against(self, editor: Actor) -> None:
        row = published(editor)
        wanted = [
            Condition("您参保了吗？", "第一条"),
            Condition("缴了多少个月？", "第二条", "number", least=12, unit="个月"),
        ]
        actions.edit_conditions(editor, policy_id=row.id, conditions=wanted, version=row.version)
        found = queries.eligibility(row.id, {"c1": "yes", "c2": "11"})
        assert [one.condition for one in found.checked] == wanted
        assert found.verdict == "fails"

    @pytest.mark.parametrize(
        ("condition", "field"),
        [
            (Condition("", "第一条"), "0.question"),
            (Condition("问？", ""), "0.clause"),
            (Condition("问？", "一", "number", unit="月"), "0.least"),
            (Condition("问？", "一", "number", least=5, most=4, unit="月"), "0.most"),
            (Condition("问？", "一", "number", least=-1, unit="月"), "0.least"),
            (Condition("问？", "一", "number", least=1), "0.unit"),
        ],
    )
    def test_one_that_cannot_be_answered_is_refused_at_its_field(
        self, editor: Actor, condition: Condition, field: str
    ) -> None:
        row = draft(editor)
        with pytest.raises(Invalid) as refusal:
            actions.edit_conditions(editor, policy_id=row.id, conditions=[condition], version=row.version)
        assert field in refusal.value.fields
        assert Policy.objects.get().conditions == []


class TestFiles:
    def test_one_is_cleaned_read_by_everybody_and_gone_when_deleted(
        self, editor: Actor, django_capture_on_commit_callbacks: Any
    ) -> None:
        row = published(editor)
        made = actions.add_file(editor, policy_id=row.id, file=photo(), name="申请表.png")
        name, kind, content = queries.file(row.id, made)
        assert (name, kind) == ("申请表.jpg", "image/jpeg")
        assert content
        key = PolicyFile.objects.get().key
        with django_capture_on_commit_callbacks(execute=True):
            actions.delete_file(editor, policy_id=row.id, file_id=made)
        assert not default_storage.exists(key)
        with pytest.raises(NotFound):
            queries.file(row.id, made)

    def test_a_drafts_file_is_the_editors_alone(self, editor: Actor) -> None:
        row = draft(editor)
        made = actions.add_file(editor, policy_id=row.id, file=photo(), name="a.jpg")
        assert queries.draft_file(editor, row.id, made)
        with pytest.raises(NotFound):
            queries.file(row.id, made)

    def test_what_is_no_picture_and_no_pdf_is_refused(self, editor: Actor) -> None:
        row = draft(editor)
        with pytest.raises(Invalid) as refusal:
            actions.add_file(editor, policy_id=row.id, file=BytesIO(b"MZ\x90"), name="表.pdf")
        assert "file" in refusal.value.fields
        assert not PolicyFile.objects.exists()

    def test_there_is_an_end_to_them(self, editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "MOST_FILES", 1)
        row = draft(editor)
        actions.add_file(editor, policy_id=row.id, file=photo(), name="a.jpg")
        with pytest.raises(Invalid):
            actions.add_file(editor, policy_id=row.id, file=photo(), name="b.jpg")
        assert PolicyFile.objects.count() == 1


class TestTheBody:
    def test_the_numbering_of_official_documents_makes_headings(self) -> None:
        text = (
            "前言。\n一、适用对象\n参保职工。\n第二行。\n\n另一段。\n（一）申请条件\n一、这是一句很完整的话，不是标题。"
        )
        assert blocks(text) == [
            Block(0, "前言。"),
            Block(1, "一、适用对象"),
            Block(0, "参保职工。\n第二行。"),
            Block(0, "另一段。"),
            Block(2, "（一）申请条件"),
            Block(0, "一、这是一句很完整的话，不是标题。"),
        ]

    @pytest.mark.parametrize("text", ["", "\n\n", " \n "])
    def test_of_nothing_comes_nothing(self, text: str) -> None:
        assert blocks(text) == []


def test_the_editors_list_is_by_state_and_words(editor: Actor) -> None:
    row = published(editor)
    public_site.policy(title="别的补贴")
    waiting = draft(editor, document_number="示例〔2026〕9号")
    gone = published(editor)
    actions.withdraw_policy(editor, policy_id=gone.id, reason="x")
    assert queries.counts(editor) == {"draft": 1, "published": 2, "withdrawn": 1}
    assert [one.id for one in queries.listing(editor, state="withdrawn").items] == [gone.id]
    assert [one.id for one in queries.listing(editor, text="〔2026〕9号").items] == [waiting.id]
    assert {one.id for one in queries.listing(editor, text="技能").items} == {row.id, waiting.id, gone.id}
