"""Reviews that were changed, reported, or hidden."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.domains.accounts.models import User
from jiuye.domains.reviews.actions import recount
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

REPORTS = 12
SAID = {
    "insult": "里面有骂人的话，跟服务没有关系。",
    "privacy": "写出了面试官的全名，当事人没有同意。",
    "advertising": "是给另一家中介拉人的。",
    "untrue": "这个人没有来过我们机构，写的经过是编的。",
}
HIDDEN = "核实后确认内容含有他人姓名，已隐藏；作者可以联系平台申诉。"


def build(chance: Chance, moment: datetime, people: Sequence[User]) -> None:
    """Write them; the figures of a shop with a hidden review are recalculated."""
    written = list(ShopReview.objects.order_by("id")[: REPORTS * 20])
    for review in written[::6]:
        review.edited_at = review.created_at + (moment - review.created_at) / 2
    ShopReview.objects.bulk_update(written[::6], ["edited_at"])
    chosen = chance.sample(written, min(REPORTS, len(written)))
    rows = []
    for number, review in enumerate(chosen):
        is_decided = number % 4 == 0
        told = moment - timedelta(hours=chance.uniform(30, 200))
        reason = chance.choice(list(SAID))
        rows.append(
            ReviewReport(
                id=chance.id(),
                review=review,
                reporter=chance.choice(people[1:]),
                reason=reason,
                text=SAID[reason],
                is_upheld=(number == 0) if is_decided else None,
                created_at=told,
                decided_at=told + timedelta(hours=20) if is_decided else None,
            )
        )
    copy_rows(rows)
    if chosen:
        ShopReview.objects.filter(pk=chosen[0].pk).update(hidden_at=moment, hidden_because=HIDDEN)
        recount(chosen[0].agency_id)
