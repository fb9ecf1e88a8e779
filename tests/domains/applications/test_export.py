"""The inbox as a file: for those who handle applications, without contacts, noted in the audit log, not without end."""

import pytest

from jiuye.domains.applications import actions
from jiuye.domains.applications.actions import export
from jiuye.domains.applications.queries import InboxFilter
from jiuye.kernel.errors import Denied, RateLimited
from jiuye.kernel.models import AuditEntry
from tests.factories.applications import in_state
from tests.factories.cast import Cast

ALL = InboxFilter()


def exports() -> list[dict[str, int]]:
    return list(AuditEntry.objects.filter(action="application.export").values_list("detail", flat=True))


def test_staff_who_handle_applications_take_the_rows_and_leave_a_trace(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    for actor in (cast.zhou, cast.qian):
        (row,) = actions.export_inbox(actor, chosen=ALL)
        assert (row.id, row.applicant_name) == (application, "林小满")
        assert cast.people["lin"].phone not in str(row)
    assert exports() == [{"rows": 1}, {"rows": 1}]


def test_members_who_may_only_read_take_nothing(cast: Cast) -> None:
    in_state(cast, "viewed")
    with pytest.raises(Denied):
        actions.export_inbox(cast.shen, chosen=ALL)
    assert exports() == []


def test_another_agency_takes_its_own_rows_only(cast: Cast) -> None:
    in_state(cast, "viewed")
    assert actions.export_inbox(cast.ma, chosen=ALL) == []


def test_after_twenty_within_the_hour_one_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(export.EXPORTS), "most", 1)
    actions.export_inbox(cast.zhou, chosen=ALL)
    with pytest.raises(RateLimited):
        actions.export_inbox(cast.zhou, chosen=ALL)
    assert len(exports()) == 1
