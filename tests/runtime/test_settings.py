"""Production refuses to start with publicly known secrets."""

from hashlib import sha512
from secrets import token_hex, token_urlsafe
from typing import Any

import pytest
from pydantic import ValidationError

from jiuye.config.env import DEVELOPMENT_SECRET, Environment
from jiuye.config.production import is_guessable

RANDOM = iter(sha512(f"settings {number}".encode()).hexdigest() for number in range(50))
"""Secrets without a pattern, the same in each run."""


def secret(length: int = 40) -> str:
    return next(RANDOM)[:length]


SAFE: dict[str, Any] = {
    "jiuye_env": "production",
    "secret_key": secret(64),
    "encryption_keys": {"1": secret(64)},
    "blind_index_key": secret(64),
    "site_url": "https://jobs.example",
    "allowed_hosts": ["jobs.example"],
    "trusted_proxies": ["10.0.0.0/24"],
    "secure_proxy_header": "X-Forwarded-Proto=https",
    "sms_url": "https://sms.example",
    "sms_token": secret(),
    "sms_receipt_key": secret(),
    "authority_url": "https://records.example",
    "authority_key": secret(),
    "registers_url": "https://registers.example",
    "registers_key": secret(),
    "essc_issuer": "https://card.example",
    "essc_client_secret": secret(20),
    "debug": False,
}


ALIYUN = {
    "sms_adapter": "jiuye.adapters.sms_aliyun.AliyunSmsSender",
    "sms_url": "",
    "sms_receipt_key": "sandbox-sms-receipt-key",
    "sms_aliyun_access_key_id": secret(24),
    "sms_aliyun_access_key_secret": secret(30),
    "sms_aliyun_templates": {"code_login": "SMS_100"},
}


def test_production_that_sends_by_aliyun_needs_no_other_gateway() -> None:
    assert Environment(**SAFE | ALIYUN).sends_by_aliyun


@pytest.mark.parametrize(
    "missing", ["sms_aliyun_access_key_id", "sms_aliyun_access_key_secret", "sms_aliyun_templates"]
)
def test_production_that_sends_by_aliyun_names_what_is_missing(missing: str) -> None:
    with pytest.raises(ValidationError, match="SMS_ALIYUN"):
        Environment(**{**SAFE, **ALIYUN, missing: {} if missing.endswith("templates") else ""})


def test_production_starts_on_settings_of_its_own() -> None:
    assert Environment(**SAFE).jiuye_env == "production"


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"secret_key": DEVELOPMENT_SECRET}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"debug": True}, "DEBUG"),
        ({"encryption_keys": {}}, "ENCRYPTION_KEYS"),
        ({"blind_index_key": ""}, "BLIND_INDEX_KEY"),
        ({"database_url": "postgresql://jiuye@10.0.0.9/jiuye"}, "DATABASE_URL"),
        ({"database_url": "postgresql://jiuye@database.example/jiuye?sslmode=prefer"}, "DATABASE_URL"),
        ({"database_url": "postgresql://jiuye@/jiuye?host=database.example"}, "DATABASE_URL"),
        ({"migrations_database_url": "postgresql://owner@[2001:db8::9]/jiuye"}, "MIGRATIONS_DATABASE_URL"),
        ({"cache_url": "redis://cache.example:6379"}, "CACHE_URL"),
        ({"trusted_proxies": ["0.0.0.0/1", "128.0.0.0/1"]}, "TRUSTED_PROXIES"),
        ({"secure_proxy_header": "X-Forwarded-Proto=http"}, "SECURE_PROXY_HEADER"),
        ({"site_url": "http://jobs.example"}, "SITE_URL"),
        ({"sms_token": "sandbox-sms-token"}, "SMS_TOKEN"),
        ({"sms_url": ""}, "SMS_URL"),
        ({"sms_receipt_key": "sandbox-sms-receipt-key"}, "SMS_RECEIPT_KEY"),
        ({"registers_key": "sandbox-registers-key"}, "REGISTERS_KEY"),
        ({"registers_url": "http://registers.example"}, "REGISTERS_URL"),
        ({"authority_key": "sandbox-authority-key"}, "AUTHORITY_KEY"),
        ({"authority_url": ""}, "AUTHORITY_URL"),
        ({"authority_url": "http://records.example"}, "AUTHORITY_URL"),
        ({"essc_client_secret": "sandbox-essc-secret"}, "ESSC_CLIENT_SECRET"),
        ({"essc_issuer": "http://card.example"}, "ESSC_ISSUER"),
        ({"sms_url": "http://sms.example"}, "SMS_URL"),
        ({"sms_url": "https://localhost:8001/sms"}, "SMS_URL"),
        ({"authority_url": "https://127.0.0.1/records"}, "AUTHORITY_URL"),
        ({"registers_url": "https://"}, "REGISTERS_URL"),
        ({"essc_issuer": "HTTP://card.example"}, "ESSC_ISSUER"),
        ({"storage_url": "s3://bucket/files?endpoint=http://storage.example"}, "STORAGE_URL"),
        ({"webhooks_allow_loopback": True}, "WEBHOOKS_ALLOW_LOOPBACK"),
        ({"site_url": "https://jobs.example/"}, "SITE_URL"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["other.example"]}, "ALLOWED_HOSTS"),
        ({"trusted_proxies": []}, "TRUSTED_PROXIES.*BEHIND_PROXY=false"),
        ({"trusted_proxies": ["0.0.0.0/0"]}, "TRUSTED_PROXIES"),
        ({"trusted_proxies": ["10.0.0.0/24", "::/0"]}, "TRUSTED_PROXIES"),
        ({"secure_proxy_header": ""}, "SECURE_PROXY_HEADER"),
        ({"behind_proxy": False}, "BEHIND_PROXY"),
        ({"metrics_token": "metrics"}, "METRICS_TOKEN"),
    ],
)
def test_production_refuses_to_start_and_names_what_is_unsafe(unsafe: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Environment(**SAFE | unsafe)


PATTERNS = {
    "zeros": "0" * 64,
    "one letter": "a" * 64,
    "two letters": "ab" * 32,
    "halves": "c" * 32 + "d" * 32,
    "a repeated word": ("0123456789abcdef" * 4),
    "a repeated key": "8f1c5e3a9b7d2046" * 4,
    "counted bytes": bytes(range(32)).hex(),
    "counted down": bytes(range(64, 32, -1)).hex(),
    "steps of seventeen": bytes(number * 17 % 256 for number in range(32)).hex(),
    "few bytes": "deadbeefcafebabe" * 3 + "deadbeefcafebabf",
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(
    "name",
    [
        "secret_key", "blind_index_key", "encryption_keys", "authority_key", "registers_key", "essc_client_secret",
        "sms_token", "sms_receipt_key",
    ],
)  # fmt: skip
def test_production_refuses_a_secret_with_a_pattern(name: str, pattern: str) -> None:
    value = PATTERNS[pattern]
    with pytest.raises(ValidationError, match=name.upper()) as refused:
        Environment(
            **{**SAFE, name: {"1": SAFE["encryption_keys"]["1"], "2": value} if name == "encryption_keys" else value}
        )
    assert name != "encryption_keys" or "ENCRYPTION_KEYS[2]" in str(refused.value)


@pytest.mark.parametrize(
    "public",
    ["sandbox-authority-key", "change-me-change-me-4711", "my-Password-is-4711-x", "abcdefghijklmnopqrstuvwx", "kurz"],
)
def test_production_refuses_a_secret_out_of_documentation(public: str) -> None:
    with pytest.raises(ValidationError, match="AUTHORITY_KEY"):
        Environment(**SAFE | {"authority_key": public})


@pytest.mark.parametrize(
    ("first", "second"),
    [("blind_index_key", "secret_key"), ("registers_key", "authority_key"), ("sms_receipt_key", "sms_token")],
)
def test_production_refuses_one_secret_for_two_purposes(first: str, second: str) -> None:
    with pytest.raises(ValidationError, match="同一个密钥"):
        Environment(**SAFE | {first: SAFE[second]})


def test_production_refuses_an_encryption_key_that_is_the_blind_indexes_too() -> None:
    with pytest.raises(ValidationError, match="同一个密钥"):
        Environment(**SAFE | {"encryption_keys": {"1": SAFE["blind_index_key"].upper()}})


def test_each_problem_has_a_line_and_no_line_shows_a_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        Environment(**SAFE | {"sms_url": "http://sms.example", "sms_token": "x" * 20 + "hidden", "debug": True})
    lines = refused.value.errors()[0]["msg"].splitlines()[1:]
    assert [line.split("：")[0] for line in lines] == ["DEBUG", "SMS_URL", "SMS_TOKEN"]
    assert "hidden" not in str(refused.value)
    assert SAFE["secret_key"][:12] not in str(refused.value)


def test_production_without_a_proxy_says_so() -> None:
    direct = {"behind_proxy": False, "trusted_proxies": [], "secure_proxy_header": ""}
    assert not Environment(**SAFE | direct).behind_proxy


@pytest.mark.parametrize(
    "stores",
    [
        {"database_url": "postgresql://jiuye@/jiuye?host=/run/postgresql", "cache_url": "unix:///run/valkey.sock"},
        {"database_url": "postgresql://jiuye@127.0.0.1/jiuye", "cache_url": "redis://[::1]:6379"},
        {
            "database_url": "postgresql://jiuye@10.0.0.9/jiuye?sslmode=verify-full",
            "cache_url": "rediss://cache.example",
        },
    ],
)
def test_production_takes_stores_on_this_machine_or_by_an_encrypted_connection(stores: dict[str, str]) -> None:
    assert Environment(**SAFE | stores).jiuye_env == "production"


def test_random_secrets_are_accepted() -> None:
    assert not [one for one in (token_hex(32), token_urlsafe(16), token_urlsafe(48)) if is_guessable(one)]


def test_development_starts_on_nothing_at_all() -> None:
    assert Environment(jiuye_env="development").database_url in ("", Environment().database_url)


@pytest.mark.parametrize("hours", ["22-8", "0-6", "off"])
def test_quiet_hours_go_from_one_full_hour_to_another_or_are_off(hours: str) -> None:
    assert Environment(sms_quiet_hours=hours).sms_quiet_hours == hours


@pytest.mark.parametrize("hours", ["", "22", "8-8", "22-24", "22:30-8", "on"])
def test_quiet_hours_that_make_no_sense_do_not_start(hours: str) -> None:
    with pytest.raises(ValidationError, match="SMS_QUIET_HOURS"):
        Environment(sms_quiet_hours=hours)
