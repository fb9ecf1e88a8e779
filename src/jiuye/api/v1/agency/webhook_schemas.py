"""What operations on endpoints and deliveries take and give."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.api.v1.strict import StrictBody
from jiuye.webhooks.states import PROBLEMS, EndpointState, MessageState, OffReason

_STATES = "、".join(f"{state.value} {state.label}" for state in EndpointState)
_OFF = "、".join(f"{reason.value} {reason.label}" for reason in OffReason if reason.value)
_DELIVERY_STATES = "、".join(f"{state.value} {state.label}" for state in MessageState)
_PROBLEMS = "、".join(f"{code} {label}" for code, label in PROBLEMS.items())
_TYPES = "事件类型，或整组如 job.*；空表示全部。"


class EventTypeItem(Schema):
    """A type of event."""

    type: str
    label: str
    payload_schema: dict[str, Any] = Field(description="整个推送内容的 JSON Schema（2020-12）。")


class EventTypeList(Schema):
    """All types of events, in the order of the documents."""

    items: list[EventTypeItem]


class Endpoint(Schema):
    """An endpoint and its health."""

    id: UUID
    url: str
    description: str
    mode: str = Field(description="live 正式数据、test 测试数据。")
    client_id: UUID | None = Field(description="属于哪个接口客户端；属于整个机构时为 null。")
    types: list[str] = Field(description=_TYPES)
    state: str = Field(description=f"{_STATES}。")
    off_reason: str = Field(description=f"停用的原因：{_OFF}；没有停用时为空。")
    failing_since: datetime | None = Field(description="从何时起没有一次送达；最近一次成功时为 null。")
    last_success_at: datetime | None
    last_failure_at: datetime | None
    hold_until: datetime | None = Field(description="接收方要求（Retry-After）等到何时。")
    waiting: int = Field(description="还没有送达的条数。")
    former_secret_until: datetime | None = Field(description="旧密钥并用到何时；没有时为 null。")
    created_at: datetime


class EndpointList(Schema):
    """The endpoints that the client may see."""

    items: list[Endpoint]


class NewSecret(Schema):
    """A secret; keep it safe."""

    secret: str = Field(description="whsec_ 开头的签名密钥。之后只能在“事件推送”页面再看。")


class EndpointWithSecret(NewSecret):
    """A new endpoint with its secret."""

    endpoint: Endpoint


class EndpointBody(StrictBody):
    """A new endpoint."""

    url: str = Field(description="https 网址，端口 443 或 1024 以上。", examples=["https://hr.example.com/hooks"])
    types: list[str] = Field(
        default=[], max_length=100, description=_TYPES, examples=[["job.*", "application.submitted"]]
    )
    description: str = Field(default="", description="给自己看的说明。", examples=["人事系统"])


class EndpointPatch(StrictBody):
    """What to change; what is missing stays."""

    url: str | None = Field(default=None, description="https 网址，端口 443 或 1024 以上。")
    types: list[str] | None = Field(default=None, max_length=100, description=_TYPES)
    description: str | None = Field(default=None, description="给自己看的说明。")


class Rotation(StrictBody):
    """How to replace a secret."""

    overlap_hours: int = Field(
        default=24, ge=0, le=720, description="旧密钥还并用多少小时；这段时间里每条推送带两个签名。"
    )


class TestEvent(StrictBody):
    """The type of a test event."""

    __test__ = False  # no test class

    type: str = Field(default="webhook.test", description="事件类型。", examples=["application.submitted"])


class DeliveryItem(Schema):
    """A message for an endpoint."""

    id: UUID
    message_id: str = Field(description="请求头 webhook-id 的值，每次尝试都一样。")
    type: str
    sequence: int = Field(description="这个地址的第几条。")
    state: str = Field(description=f"{_DELIVERY_STATES}。")
    attempts: int
    last_status: int | None = Field(description="最近一次的 HTTP 状态码；没有回答时为 null。")
    last_problem: str = Field(description=f"最近一次为什么没有回答：{_PROBLEMS}；有回答时为空。")
    occurred_at: datetime
    created_at: datetime
    due_at: datetime | None = Field(description="下一次尝试的时间；不再尝试时为 null。")


class DeliveryPage(Schema):
    """A page of messages, newest first."""

    items: list[DeliveryItem]
    next_cursor: str = Field(description="最后一页为空。")


class AttemptItem(Schema):
    """An attempt to deliver a message."""

    started_at: datetime
    milliseconds: int
    status: int | None
    problem: str = Field(description=f"为什么没有回答：{_PROBLEMS}；有回答时为空。")
    answer: str = Field(description="回答的前 1 KB。")
    url: str
    headers: dict[str, str] = Field(description="发出的请求头，带这一次的时间和签名。")


class DeliveryDetail(DeliveryItem):
    """A message with its body and attempts."""

    body: str = Field(description="发出的内容，逐字节。")
    tries: list[AttemptItem] = Field(description="最近的在前。")


class ReplayBody(StrictBody):
    """What to send again."""

    since: datetime = Field(description="从何时起（含）排进队列的。", examples=["2026-11-29T00:00:00Z"])
    until: datetime = Field(description="到何时为止（不含）。", examples=["2026-11-30T00:00:00Z"])
    types: list[str] = Field(default=[], max_length=100, description=_TYPES)
    only_failed: bool = Field(default=False, description="只重发没有送达的。")


class Replay(Schema):
    """A replay and its progress."""

    id: UUID
    since: datetime
    until: datetime
    types: list[str]
    only_failed: bool
    queued: int = Field(description="已重新排进队列的条数。")
    waiting: int = Field(description="其中还没有送达的。")
    is_done: bool
    created_at: datetime


class Verification(StrictBody):
    """A delivery as it was received."""

    headers: dict[str, str] = Field(description="webhook-id、webhook-timestamp、webhook-signature。")
    body: str = Field(description="收到的内容，一个字符也不要改。")
    secret: str = Field(default="", description="whsec_ 或 whpk_ 开头的密钥；不填则用 endpoint_id 的。")
    endpoint_id: UUID | None = Field(default=None, description="用这个推送地址现在和之前的密钥核对。")


class CheckedSignature(Schema):
    """One signature of the header."""

    signature: str
    scheme: str = Field(description="v1：HMAC-SHA256；v1a：ed25519。")
    fits: str = Field(
        description="对得上哪个密钥：given 您填的，current 现在的，former 之前的，platform:… 平台的公钥；对不上为空。"
    )


class VerificationResult(Schema):
    """Which signatures fit."""

    fits: bool = Field(description="至少有一个签名对得上。")
    is_fresh: bool = Field(description="时间与现在相差不超过 5 分钟。")
    age_seconds: int | None = Field(description="时间是多少秒以前；没有写对时为 null。")
    signatures: list[CheckedSignature]
