"""The demonstration's organisations as entries of the sandbox's registers, so that every one of them is found there."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row

Entry = dict[str, Any]

# Only the demonstration's own codes: what somebody registers by hand must not get into a register by itself.
_OF_DEMONSTRATION = "__990000MA%"
_AGENCIES = """
    SELECT legal_name, credit_code, region_id AS region, licence_number, licence_expires_on, supervising_body
    FROM organisations_agency WHERE credit_code LIKE %s ORDER BY credit_code
"""
_EMPLOYERS = """
    SELECT e.legal_name, e.credit_code, e.region_id AS region, i.name AS industry
    FROM organisations_employer e LEFT JOIN reference_industry i ON i.code = e.industry_id
    WHERE e.credit_code LIKE %s AND NOT EXISTS (SELECT FROM organisations_agency a WHERE a.credit_code = e.credit_code)
    ORDER BY e.credit_code
"""
_LARGEST_BATCH = 100


def entries(dsn: str) -> dict[str, list[Entry]]:
    """Return the entries by register. Raise psycopg.Error."""
    with psycopg.connect(dsn, connect_timeout=5, row_factory=dict_row) as connection:
        agencies = connection.execute(_AGENCIES, [_OF_DEMONSTRATION]).fetchall()
        employers = connection.execute(_EMPLOYERS, [_OF_DEMONSTRATION]).fetchall()
    public = [one for one in agencies if one["credit_code"].startswith("1")]
    market = [one for one in agencies if not one["credit_code"].startswith("1")]
    scope = "许可项目：职业中介活动；人力资源服务。一般项目：企业管理咨询；劳务服务"
    return {
        "enterprises": [
            *(_unit(one, business_scope=scope) for one in market),
            *(_unit(one, business_scope=f"一般项目：{one['industry'] or '企业管理咨询'}") for one in employers),
        ],
        "institutions": [_unit(one, organiser=one["supervising_body"]) for one in public],
        "licences": [_licence(one) for one in market if one["licence_number"]],
    }


def enter(host: str, port: int, dsn: str) -> None:
    """Put the entries into the sandbox at this address. Idempotent. Raise OSError, http.client.HTTPException, psycopg.Error."""
    for register, batch in _batches(entries(dsn)):
        connection = http.client.HTTPConnection(host, port, timeout=5.0)
        try:
            body = json.dumps({"entries": batch})
            connection.request("POST", f"/registers/{register}/entries", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            if answer.status != 200:
                raise http.client.HTTPException(f"{answer.status} {answer.read()[:200]!r}")
        finally:
            connection.close()


def _batches(found: dict[str, list[Entry]]) -> Iterator[tuple[str, list[Entry]]]:
    for register, listed in found.items():
        for start in range(0, len(listed), _LARGEST_BATCH):
            yield register, listed[start : start + _LARGEST_BATCH]


def _unit(organisation: Entry, **facts: str) -> Entry:
    named = {name: organisation[name] for name in ("legal_name", "credit_code")}
    return named | {"region": organisation["region"] or ""} | facts


def _licence(agency: Entry) -> Entry:
    expires = agency["licence_expires_on"]
    return {
        "number": agency["licence_number"],
        "holder_name": agency["legal_name"],
        "credit_code": agency["credit_code"],
        "issuing_body": agency["supervising_body"],
        "expires_on": expires.isoformat() if expires else "",
    }
