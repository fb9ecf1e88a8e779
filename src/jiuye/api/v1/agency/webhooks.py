"""Endpoints for webhooks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from jiuye.api.access import actor_of, client
from jiuye.api.problems import Problem
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import webhook_schemas as schemas
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import PUBLIC, access
from jiuye.webhooks import actions, catalogue, queries

router = Router(tags=["agency-webhooks"])


@router.get(
    "/webhook-event-types",
    summary="事件类型",
    description="所有事件类型，和每种推送内容的 JSON Schema。可能增加新的类型和成员，请忽略不认识的。",
    operation_id="listWebhookEventTypes",
    response={200: schemas.EventTypeList, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def list_webhook_event_types(request: HttpRequest) -> Any:
    """The catalogue."""
    kinds = catalogue.TYPES.values()
    return {"items": [{"type": one.name, "label": one.label, "payload_schema": one.schema()} for one in kinds]}


@router.get(
    "/agency/webhooks",
    summary="推送地址",
    description="这个接口客户端的，和整个机构的；最早建立的在前。",
    operation_id="listWebhooks",
    response={200: schemas.EndpointList, **refusals.OF_LISTS},
)
@access(client(Scope.WEBHOOKS_READ))
def list_webhooks(request: HttpRequest) -> Any:
    """The endpoints that the client may see."""
    return {"items": queries.endpoints(actor_of(request))}


@router.post(
    "/agency/webhooks",
    summary="新建推送地址",
    description="属于这个接口客户端：正式客户端收正式数据的事件，测试客户端收它的测试数据的事件。签名密钥只在这里回答一次。",
    operation_id="createWebhook",
    response={201: schemas.EndpointWithSecret, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def create_webhook(request: HttpRequest, body: schemas.EndpointBody) -> Any:
    """Create an endpoint."""
    actor = actor_of(request)
    made = actions.create_endpoint(actor, url=body.url, types=body.types, description=body.description)
    return Status(201, {"endpoint": queries.endpoint(actor, made.id), "secret": made.secret})


@router.get(
    "/agency/webhooks/{uuid:webhook_id}",
    summary="读取一个推送地址",
    description="一个推送地址，和它最近的情况。",
    operation_id="readWebhook",
    response={200: schemas.Endpoint, **refusals.OF_READS},
)
@access(client(Scope.WEBHOOKS_READ))
def read_webhook(request: HttpRequest, webhook_id: UUID) -> Any:
    """One endpoint."""
    return queries.endpoint(actor_of(request), webhook_id)


@router.patch(
    "/agency/webhooks/{uuid:webhook_id}",
    summary="修改推送地址",
    description="没有写的成员不变。",
    operation_id="changeWebhook",
    response={200: schemas.Endpoint, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def change_webhook(request: HttpRequest, webhook_id: UUID, body: schemas.EndpointPatch) -> Any:
    """Change an endpoint."""
    actor = actor_of(request)
    actions.change_endpoint(actor, endpoint_id=webhook_id, url=body.url, types=body.types, description=body.description)
    return queries.endpoint(actor, webhook_id)


@router.delete(
    "/agency/webhooks/{uuid:webhook_id}",
    summary="删除推送地址",
    description="不再推送，推送记录也会删除。",
    operation_id="deleteWebhook",
    response={204: None, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def delete_webhook(request: HttpRequest, webhook_id: UUID) -> Any:
    """Delete an endpoint."""
    actions.delete_endpoint(actor_of(request), endpoint_id=webhook_id)
    return Status(204, None)


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/pause",
    summary="暂停推送",
    description="暂停期间的事件会保留，恢复后补发。",
    operation_id="pauseWebhook",
    response={200: schemas.Endpoint, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def pause_webhook(request: HttpRequest, webhook_id: UUID) -> Any:
    """Send nothing for now."""
    actor = actor_of(request)
    actions.pause_endpoint(actor, endpoint_id=webhook_id)
    return queries.endpoint(actor, webhook_id)


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/resume",
    summary="恢复推送",
    description="暂停或停用之后恢复，错过的事件立即补发。",
    operation_id="resumeWebhook",
    response={200: schemas.Endpoint, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def resume_webhook(request: HttpRequest, webhook_id: UUID) -> Any:
    """Send again."""
    actor = actor_of(request)
    actions.resume_endpoint(actor, endpoint_id=webhook_id)
    return queries.endpoint(actor, webhook_id)


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/replace-secret",
    summary="更换签名密钥",
    description="回答新的密钥。旧密钥并用一段时间：每条推送带两个签名，任何一个对得上即可。",
    operation_id="replaceWebhookSecret",
    response={200: schemas.NewSecret, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def replace_webhook_secret(request: HttpRequest, webhook_id: UUID, body: schemas.Rotation) -> Any:
    """Replace the secret."""
    overlap = timedelta(hours=body.overlap_hours)
    return {"secret": actions.replace_secret(actor_of(request), endpoint_id=webhook_id, overlap=overlap)}


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/test",
    summary="试推送",
    description="推送一条任选类型的事件，is_test 为 true，编号是假的。",
    operation_id="testWebhook",
    response={202: schemas.DeliveryItem, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def test_webhook(request: HttpRequest, webhook_id: UUID, body: schemas.TestEvent) -> Any:
    """Send a test event."""
    actor = actor_of(request)
    made = actions.send_test_event(actor, endpoint_id=webhook_id, type=body.type)
    return Status(202, queries.delivery(actor, webhook_id, made).row)
