"""Personal data at rest: encrypted, searchable only by keyed digest, with replaceable keys (bar S12)."""

import base64
import os
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from jiuye.domains.accounts.models import User
from jiuye.kernel import crypto
from jiuye.kernel.crypto.ciphers import CIPHERS, Sm4Gcm
from jiuye.kernel.crypto.columns import sealed_tables
from tests.factories import accounts

OLD, NEW = "11" * 32, "22" * 32


def before_algorithms_were_named(text: str, key_id: str = "k1", key: str = OLD) -> str:
    """An envelope in the format of the first releases: `key id:base64`, AES-256-GCM."""
    nonce = os.urandom(12)
    sealed = AESGCM(bytes.fromhex(key)).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


class TestSealing:
    @given(st.text(), st.sampled_from(sorted(CIPHERS)))
    def test_whatever_is_sealed_is_read_again(self, text: str, algorithm: str) -> None:
        with override_settings(CIPHER=algorithm):
            assert crypto.decrypt(crypto.encrypt(text)) == text

    def test_the_same_text_is_never_sealed_the_same(self) -> None:
        assert crypto.encrypt("林小满") != crypto.encrypt("林小满")

    @pytest.mark.parametrize("algorithm", sorted(CIPHERS))
    def test_an_altered_envelope_is_refused(self, settings: Settings, algorithm: str) -> None:
        settings.CIPHER = algorithm
        envelope = crypto.encrypt("13800000001")
        flipped = envelope[:-4] + ("A" if envelope[-4] != "A" else "B") + envelope[-3:]
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(flipped)

    def test_an_envelope_says_its_key_and_algorithm(self, settings: Settings) -> None:
        settings.ENCRYPTION_KEYS = {"k1": OLD}
        settings.CIPHER = "sm4-gcm"
        assert crypto.encrypt("x").startswith("k1:sm4-gcm:")

    def test_the_key_id_is_part_of_what_is_sealed(self, settings: Settings) -> None:
        settings.ENCRYPTION_KEYS = {"one": OLD, "two": OLD}
        envelope = crypto.encrypt("x")
        assert envelope.startswith("two:")
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt("one:" + envelope.partition(":")[2])

    def test_the_algorithm_is_part_of_what_is_sealed(self) -> None:
        key_id, _, body = crypto.encrypt("x").split(":")
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(f"{key_id}:sm4-gcm:{body}")

    def test_an_envelope_opens_only_where_it_belongs(self) -> None:
        envelope = crypto.encrypt("13800000001", "accounts_user.phone")
        assert crypto.decrypt(envelope, "accounts_user.phone") == "13800000001"
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(envelope, "accounts_user.name")

    def test_an_algorithm_that_nobody_knows_is_refused(self) -> None:
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt("dev:rot13:AAAA")


class TestKeys:
    def test_the_newest_key_seals_and_older_ones_still_open(self, settings: Settings) -> None:
        settings.ENCRYPTION_KEYS = {"k1": OLD}
        old = crypto.encrypt("旧")
        settings.ENCRYPTION_KEYS = {"k1": OLD, "k2": NEW}
        assert crypto.encrypt("新").startswith("k2:")
        assert crypto.decrypt(old) == "旧"
        settings.ENCRYPTION_KEYS = {"k2": NEW}
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(old)

    def test_changing_the_algorithm_leaves_what_was_sealed_readable(self, settings: Settings) -> None:
        aes = crypto.encrypt("林小满")
        settings.CIPHER = "sm4-gcm"
        sm4 = crypto.encrypt("林小满")
        assert [crypto.decrypt(aes), crypto.decrypt(sm4)] == ["林小满"] * 2

    def test_envelopes_from_before_algorithms_were_named_still_open(self, settings: Settings) -> None:
        settings.ENCRYPTION_KEYS = {"k1": OLD, "k2": NEW}
        assert crypto.decrypt(before_algorithms_were_named("旧"), "accounts_user.name") == "旧"


class TestKnownAnswers:
    def test_sm4_gcm_gives_the_answer_of_rfc_8998_appendix_a_1(self) -> None:
        nonce = bytes.fromhex("00001234567800000000ABCD")
        associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
        plain = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
        sealed = bytes.fromhex(
            "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
            "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
            "83DE3541E4C2B58177E065A9BF7B62EC"
        )
        sm4 = Sm4Gcm(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
        assert sm4.encrypt(nonce, plain, associated) == sealed
        assert sm4.decrypt(nonce, sealed, associated) == plain


class TestBlindIndexes:
    def test_equal_for_equal_values_of_one_purpose_only(self, settings: Settings) -> None:
        one = crypto.blind_index("13800000001", "phone")
        assert one == crypto.blind_index("13800000001", "phone")
        others = {crypto.blind_index("13800000002", "phone"), crypto.blind_index("13800000001", "card")}
        assert len({one, *others}) == 3
        settings.BLIND_INDEX_KEY = NEW
        assert crypto.blind_index("13800000001", "phone") != one

    def test_every_index_beside_an_encrypted_column_says_of_what_it_is(self) -> None:
        """Otherwise a change of the index key would miss it."""
        forgotten = [
            f"{table.name}.{field.column}"
            for table in sealed_tables()
            for field in table.fields
            if hasattr(table.model, f"{field.name}_index") and field.found_by != f"{field.name}_index"
        ]
        assert forgotten == []


class TestDocs:
    def test_the_page_names_every_sealed_column(self) -> None:
        page = (Path(__file__).resolve().parents[2] / "docs" / "data-protection.md").read_text(encoding="utf-8")
        lines = dict(re.findall(r"^\| `(\w+)` \| ([^|]+)\|", page, flags=re.M))
        untold = [
            f"{table.name}.{column}"
            for table in sealed_tables()
            for column in table.columns[1:]
            if column not in lines.get(table.name, "")
        ]
        assert untold == []


@pytest.mark.django_db
class TestColumns:
    def test_the_database_holds_envelopes_and_the_model_text(self) -> None:
        user = accounts.person("林小满", phone="13800009999")
        stored = self.stored(user)
        assert all(value.startswith("dev:aes-256-gcm:") for value in stored)
        assert "林小满" not in stored[0]
        assert "13800009999" not in stored[1]
        read = User.objects.get(pk=user.id)
        assert (read.name, read.phone) == ("林小满", "13800009999")

    def test_empty_text_stays_empty(self) -> None:
        assert self.stored(accounts.person(""))[0] == ""

    def test_an_envelope_put_into_another_column_is_refused(self) -> None:
        user = accounts.person("林小满", phone="13800009999")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET name = phone WHERE id = %s", [user.id])
        with pytest.raises(crypto.Unreadable):
            User.objects.get(pk=user.id)

    def stored(self, user: User) -> tuple[str, str]:
        """What the database holds for a person's name and phone."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, phone FROM accounts_user WHERE id = %s", [user.id])
            row: tuple[str, str] = cursor.fetchone()
        return row
