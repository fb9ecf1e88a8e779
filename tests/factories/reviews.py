"""People who may review, and reviews that were reported."""

from uuid import UUID

from jiuye.domains.organisations.models import Agency
from jiuye.domains.reviews import actions
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import accounts
from tests.factories.applications import in_state
from tests.factories.cast import Cast, assemble


def cast_after(state: str = "rejected") -> Cast:
    """The cast with Lin's application in `state`: by default answered, so that Lin may review the agency."""
    cast = assemble()
    in_state(cast, state)
    return cast


def reviewed(cast: Cast, stars: int = 4, text: str = "两天就有答复。") -> UUID:
    """Lin's review of the agency."""
    return actions.review_shop(cast.lin, agency_id=cast.agency.id, stars=stars, text=text)


def reported(review_id: UUID, actor: Actor | None = None) -> UUID:
    """Somebody's report of it; its id."""
    actor = actor or accounts.actor(accounts.seeker())
    actions.report_review(actor, review_id=review_id, reason="insult", text="骂人")
    return ReviewReport.objects.get(review_id=review_id, reporter_id=actor.person).id


def review(agency: Agency, *, stars: int = 4, text: str = "两天就有答复。") -> ShopReview:
    """A review of an agency by somebody."""
    return ShopReview.objects.create(
        agency=agency, author=accounts.seeker(), stars=stars, text=text, created_at=clock.now(), updated_at=clock.now()
    )
