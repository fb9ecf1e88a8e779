"""Former versions of postings, organisations, qualifications and policies: what a row said, until when, and who changed it."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model

from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, Qualification
from jiuye.domains.policies.models import Policy
from jiuye.kernel import clock, history
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import RowVersion
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    """An agency with a posting, and the people around it."""
    return assemble()


def rename(posting_id: UUID, title: str) -> None:
    JobPosting.objects.filter(pk=posting_id).update(title=title)


class TestVersions:
    def test_each_change_keeps_what_the_row_said_before(self, cast: Cast) -> None:
        first = JobPosting.objects.get(pk=cast.posting.id).title
        rename(cast.posting.id, "第二个")
        rename(cast.posting.id, "第三个")
        assert [one.values["title"] for one in history.versions(JobPosting, cast.posting.id)] == ["第二个", first]

    def test_a_deletion_keeps_the_last_one(self) -> None:
        policy = Policy.objects.create(title="稳岗返还", published_on=clock.today())
        policy_id = policy.id
        policy.delete()
        (last,) = history.versions(Policy, policy_id)
        assert last.is_deletion
        assert last.values["title"] == "稳岗返还"

    def test_a_new_row_and_an_update_that_changes_nothing_have_none(self, cast: Cast) -> None:
        JobPosting.objects.filter(pk=cast.posting.id).update(title=F("title"))
        assert history.versions(JobPosting, cast.posting.id) == []

    @pytest.mark.parametrize("model", [JobPosting, Agency, Employer, Qualification, Affiliation, Policy])
    def test_bulk_updates_are_caught_in_every_table(self, model: type[Model]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'former_version_on_%%'",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (2,)

    def test_every_row_of_a_bulk_update_has_a_version(self) -> None:
        rows = [Policy(title=f"政策 {number}", published_on=clock.today()) for number in range(3)]
        Policy.objects.bulk_create(rows)
        for row in rows:
            row.title += "（修订）"
        Policy.objects.bulk_update(rows, ["title"])
        assert [len(history.versions(Policy, row.id)) for row in rows] == [1, 1, 1]

    def test_who_decided_on_a_qualification_is_not_copied(self, cast: Cast) -> None:
        row = Qualification.objects.filter(organisation_id=cast.agency.id).first() or Qualification.objects.create(
            organisation_id=new_id(), organisation_kind="agency", created_at=clock.now()
        )
        Qualification.objects.filter(pk=row.pk).update(reason="材料已补")
        (version,) = history.versions(Qualification, row.pk)
        assert "decided_by_id" not in version.values


@pytest.mark.django_db(transaction=True)
class TestWho:
    def test_the_audit_entry_of_the_same_transaction_says_who_it_was(self, cast: Cast) -> None:
        jobs.withdraw_posting(cast.zhou, posting_id=cast.posting.id)
        (version,) = history.versions(JobPosting, cast.posting.id)
        assert version.entry is not None
        assert version.entry.action == "posting.withdraw"
        assert version.entry.actor_person_id == cast.zhou.person_id

    def test_a_change_by_hand_has_no_entry(self, cast: Cast) -> None:
        rename(cast.posting.id, "手工改的")
        (version,) = history.versions(JobPosting, cast.posting.id)
        assert version.entry is None

    def test_the_command_shows_what_changed_and_who_did_it(self, cast: Cast) -> None:
        jobs.withdraw_posting(cast.zhou, posting_id=cast.posting.id)
        output = io.StringIO()
        call_command("history", "jobs.JobPosting", str(cast.posting.id), stdout=output)
        assert f"posting.withdraw by {cast.zhou.person_id}" in output.getvalue()
        assert "state: published → " in output.getvalue()


class TestProtection:
    @pytest.fixture
    def version(self, cast: Cast) -> RowVersion:
        rename(cast.posting.id, "第二个")
        return RowVersion.objects.get(row_id=cast.posting.id)

    def test_a_version_cannot_be_changed(self, version: RowVersion) -> None:
        with pytest.raises(DatabaseError, match="written by triggers only"), transaction.atomic():
            RowVersion.objects.filter(pk=version.pk).update(values={})

    def test_nor_written_by_hand(self) -> None:
        with pytest.raises(DatabaseError, match="written by triggers only"), transaction.atomic():
            RowVersion.objects.create(table="jobs_jobposting", row_id=new_id(), is_deletion=False, values={})

    def test_nor_deleted_within_three_years(self, version: RowVersion) -> None:
        with pytest.raises(DatabaseError, match="kept for three years"), transaction.atomic():
            version.delete()

    def test_after_three_years_it_is_forgotten(self, version: RowVersion) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kernel_row_version DISABLE TRIGGER USER")
            RowVersion.objects.filter(pk=version.pk).update(changed_at=clock.now() - history.KEPT - timedelta(days=1))
            cursor.execute("ALTER TABLE kernel_row_version ENABLE TRIGGER USER")
        rename(version.row_id, "第三个")
        assert history.forget_expired() == 1
        assert RowVersion.objects.filter(row_id=version.row_id).count() == 1
