"""Delivery of messages: claims, calls, results."""

from jiuye.webhooks.delivery.claims import take_back
from jiuye.webhooks.delivery.dispatcher import Dispatcher, running

__all__ = ["Dispatcher", "running", "take_back"]
