"""Personal data at rest: sealed, findable only by keyed digest, keys can be changed (bar S12)."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from jiuye.domains.accounts.models import User
from jiuye.kernel import crypto
from tests.factories import accounts

OLD, NEW = "11" * 32, "22" * 32


@pytest.fixture
def keys(settings: Settings):  # type: ignore[no-untyped-def]
    """Set the encryption keys of a test; what was cached before and after is forgotten."""

    def choose(**chosen: str) -> None:
        settings.ENCRYPTION_KEYS = chosen
        forget()

    def forget() -> None:
        for cached in (crypto._keys, crypto._cipher, crypto._index_key):
            cached.cache_clear()

    yield choose
    forget()


@given(st.text())
def test_whatever_is_sealed_is_read_again(text: str) -> None:
    assert crypto.decrypt(crypto.encrypt(text)) == text


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert crypto.encrypt("林小满") != crypto.encrypt("林小满")


def test_an_altered_envelope_is_refused() -> None:
    envelope = crypto.encrypt("13800000001")
    flipped = envelope[:-4] + ("A" if envelope[-4] != "A" else "B") + envelope[-3:]
    with pytest.raises(InvalidTag):
        crypto.decrypt(flipped)


def test_the_key_id_is_part_of_what_is_sealed(keys) -> None:  # type: ignore[no-untyped-def]
    keys(one=OLD, two=OLD)
    envelope = crypto.encrypt("x")
    assert envelope.startswith("two:")
    with pytest.raises(InvalidTag):
        crypto.decrypt("one:" + envelope.partition(":")[2])


def test_the_newest_key_seals_and_older_ones_still_open(keys) -> None:  # type: ignore[no-untyped-def]
    keys(k1=OLD)
    old = crypto.encrypt("旧")
    keys(k1=OLD, k2=NEW)
    assert crypto.encrypt("新").startswith("k2:")
    assert crypto.decrypt(old) == "旧"
    keys(k2=NEW)
    with pytest.raises(KeyError):
        crypto.decrypt(old)


def test_a_blind_index_is_equal_for_equal_values_of_one_purpose_only(settings: Settings, keys) -> None:  # type: ignore[no-untyped-def]
    one = crypto.blind_index("13800000001", "phone")
    assert one == crypto.blind_index("13800000001", "phone")
    assert len({one, crypto.blind_index("13800000002", "phone"), crypto.blind_index("13800000001", "card")}) == 3
    settings.BLIND_INDEX_KEY = NEW
    keys()
    assert crypto.blind_index("13800000001", "phone") != one


@pytest.mark.django_db
def test_a_column_holds_envelopes_and_the_model_text() -> None:
    user = accounts.person("林小满", phone="13800009999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM accounts_user WHERE id = %s", [user.id])
        stored = cursor.fetchone()
    assert all(value.startswith("dev:") for value in stored)
    assert "林小满" not in stored[0]
    assert "13800009999" not in stored[1]
    read = User.objects.get(pk=user.id)
    assert (read.name, read.phone) == ("林小满", "13800009999")


@pytest.mark.django_db
def test_empty_text_stays_empty() -> None:
    user = accounts.person("")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_user WHERE id = %s", [user.id])
        assert cursor.fetchone() == ("",)
