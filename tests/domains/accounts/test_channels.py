"""Partner apps: who registers them, what is refused, switching them on and off, and their keys."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.models import Channel, ChannelKey
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, channels, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    return organisations.operator("security_admin")


def register(admin: Actor, **given: str) -> UUID:
    values = {"code": "app-pay", "name": "示例掌上付", "origin": channels.ORIGIN}
    return actions.register_channel(admin, **{**values, **given})


def audited(subject: UUID) -> list[tuple[str, Any]]:
    return list(AuditEntry.objects.filter(subject_id=str(subject)).order_by("id").values_list("action", "detail"))


class TestRegistering:
    def test_a_new_channel_is_off_until_it_is_switched_on(self, admin: Actor) -> None:
        made = Channel.objects.get(pk=register(admin))
        assert (made.code, made.name, made.origin, made.is_enabled) == ("app-pay", "示例掌上付", channels.ORIGIN, False)
        assert queries.enabled_channel("app-pay") is None
        assert [action for action, _ in audited(made.id)] == ["channel.register"]

    def test_its_origin_may_be_left_out(self, admin: Actor) -> None:
        assert Channel.objects.get(pk=register(admin, origin=" ")).origin == ""

    def test_what_was_typed_is_tidied(self, admin: Actor) -> None:
        made = Channel.objects.get(pk=register(admin, code=" App-Pay ", name=" 示例  付 ", origin="https://示例.中国/"))
        assert (made.code, made.name, made.origin) == ("app-pay", "示例 付", "https://xn--fsq092h.xn--fiqs8s")

    @pytest.mark.parametrize(
        "code", ["", "1app", "-app", "app-", "app--pay", "app_pay", "掌上付", "a" * 41, "a/b", "a b"]
    )
    def test_a_code_is_a_plain_word_for_an_address(self, admin: Actor, code: str) -> None:
        with pytest.raises(Invalid) as refusal:
            register(admin, code=code)
        assert list(refusal.value.fields) == ["code"]
        assert not Channel.objects.exists()

    def test_a_code_is_taken_once(self, admin: Actor) -> None:
        register(admin)
        with pytest.raises(Invalid) as refusal:
            register(admin, name="另一个")
        assert "app-pay" in refusal.value.fields["code"]
        assert Channel.objects.count() == 1

    def test_all_faults_are_told_together(self, admin: Actor) -> None:
        with pytest.raises(Invalid) as refusal:
            register(admin, code="!", name=" ", origin="https://*.example.cn")
        assert set(refusal.value.fields) == {"code", "name", "origin"}


class TestEditing:
    def test_name_and_origin_change_and_the_log_says_from_what_to_what(self, admin: Actor) -> None:
        made = register(admin)
        actions.edit_channel(admin, channel_id=made, name="示例付", origin="https://pay.example.cn")
        changed = Channel.objects.get(pk=made)
        assert (changed.code, changed.name, changed.origin) == ("app-pay", "示例付", "https://pay.example.cn")
        assert audited(made)[-1] == (
            "channel.edit",
            {
                "name": {"from": "示例掌上付", "to": "示例付"},
                "origin": {"from": channels.ORIGIN, "to": "https://pay.example.cn"},
            },
        )

    def test_saving_what_was_there_writes_nothing(self, admin: Actor) -> None:
        made = register(admin)
        actions.edit_channel(admin, channel_id=made, name="示例掌上付", origin=channels.ORIGIN)
        assert len(audited(made)) == 1


class TestSwitching:
    def test_it_lets_people_in_from_the_moment_it_is_on_and_nobody_once_it_is_off(self, admin: Actor) -> None:
        made = register(admin)
        actions.enable_channel(admin, channel_id=made, reason="联调完成")
        assert queries.enabled_channel("app-pay") is not None
        actions.disable_channel(admin, channel_id=made, reason="对方停服")
        assert queries.enabled_channel("app-pay") is None
        assert audited(made)[1:] == [
            ("channel.enable", {"reason": "联调完成"}),
            ("channel.disable", {"reason": "对方停服"}),
        ]

    def test_it_is_switched_once(self, admin: Actor) -> None:
        made = register(admin)
        with pytest.raises(Refused):
            actions.disable_channel(admin, channel_id=made, reason="重复")
        assert len(audited(made)) == 1

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
    def test_a_reason_is_needed(self, admin: Actor, reason: str) -> None:
        made = register(admin)
        with pytest.raises(Invalid) as refusal:
            actions.enable_channel(admin, channel_id=made, reason=reason)
        assert list(refusal.value.fields) == ["reason"]
        assert not Channel.objects.get(pk=made).is_enabled

    def test_this_process_knows_at_once_whose_pages_may_frame(
        self, admin: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        made = register(admin)
        for change, origins in ((actions.enable_channel, (channels.ORIGIN,)), (actions.disable_channel, ())):
            with django_capture_on_commit_callbacks(execute=True):
                change(admin, channel_id=made, reason="联调")
            assert queries.frame_origins() == origins


class TestKeys:
    def test_a_key_names_its_channel_and_is_not_stored_in_clear(self, admin: Actor) -> None:
        made = channels.channel()
        issued = actions.issue_key(admin, channel_id=made.id)
        holder = queries.holder_of(issued.key)
        assert holder is not None
        assert (holder.channel_code, holder.key_id) == ("app-pay", issued.id)
        stored = ChannelKey.objects.get(pk=issued.id)
        assert issued.key.startswith(stored.prefix)
        assert issued.key not in (stored.prefix, stored.digest)
        assert issued.key not in str(audited(made.id))

    def test_two_may_be_in_use_and_a_third_only_after_one_was_revoked(self, admin: Actor) -> None:
        made = channels.channel()
        first = actions.issue_key(admin, channel_id=made.id)
        actions.issue_key(admin, channel_id=made.id)
        with pytest.raises(Refused):
            actions.issue_key(admin, channel_id=made.id)
        actions.revoke_key(admin, channel_id=made.id, key_id=first.id)
        actions.issue_key(admin, channel_id=made.id)
        assert ChannelKey.objects.filter(revoked_at=None).count() == 2

    def test_a_revoked_key_names_nobody(self, admin: Actor) -> None:
        made = channels.channel()
        issued = actions.issue_key(admin, channel_id=made.id)
        for _ in range(2):  # safe to repeat
            actions.revoke_key(admin, channel_id=made.id, key_id=issued.id)
        assert queries.holder_of(issued.key) is None
        assert [action for action, _ in audited(made.id)] == ["channel.issue_key", "channel.revoke_key"]

    def test_nor_does_one_of_a_disabled_channel(self, admin: Actor) -> None:
        made = channels.channel(is_enabled=False)
        assert queries.holder_of(actions.issue_key(admin, channel_id=made.id).key) is None

    def test_another_channels_key_is_not_there(self, admin: Actor) -> None:
        issued = actions.issue_key(admin, channel_id=channels.channel().id)
        with pytest.raises(NotFound):
            actions.revoke_key(admin, channel_id=channels.channel("app-bank").id, key_id=issued.id)
        assert ChannelKey.objects.get(pk=issued.id).revoked_at is None

    def test_its_use_is_noted_once_an_hour(self, admin: Actor) -> None:
        key = actions.issue_key(admin, channel_id=channels.channel().id)
        first = clock.now()
        for later, noted in ((0, 0), (59, 0), (61, 61)):
            with clock.frozen(first + timedelta(minutes=later)):
                actions.note_key_use(key_id=key.id)
            assert ChannelKey.objects.get(pk=key.id).last_used_at == first + timedelta(minutes=noted)


STRANGERS = ["auditor", "editor", "support", "audit_admin"]


@pytest.mark.parametrize("role", [*STRANGERS, "agency owner", "seeker", "nobody"])
def test_nobody_else_changes_anything(admin: Actor, role: str) -> None:
    made = channels.channel()
    key = actions.issue_key(admin, channel_id=made.id)
    before = (Channel.objects.values().get(), ChannelKey.objects.values().get(), AuditEntry.objects.count())
    stranger = _stranger(role)
    attempts: list[Any] = [
        lambda: register(stranger, code="app-new"),
        lambda: actions.edit_channel(stranger, channel_id=made.id, name="别名", origin=""),
        lambda: actions.enable_channel(stranger, channel_id=made.id, reason="试"),
        lambda: actions.disable_channel(stranger, channel_id=made.id, reason="试"),
        lambda: actions.issue_key(stranger, channel_id=made.id),
        lambda: actions.revoke_key(stranger, channel_id=made.id, key_id=key.id),
    ]
    for attempt in attempts:
        with pytest.raises(Denied):
            attempt()
    assert (Channel.objects.values().get(), ChannelKey.objects.values().get(), AuditEntry.objects.count()) == before


def _stranger(role: str) -> Actor:
    if role == "agency owner":
        return organisations.member(organisations.agency(), role="owner")
    if role == "seeker":
        return accounts.actor(accounts.seeker())
    return Actor.anonymous() if role == "nobody" else organisations.operator(role)


def test_the_platforms_owner_may_as_well() -> None:
    register(organisations.operator("owner"))
    assert Channel.objects.count() == 1


def test_what_is_not_there_cannot_be_changed(admin: Actor) -> None:
    attempts: list[Any] = [
        lambda: actions.edit_channel(admin, channel_id=new_id(), name="名", origin=""),
        lambda: actions.enable_channel(admin, channel_id=new_id(), reason="试"),
        lambda: actions.issue_key(admin, channel_id=new_id()),
        lambda: queries.channel_detail(admin, new_id()),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
