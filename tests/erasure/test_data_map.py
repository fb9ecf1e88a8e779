"""The data map that an authority reads is what the code does."""

import pytest

from jiuye.config.env import REPOSITORY
from jiuye.erasure import data_map, rules
from jiuye.privacy.kinds import KINDS


def test_the_published_map_is_the_one_that_the_rules_make() -> None:
    written = (REPOSITORY / "docs" / "security" / "data-map.md").read_text(encoding="utf-8")
    assert written == data_map.page(), "run ./jiuye manage data_map"


def test_every_kind_of_a_persons_data_is_in_it_with_what_an_erasure_does() -> None:
    rows = [line.split(" | ") for line in data_map.page().splitlines() if line.startswith("| ")]
    told = {row[0].removeprefix("| "): row[-1] for row in rows}
    assert {kind.title for kind in KINDS} <= set(told)
    assert all(told[kind.title].strip(" |") for kind in KINDS)


def test_encrypted_columns_are_marked() -> None:
    account = next(line for line in data_map.page().splitlines() if "`accounts_user`" in line)
    assert "（密）" in account


def test_a_rule_without_words_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "EMPTIED", {**rules.EMPTIED, "accounts.Passkey.user": "something new"})
    monkeypatch.setattr(rules, "DELETED", tuple(rule for rule in rules.DELETED if rule[0] != "accounts.Passkey"))
    with pytest.raises(KeyError, match=r"accounts\.Passkey\.user"):
        data_map.page()
