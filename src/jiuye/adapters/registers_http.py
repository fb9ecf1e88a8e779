"""The public registers over signed HTTP (the sandbox's registers are such)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

import orjson

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.signed_http import SignedClient
from jiuye.ports.registers import (
    EnterpriseKind,
    EnterpriseRecord,
    EnterpriseStatus,
    InstitutionKind,
    InstitutionRecord,
    InstitutionStatus,
    LicenceRecord,
    LicenceStatus,
    RegisterRejected,
    Registers,
    RegisterUnavailable,
)

Record = TypeVar("Record")


class HttpRegisters(Registers):
    """`POST {url}/{register}/lookups`, signed with `key`; the registers are `enterprises`, `institutions`, `licences`.

    The key that is looked up is in the body, never in the address, which logs would keep. Each register has its own
    circuit breaker, made by `breaker`.
    """

    def __init__(self, *, url: str, key: str, breaker: Callable[[], CircuitBreaker] = CircuitBreaker) -> None:
        self._registers = {
            name: SignedClient(
                url=f"{url.rstrip('/')}/{name}",
                key=key,
                unavailable=RegisterUnavailable,
                rejected=RegisterRejected,
                breaker=breaker(),
            )
            for name in ("enterprises", "institutions", "licences")
        }

    def enterprise(self, credit_code: str) -> EnterpriseRecord | None:
        """See `Registers.enterprise`."""
        return self._look_up("enterprises", credit_code, _enterprise, lambda found: found.credit_code == credit_code)

    def institution(self, credit_code: str) -> InstitutionRecord | None:
        """See `Registers.institution`."""
        return self._look_up("institutions", credit_code, _institution, lambda found: found.credit_code == credit_code)

    def licence(self, number: str) -> LicenceRecord | None:
        """See `Registers.licence`."""
        return self._look_up("licences", number, _licence, lambda found: _digits(found.number) == _digits(number))

    def _look_up(
        self,
        register: str,
        key: str,
        read: Callable[[Mapping[str, Any]], Record],
        is_meant: Callable[[Record], bool],
    ) -> Record | None:
        """Return the record, None if the register has none. The record of another key is no answer."""
        answer = self._registers[register].call("POST", "/lookups", orjson.dumps({"key": key}))
        try:
            told = orjson.loads(answer.content)
            if told["found"] is False:
                return None
            record = read(told["entry"])
            if told["found"] is not True or not is_meant(record):
                raise ValueError("no clear answer, or the record of another key")
            return record
        except (ValueError, KeyError, TypeError) as problem:
            raise RegisterUnavailable("the register's answer makes no sense") from problem


def _enterprise(entry: Mapping[str, Any]) -> EnterpriseRecord:
    return EnterpriseRecord(
        credit_code=_text(entry, "credit_code"),
        legal_name=_text(entry, "legal_name"),
        kind=_one_of(entry, "kind", get_args(EnterpriseKind)),
        status=_one_of(entry, "status", get_args(EnterpriseStatus)),
        legal_representative=_text(entry, "legal_representative"),
        business_scope=_text(entry, "business_scope"),
        region=_text(entry, "region"),
        established_on=_day(entry, "established_on"),
        expires_on=_day_or_none(entry, "expires_on"),
    )


def _institution(entry: Mapping[str, Any]) -> InstitutionRecord:
    return InstitutionRecord(
        credit_code=_text(entry, "credit_code"),
        legal_name=_text(entry, "legal_name"),
        kind=_one_of(entry, "kind", get_args(InstitutionKind)),
        status=_one_of(entry, "status", get_args(InstitutionStatus)),
        legal_representative=_text(entry, "legal_representative"),
        purpose=_text(entry, "purpose"),
        organiser=_text(entry, "organiser"),
        region=_text(entry, "region"),
        established_on=_day(entry, "established_on"),
        expires_on=_day_or_none(entry, "expires_on"),
    )


def _licence(entry: Mapping[str, Any]) -> LicenceRecord:
    scope = entry["scope"]
    if not isinstance(scope, list) or not all(isinstance(one, str) for one in scope):
        raise TypeError("scope: a list of strings is expected")
    return LicenceRecord(
        number=_text(entry, "number"),
        holder_name=_text(entry, "holder_name"),
        credit_code=_text(entry, "credit_code"),
        status=_one_of(entry, "status", get_args(LicenceStatus)),
        scope=tuple(scope),
        issuing_body=_text(entry, "issuing_body"),
        valid_from=_day(entry, "valid_from"),
        expires_on=_day(entry, "expires_on"),
    )


def _digits(number: str) -> str:
    """Return what is left of a licence number when brackets may be of any style."""
    return "".join(filter(str.isdecimal, number))


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry[name]
    if not isinstance(value, str):
        raise TypeError(f"{name}: a string is expected")
    return value


def _one_of(entry: Mapping[str, Any], name: str, known: tuple[Any, ...]) -> Any:
    value = _text(entry, name)
    if value not in known:
        raise ValueError(f"{name}: unknown")
    return value


def _day(entry: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(_text(entry, name))


def _day_or_none(entry: Mapping[str, Any], name: str) -> date | None:
    return _day(entry, name) if entry[name] else None
