"""Reads of endpoints, the log of deliveries, replays and signatures."""

from jiuye.webhooks.queries.endpoints import clients_to_choose, endpoint, endpoints, oldest_waiting
from jiuye.webhooks.queries.log import deliveries, delivery, overview, replay
from jiuye.webhooks.queries.rows import (
    AttemptRow,
    ClientChoice,
    Delivery,
    DeliveryDetail,
    DeliveryFilter,
    EndpointRow,
    Health,
    Overview,
    ReplayRow,
    SignatureCheck,
)
from jiuye.webhooks.queries.signatures import check_signature

__all__ = [
    "AttemptRow", "ClientChoice", "Delivery", "DeliveryDetail", "DeliveryFilter", "EndpointRow", "Health", "Overview", "ReplayRow",
    "SignatureCheck", "check_signature", "clients_to_choose", "deliveries", "delivery", "endpoint",
    "endpoints", "oldest_waiting", "overview", "replay",
]  # fmt: skip
