import pytest

from jiuye.changes import handlers, writer
from jiuye.changes.models import FeedItem
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import events
from jiuye.kernel.models import EventRecord
from jiuye.worker.handlers import HANDLERS


class Feed:
    """The feed as its writer sees it."""

    def write(self, *postings: JobPosting) -> int:
        """Note the postings and write what is pending."""
        handlers.request("job", [one.pk for one in postings])
        return writer.drain()

    def deliver(self) -> int:
        """Deliver every event that was published, and write what is pending."""
        for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
            events.deliver(event_id, HANDLERS)
        return writer.drain()

    def items(self) -> list[FeedItem]:
        """All items, in order."""
        return list(FeedItem.objects.order_by("position"))

    def told(self) -> list[tuple[str, str]]:
        """Change and reason of each item, in order."""
        return [(one.change, one.reason) for one in self.items()]


@pytest.fixture
def feed() -> Feed:
    return Feed()
