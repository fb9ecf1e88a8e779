"""Version 1 of the API: its operations, and its OpenAPI document."""

from functools import lru_cache
from http import HTTPStatus
from typing import Any

import orjson
from ninja import NinjaAPI

from jiuye.api import repeats
from jiuye.api.callers import ON_BEHALF_OF
from jiuye.api.problems import raise_errors
from jiuye.api.routes import requirements
from jiuye.api.signatures import KeptJson
from jiuye.api.v1 import (
    agencies,
    agency,
    changes,
    employers,
    fairs,
    feeds,
    jobs,
    policies,
    reference,
    snapshots,
    suggestions,
    terms,
    test_mode,
)
from jiuye.api.v1.examples import add_examples
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import Requirement

PREFIX = "/api/v1/"
CHANNEL_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "合作渠道的密钥，由平台运营人员生成。不带密钥也能读取，只是每分钟的次数少一些；密钥不对回答 401。",
}
CLIENT_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "机构接口客户端的密钥（jya_live_… 或 jya_test_…），由机构管理员在“开放接口”页面生成。",
}
CLIENT_TOKEN = {
    "type": "oauth2",
    "description": "OAuth 2.0 客户端凭据（RFC 6749 §4.4）。",
    "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": dict(Scope.choices)}},
}
ON_BEHALF_OF_PARAMETER = {
    "in": "header",
    "name": ON_BEHALF_OF,
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": "代表哪位成员操作：成员的 id，见 GET /agency/members。",
}
IDEMPOTENCY_KEY_PARAMETER = {
    "in": "header",
    "name": repeats.HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": repeats.LONGEST_KEY, "pattern": "^[!-~]+$"},
    "description": "重发同一请求时用同一个键（建议 UUID），72 小时内只执行一次，重发得到第一次的回答。",
}
SECURITY: list[dict[str, list[str]]] = [{}, {"channelKey": []}]
ROUTERS = [
    jobs.router,
    agencies.router,
    employers.router,
    fairs.router,
    feeds.router,
    policies.router,
    suggestions.router,
    reference.router,
    terms.router,
    changes.router,
    snapshots.router,
    *agency.ROUTERS,
    test_mode.router,
]

api = NinjaAPI(
    title="就业在线开放接口",
    version="1",
    description="公开读取，无需密钥；合作渠道带上密钥可以读得更多。错误按 RFC 9457 回答。",
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    servers=[{"url": "/"}],
    openapi_extra={"security": SECURITY},
    parser=KeptJson(),
)
for one in ROUTERS:
    api.add_router("", one)
raise_errors(api)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document as plain JSON values."""
    made: dict[str, Any] = orjson.loads(
        orjson.dumps(api.get_openapi_schema(path_prefix=PREFIX), option=orjson.OPT_NON_STR_KEYS)
    )
    made["components"]["securitySchemes"] = {
        "channelKey": CHANNEL_KEY,
        "clientKey": CLIENT_KEY,
        "clientToken": CLIENT_TOKEN,
    }
    required = requirements(ROUTERS)
    for operations in made["paths"].values():
        for method, operation in operations.items():
            describe_access(operation, method, required[operation["operationId"]])
            for status in _always(method):
                answer = {**operation["responses"]["429"], "description": HTTPStatus(status).phrase}
                operation["responses"].setdefault(str(status), answer)
            operation["responses"] = dict(sorted(operation["responses"].items()))
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {"application/problem+json": response["content"]["application/json"]}
    add_examples(made)
    return made


def _always(method: str) -> list[int]:
    """Return the problems that every operation can answer: wrong keys, parameters and bodies, a database that is away."""
    return [401, 422, 503] if method == "get" else [400, 401, 403, 409, 412, 413, 415, 422, 503]


def describe_access(operation: dict[str, Any], method: str, requirement: Requirement) -> None:
    """Add to an operation of the document who may call it."""
    scope = requirement.scope
    operation["security"] = [{"clientKey": []}, {"clientToken": [str(scope)]}] if scope else SECURITY
    if requirement.is_open:
        operation["security"] = [*SECURITY, *operation["security"]]
    if scope:
        whose = "机构密钥需要权限" if requirement.is_open else "需要权限"
        operation["description"] = f"{operation.get('description', '')}\n\n{whose}：{scope}。"
        operation["x-scope"] = scope
    if scope and (requirement.names_member or method != "get"):
        operation.setdefault("parameters", []).append(ON_BEHALF_OF_PARAMETER)
    if scope and method != "get":
        operation["parameters"].append(IDEMPOTENCY_KEY_PARAMETER)
