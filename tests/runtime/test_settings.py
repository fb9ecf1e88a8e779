"""Production refuses to start with publicly known secrets."""

from typing import Any

import pytest
from pydantic import ValidationError

from jiuye.config.env import DEVELOPMENT_SECRET, Environment

SAFE: dict[str, Any] = {
    "jiuye_env": "production",
    "secret_key": "k" * 50,
    "encryption_keys": {"1": "0" * 64},
    "blind_index_key": "0" * 64,
    "site_url": "https://jobs.example",
    "sms_url": "https://sms.example",
    "sms_token": "t0ken",
    "sms_receipt_key": "r3ceipt",
    "authority_url": "https://records.example",
    "authority_key": "r3cords",
    "registers_url": "https://registers.example",
    "registers_key": "r3gisters",
    "essc_issuer": "https://card.example",
    "essc_client_secret": "s3cret",
    "debug": False,
}


ALIYUN = {
    "sms_adapter": "jiuye.adapters.sms_aliyun.AliyunSmsSender",
    "sms_url": "",
    "sms_receipt_key": "sandbox-sms-receipt-key",
    "sms_aliyun_access_key_id": "key",
    "sms_aliyun_access_key_secret": "s3cret",
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
    ],
)
def test_production_refuses_to_start_and_names_what_is_unsafe(unsafe: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Environment(**SAFE | unsafe)


def test_development_starts_on_nothing_at_all() -> None:
    assert Environment(jiuye_env="development").database_url in ("", Environment().database_url)


@pytest.mark.parametrize("hours", ["22-8", "0-6", "off"])
def test_quiet_hours_go_from_one_full_hour_to_another_or_are_off(hours: str) -> None:
    assert Environment(sms_quiet_hours=hours).sms_quiet_hours == hours


@pytest.mark.parametrize("hours", ["", "22", "8-8", "22-24", "22:30-8", "on"])
def test_quiet_hours_that_make_no_sense_do_not_start(hours: str) -> None:
    with pytest.raises(ValidationError, match="SMS_QUIET_HOURS"):
        Environment(sms_quiet_hours=hours)
