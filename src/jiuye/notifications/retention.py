"""Delete messages that are no longer needed (个人信息保护法 art. 19: the shortest time necessary)."""

from datetime import timedelta

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.retention import empty, forget
from jiuye.notifications.models import Notification, TextMessage

MESSAGES_KEPT = timedelta(days=730)
"""As long as an agency's service ledger at least (人力资源市场暂行条例 art. 33): what somebody was told can be looked up."""

DELETED_KEPT = timedelta(days=30)
"""Longer than any reminder repeats itself: its key keeps a message that was deleted from being sent again."""

PARAMETERS_KEPT = timedelta(days=180)
"""For questions about text messages that did not come. That one was sent, and when, stays with the account."""


def forget_expired(actor: Actor) -> dict[str, int]:
    """Delete old messages and those deleted from the centre, and empty old text messages. Return how many of each."""
    moment = clock.now()
    return {
        "messages": forget(Notification.objects.filter(created_at__lt=moment - MESSAGES_KEPT)),
        "deleted": forget(Notification.objects.filter(deleted_at__lt=moment - DELETED_KEPT)),
        "texts": empty(
            TextMessage.objects.filter(created_at__lt=moment - PARAMETERS_KEPT).exclude(params={}), params={}
        ),
    }
