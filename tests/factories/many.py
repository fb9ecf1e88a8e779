"""Many similar rows, written at once, for tests of long lists. Each carries its number as “第N号” where a page shows it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model

from jiuye.domains.accounts.models import Consent, SignInRecord
from jiuye.domains.applications.models import Application
from jiuye.domains.fairs.models import FairInterest, JobFair
from jiuye.domains.feedback.models import Feedback
from jiuye.domains.jobs.models import BrowsingRecord, JobPosting, SavedJob
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.domains.reports.models import Report
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.domains.reviews.models import ShopReview
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.notifications.models import Notification
from tests.factories import applications, feedback, organisations, public_site
from tests.factories.cast import Cast

Row = TypeVar("Row", bound=Model)
Varying = Callable[[int], Any]


def alike(row: Row, count: int, **varying: Varying) -> list[Row]:
    """Write `count` more rows like this one, each with its own key and the values of `varying`."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.generated
    }
    own_key = row._meta.pk.name in {"id"} and row._meta.pk.get_internal_type() == "UUIDField"
    rows = [
        type(row)(
            **{**kept, **({"id": new_id()} if own_key else {}), **{name: value(n) for name, value in varying.items()}}
        )
        for n in range(1, count + 1)
    ]
    return type(row)._default_manager.bulk_create(rows)


def _ago(number: int) -> Any:
    return clock.now() - timedelta(minutes=number)


def postings(cast: Cast, count: int) -> list[JobPosting]:
    """Of the agency of the cast."""
    return alike(cast.posting, count, title=lambda n: f"第{n}号装配工")


def sent_applications(cast: Cast, count: int) -> None:
    """Lin's, each for another posting."""
    wanted = postings(cast, count)
    first = Application.objects.filter(pk=applications.apply(cast.lin, cast.posting)).get()
    alike(
        first,
        count,
        posting_id=lambda n: wanted[n - 1].pk,
        title=lambda n: wanted[n - 1].title,
        idempotency_key=str,
        submitted_at=_ago,
    )
    first.delete()


def saved_jobs(cast: Cast, count: int) -> None:
    """Lin's."""
    rows = postings(cast, count)
    SavedJob.objects.bulk_create(
        [SavedJob(user=cast.people["lin"], posting=row, saved_at=_ago(n)) for n, row in enumerate(rows)]
    )


def browsing(cast: Cast, count: int) -> None:
    """Lin's."""
    rows = postings(cast, count)
    BrowsingRecord.objects.bulk_create(
        [BrowsingRecord(user=cast.people["lin"], posting=row, viewed_at=_ago(n)) for n, row in enumerate(rows)]
    )


def notifications(cast: Cast, count: int) -> None:
    """For Lin."""
    Notification.objects.bulk_create(
        [
            Notification(
                user=cast.people["lin"],
                kind="interview.invited",
                title=f"第{n}号面试邀约",
                body="请在截止时间前答复。",
                link=f"/me/applications/{new_id()}",
                dedupe_key=f"many:{new_id()}",
                created_at=_ago(n),
            )
            for n in range(1, count + 1)
        ]
    )


def accesses(cast: Cast, count: int) -> None:
    """To Lin's resume."""
    ResumeAccess.objects.bulk_create(
        [
            ResumeAccess(
                user=cast.people["lin"],
                organisation_id=cast.agency.pk,
                organisation_name=f"第{n}号人力资源有限公司",
                person_id=cast.people["zhou"].pk,
                person_role="recruiter",
                kind="view",
                purpose="处理投递",
                accessed_at=_ago(n),
            )
            for n in range(1, count + 1)
        ]
    )


def feedback_sent(cast: Cast, count: int) -> None:
    """By Lin."""
    first = feedback.row(feedback.sent(cast.lin).number)
    alike(
        first,
        count,
        submission=lambda n: new_id(),
        number=lambda n: f"YJ{new_id().hex[-12:]}",
        text=lambda n: f"第{n}号意见：希望能按地铁站找职位。",
        created_at=_ago,
    )
    Feedback.objects.filter(pk=first.pk).delete()


def reports(cast: Cast, count: int) -> None:
    """By Lin, of as many postings."""
    Report.objects.bulk_create(
        [
            Report(posting=row, reporter=cast.people["lin"], reason="fees", text="先交押金", created_at=_ago(n))
            for n, row in enumerate(postings(cast, count))
        ]
    )


def agencies(count: int) -> list[Agency]:
    """With their shops."""
    first = organisations.agency()
    rows = alike(
        first,
        count,
        credit_code=lambda n: organisations.credit_code(),
        legal_name=lambda n: f"第{n}号人力资源有限公司",
        short_name=lambda n: f"第{n}号人力",
    )
    shop = Shop.objects.filter(agency=first).first()
    if shop:
        alike(shop, count, agency_id=lambda n: rows[n - 1].pk)
    return rows


def reviews(cast: Cast, count: int) -> None:
    """Lin's, of as many agencies."""
    ShopReview.objects.bulk_create(
        [
            ShopReview(
                agency=row,
                author=cast.people["lin"],
                stars=4,
                text=f"第{n}号评价",
                created_at=_ago(n),
                updated_at=_ago(n),
            )
            for n, row in enumerate(agencies(count), 1)
        ]
    )


def consents(cast: Cast, count: int) -> None:
    """Given by Lin when applying, as many times."""
    applications.apply(cast.lin, cast.posting)
    alike(Consent.objects.filter(user=cast.people["lin"]).latest("given_at"), count - 1, given_at=_ago)


def sign_ins(cast: Cast, count: int) -> None:
    """Lin's."""
    SignInRecord.objects.bulk_create(
        [
            SignInRecord(
                user=cast.people["lin"], method="sms_code", device=f"第{n}号手机", ip="192.0.2.1", signed_in_at=_ago(n)
            )
            for n in range(1, count + 1)
        ]
    )


def fairs(count: int) -> list[JobFair]:
    """To come, one after the other."""
    return alike(
        public_site.fair(title="春季招聘会"),
        count,
        title=lambda n: f"第{n}号招聘会",
        starts_at=lambda n: clock.now() + timedelta(days=2, minutes=n),
        ends_at=lambda n: clock.now() + timedelta(days=3, minutes=n),
    )


def registrations(cast: Cast, count: int) -> None:
    """Lin's for as many fairs."""
    FairInterest.objects.bulk_create(
        [
            FairInterest(fair=row, person=cast.people["lin"], code=f"{n:08d}", created_at=_ago(n))
            for n, row in enumerate(fairs(count), 1)
        ]
    )
