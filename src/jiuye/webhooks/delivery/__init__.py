"""Delivery of messages: claims, calls, results."""

from jiuye.webhooks.delivery.dispatcher import Dispatcher, running

__all__ = ["Dispatcher", "running"]
