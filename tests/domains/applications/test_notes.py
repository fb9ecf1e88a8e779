"""Notes among an agency's members: nobody else's, and gone with the applicant."""

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.actions import notes
from jiuye.domains.applications.models import ApplicationNote
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused
from jiuye.kernel.models import AuditEntry
from tests.factories.applications import in_state
from tests.factories.cast import Cast

TEXT = "下周一再联系。"


def test_a_note_is_audited_without_its_text(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.add_note(cast.zhou, application_id=application, text=TEXT)
    entry = AuditEntry.objects.get(action="application.add_note")
    assert TEXT not in str(entry.detail)


def test_seekers_other_agencies_and_readers_write_none(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    for actor, refusal in ((cast.lin, NotFound), (cast.ma, NotFound), (cast.shen, Denied)):
        with pytest.raises(refusal):
            actions.add_note(actor, application_id=application, text=TEXT)
    assert not ApplicationNote.objects.exists()


def test_another_agency_reads_none_of_an_application_that_it_was_handed(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.add_note(cast.zhou, application_id=application, text=TEXT)
    seen = queries.for_agency(cast.zhou, application)
    assert [one.text for one in queries.notes_on(cast.shen, seen)] == [TEXT]
    with pytest.raises(NotFound):
        queries.notes_on(cast.ma, seen)
    with pytest.raises(NotFound):
        queries.notes_on(cast.lin, seen)


def test_an_application_holds_a_limited_number(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    application = in_state(cast, "viewed")
    actions.add_note(cast.zhou, application_id=application, text=TEXT)
    with pytest.raises(Refused) as refusal:
        actions.add_note(cast.zhou, application_id=application, text=TEXT)
    assert refusal.value.code == "too_many"


def test_erasing_the_applicant_deletes_the_notes(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.add_note(cast.zhou, application_id=application, text=TEXT)
    actions.end_all_of(Actor.system(), person_id=cast.lin.person)
    actions.forget_applicant(Actor.system(), person_id=cast.lin.person)
    assert not ApplicationNote.objects.exists()
