"""The log of webhooks: deliveries, sending again, and checking signatures."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import webhook_schemas as schemas
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access
from jiuye.webhooks import actions, queries
from jiuye.webhooks.queries import DeliveryFilter

router = Router(tags=["agency-webhooks"])


@router.get(
    "/agency/webhooks/{uuid:webhook_id}/deliveries",
    summary="推送记录",
    description="最近 30 天的，新的在前。",
    operation_id="listWebhookDeliveries",
    response={200: schemas.DeliveryPage, **refusals.OF_READS},
)
@access(client(Scope.WEBHOOKS_READ))
def list_webhook_deliveries(
    request: HttpRequest,
    webhook_id: UUID,
    state: Literal["", "pending", "delivered", "failed"] = Query("", description="只要这个状态的。"),  # type: ignore[type-arg]
    type: str = Query("", max_length=60, description="只要这个类型的，或整组如 job.*。"),  # type: ignore[type-arg]
    since: Annotated[datetime | None, Query(description="从何时起（含）排进队列的。")] = None,
    until: Annotated[datetime | None, Query(description="到何时为止（不含）。")] = None,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(30, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """Messages for an endpoint."""
    chosen = DeliveryFilter(state, type, since, until)
    page = queries.deliveries(actor_of(request), webhook_id, chosen=chosen, cursor=cursor, size=size)
    return {"items": page.items, "next_cursor": page.next_cursor}


@router.get(
    "/agency/webhooks/{uuid:webhook_id}/deliveries/{uuid:delivery_id}",
    summary="读取一条推送",
    description="发出的内容，和每次尝试的请求头、状态、用时与回答的前 1 KB。",
    operation_id="readWebhookDelivery",
    response={200: schemas.DeliveryDetail, **refusals.OF_READS},
)
@access(client(Scope.WEBHOOKS_READ))
def read_webhook_delivery(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> Any:
    """One message with its attempts."""
    found = queries.delivery(actor_of(request), webhook_id, delivery_id)
    return {**asdict(found.row), "body": found.body, "tries": found.attempts}


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/deliveries/{uuid:delivery_id}/resend",
    summary="重发一条推送",
    description="马上再发一次，编号和内容不变，时间和签名是新的。",
    operation_id="resendWebhookDelivery",
    response={202: schemas.DeliveryItem, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def resend_webhook_delivery(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> Any:
    """Send a message once more."""
    actor = actor_of(request)
    actions.resend(actor, endpoint_id=webhook_id, message_id=delivery_id)
    return Status(202, queries.delivery(actor, webhook_id, delivery_id).row)


@router.post(
    "/agency/webhooks/{uuid:webhook_id}/replays",
    summary="重发一段时间的推送",
    description="把一段时间里的推送都再发一次，可以只选几种类型，或只选没有送达的。进度见 GET …/replays/{id}。",
    operation_id="replayWebhooks",
    response={202: schemas.Replay, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_WRITE))
def replay_webhooks(request: HttpRequest, webhook_id: UUID, body: schemas.ReplayBody) -> Any:
    """Send the messages of a range once more."""
    actor = actor_of(request)
    made = actions.replay(
        actor,
        endpoint_id=webhook_id,
        since=body.since,
        until=body.until,
        types=body.types,
        only_failed=body.only_failed,
    )
    return Status(202, queries.replay(actor, webhook_id, made))


@router.get(
    "/agency/webhooks/{uuid:webhook_id}/replays/{uuid:replay_id}",
    summary="重发的进度",
    description="已经排进队列多少条，还有多少没有送达。",
    operation_id="readWebhookReplay",
    response={200: schemas.Replay, **refusals.OF_READS},
)
@access(client(Scope.WEBHOOKS_READ))
def read_webhook_replay(request: HttpRequest, webhook_id: UUID, replay_id: UUID) -> Any:
    """A replay and its progress."""
    return queries.replay(actor_of(request), webhook_id, replay_id)


@router.post(
    "/agency/webhook-signatures/verify",
    summary="核对签名",
    description="看一条收到的推送，哪个签名与哪个密钥对得上。什么也不保存。",
    operation_id="verifyWebhookSignature",
    response={200: schemas.VerificationResult, **refusals.OF_WRITES},
)
@access(client(Scope.WEBHOOKS_READ))
def verify_webhook_signature(request: HttpRequest, body: schemas.Verification) -> Any:
    """Check the signatures of a delivery."""
    return queries.check_signature(
        actor_of(request),
        headers=body.headers,
        body=body.body.encode(errors="replace"),
        endpoint_id=body.endpoint_id,
        secret=body.secret,
    )
