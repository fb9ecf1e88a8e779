"""What owners and clients do with endpoints."""

from jiuye.webhooks.actions.endpoints import (
    NewEndpoint,
    change_endpoint,
    create_endpoint,
    delete_endpoint,
    pause_endpoint,
    replace_secret,
    resume_endpoint,
    reveal_secret,
    switch_off_of_client,
)
from jiuye.webhooks.actions.sending import REPLAY_TASK, replay, resend, send_test_event

__all__ = [
    "REPLAY_TASK",
    "NewEndpoint",
    "change_endpoint",
    "create_endpoint",
    "delete_endpoint",
    "pause_endpoint",
    "replace_secret",
    "replay",
    "resend",
    "resume_endpoint",
    "reveal_secret",
    "send_test_event",
    "switch_off_of_client",
]
