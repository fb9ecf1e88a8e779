"""No page makes more than twelve queries (bar P9), for any person and in any state."""

import pytest

from tests.bars.walking import MOST_QUERIES, Walk
from tests.e2e.pages import PAGES
from tests.e2e.shown import Shown

pytestmark = pytest.mark.django_db
ASKED_FOR_BY_ADDRESS = [shown for shown in PAGES if not shown.then]


@pytest.mark.parametrize("shown", ASKED_FOR_BY_ADDRESS, ids=lambda shown: shown.name)
def test_a_page_asks_at_most_twelve_times(walk: Walk, shown: Shown) -> None:
    asked = walk.queries(shown.person, walk.path(shown))
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
