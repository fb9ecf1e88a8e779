"""The resume snapshot of an application."""

import json
from uuid import uuid4

import pytest

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.domains.resumes.states import AccessKind, SectionKind
from jiuye.kernel.errors import Denied, NotFound
from jiuye.kernel.models import AuditEntry
from tests.factories import resumes as make
from tests.factories.accounts import actor, member, seeker, staff_actor

pytestmark = pytest.mark.django_db


class TestSnapshots:
    def test_a_snapshot_is_plain_json_and_reads_like_the_resume(self) -> None:
        user = seeker()
        make.whole_resume(user)
        content = json.loads(json.dumps(queries.snapshot_content(user.pk)))
        frozen = queries.view_of_snapshot(content, masked=False)
        living = queries.my_resume(actor(user))
        assert content["format"] == 1
        assert all(frozen.section(kind) == living.section(kind) for kind in SectionKind)
        assert (frozen.name, frozen.phone, frozen.region) == (living.name, living.phone, living.region)

    def test_later_edits_do_not_reach_it(self) -> None:
        user = seeker()
        make.whole_resume(user)
        content = queries.snapshot_content(user.pk)
        actions.save_self_description(actor(user), text="改了")
        assert queries.view_of_snapshot(content, masked=False).self_description == "踏实肯干，能上夜班。"

    def test_the_year_of_birth_is_not_passed_on(self) -> None:
        user = seeker()
        make.whole_resume(user)
        assert "1995" not in json.dumps(queries.snapshot_content(user.pk))

    def test_masked_it_shows_contacts_only_in_outline(self) -> None:
        user = seeker()
        make.whole_resume(user)
        actions.save_basics(actor(user), basics=make.basics(phone="13900000009"))
        view = queries.view_of_snapshot(queries.snapshot_content(user.pk), masked=True)
        assert (view.phone, view.email, view.masked) == ("139****0009", "l***@example.com", True)
        assert view.certificates[0].number == "**********501"

    def test_an_unknown_format_is_not_guessed_at(self) -> None:
        with pytest.raises(ValueError, match="unknown resume snapshot format 2"):
            queries.view_of_snapshot({"format": 2}, masked=False)

    def test_who_does_not_exist_has_no_snapshot(self) -> None:
        with pytest.raises(NotFound):
            queries.snapshot_content(uuid4())


class TestAccesses:
    def test_every_look_is_shown_to_the_owner_the_latest_first(self) -> None:
        owner, agency = seeker(), uuid4()
        clerk = staff_actor(member(agency))
        for kind in (AccessKind.VIEW, AccessKind.DOWNLOAD):
            actions.record_access(clerk, owner_id=owner.pk, organisation_name="蓉城职介", kind=kind, purpose="处理投递")
        page = queries.accesses(actor(owner))
        assert [(one.organisation_name, one.role, one.kind_label) for one in page.items] == [
            ("蓉城职介", "招聘专员", "下载"),
            ("蓉城职介", "招聘专员", "查看"),
        ]
        assert set(AuditEntry.objects.values_list("action", flat=True)) == {"resume.view", "resume.download"}

    def test_others_do_not_see_them(self) -> None:
        clerk = staff_actor(member(uuid4()))
        actions.record_access(
            clerk, owner_id=seeker().pk, organisation_name="蓉城职介", kind=AccessKind.VIEW, purpose="处理投递"
        )
        assert not queries.accesses(actor(seeker("别人"))).items

    def test_a_person_for_no_organisation_cannot_look(self) -> None:
        with pytest.raises(Denied):
            actions.record_access(
                actor(seeker()), owner_id=seeker().pk, organisation_name="x", kind=AccessKind.VIEW, purpose="x"
            )
        assert not ResumeAccess.objects.exists()
