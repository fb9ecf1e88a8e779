"""Which channels may send people in, and whose pages may frame ours."""

import time

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import queries
from tests.factories import channels

pytestmark = pytest.mark.django_db


def test_an_enabled_channel_is_found_by_its_code() -> None:
    channels.channel("app-pay", name="示例掌上付")
    assert queries.enabled_channel("app-pay") == queries.ChannelView("app-pay", "示例掌上付", channels.ORIGIN)


@pytest.mark.parametrize("code", ["", "app-unknown", "app-closed", "APP-PAY", "app-pay\x00", "a" * 500])
def test_unknown_and_disabled_channels_are_none(code: str) -> None:
    channels.channel("app-pay")
    channels.channel("app-closed", is_enabled=False)
    assert queries.enabled_channel(code) is None


class TestFrameOrigins:
    def test_they_are_those_of_enabled_channels_each_once(self) -> None:
        queries.keep_frame_origins(None)
        channels.channel("app-pay", origin="https://pay.example.cn")
        channels.channel("app-bank", origin="https://bank.example.cn")
        channels.channel("app-bank-too", origin="https://bank.example.cn")
        channels.channel("app-frameless", origin="")
        channels.channel("app-closed", origin="https://closed.example.cn", is_enabled=False)
        assert queries.frame_origins() == ("https://bank.example.cn", "https://pay.example.cn")

    def test_one_that_today_would_be_refused_is_left_out(self) -> None:
        queries.keep_frame_origins(None)
        channels.channel("app-old", origin="http://old.example.cn")
        channels.channel("app-odd", origin="https://odd.example.cn; script-src 'unsafe-inline'")
        channels.channel("app-pay")
        assert queries.frame_origins() == (channels.ORIGIN,)

    def test_most_calls_ask_nobody(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        queries.keep_frame_origins(None)
        with django_assert_num_queries(1):
            for _ in range(5):
                queries.frame_origins()

    def test_a_change_is_known_half_a_minute_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        queries.keep_frame_origins(None)
        channel = channels.channel()
        assert queries.frame_origins() == (channels.ORIGIN,)
        type(channel).objects.update(is_enabled=False)
        assert queries.frame_origins() == (channels.ORIGIN,)
        later = time.monotonic() + 30
        monkeypatch.setattr(time, "monotonic", lambda: later)
        assert queries.frame_origins() == ()

    def test_while_the_database_is_away_the_last_answer_stands_and_it_is_not_asked_again_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queries.keep_frame_origins((channels.ORIGIN,))
        asked = []

        def away() -> tuple[str, ...]:
            asked.append(1)
            raise OperationalError

        monkeypatch.setattr("jiuye.domains.accounts.queries.channels._read_origins", away)
        later = time.monotonic() + 31
        monkeypatch.setattr(time, "monotonic", lambda: later)
        assert [queries.frame_origins() for _ in range(3)] == [(channels.ORIGIN,)] * 3
        assert len(asked) == 1
