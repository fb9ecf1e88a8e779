"""An agency's own fairs: drafts, publishing, moving and cancelling with everybody told, who takes part."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from jiuye.domains.fairs import actions, queries
from jiuye.domains.fairs.models import FairInterest, FairParticipation, JobFair
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, jobs, organisations, reference
from tests.factories.public_site import fair

pytestmark = pytest.mark.django_db

PLANS = {"organising": "分区设展", "emergency": "设医疗点", "security": "入场安检"}


def content(**given: Any) -> actions.FairContent:
    """A fair in a week that lacks nothing."""
    start = (clock.now() + timedelta(days=7)).replace(second=0, microsecond=0)
    whole = actions.FairContent(
        title="秋季专场招聘会",
        mode="onsite",
        region=reference.WUHOU,
        starts_at=start,
        ends_at=start + timedelta(hours=6),
        place="示范零工市场一层",
        introduction="入场免费。",
        plans=PLANS,
    )
    return replace(whole, **given)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def host(agency: Agency) -> Actor:
    return organisations.member(agency)


def draft(host: Actor, **given: Any) -> JobFair:
    return JobFair.objects.get(pk=actions.create_fair(host, content=content(**given)))


def published(host: Actor, **given: Any) -> JobFair:
    row = draft(host, **given)
    actions.publish_fair(host, fair_id=row.id, version=row.version)
    row.refresh_from_db()
    return row


def coming(row: JobFair) -> Actor:
    """Somebody who registered."""
    person = accounts.actor(accounts.seeker())
    actions.register(person, fair_id=row.id)
    return person


def deliver(name: str, times: int = 2) -> None:
    """Let the handlers of the newest event of this name run, more than once as the queue may."""
    event = events.restore(EventRecord.objects.filter(name=name).latest("occurred_at"))
    for _ in range(times):
        for handler in HANDLERS[name]:
            handler(event.event, event)


class TestDrafting:
    def test_a_draft_is_nobodys_but_the_agencys(self, host: Actor) -> None:
        row = draft(host, introduction="", place="", plans={})
        assert queries.desk(host, row.id).missing == ["介绍", "地点", "组织方案", "应急预案", "安全保卫方案"]
        assert queries.fairs().items == []
        with pytest.raises(NotFound):
            queries.fair(row.id)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"title": " "}, "title"),
            ({"mode": "x"}, "mode"),
            ({"region": "x"}, "region"),
            ({"link": "javascript:alert(1)"}, "link"),
            ({"capacity": 0}, "capacity"),
            ({"plans": {"security": "长" * 501}}, "plan_security"),
            ({"ends_at": datetime(2020, 1, 1, tzinfo=clock.SHANGHAI)}, "ends_at"),
            ({"ends_at": datetime(2999, 1, 1, tzinfo=clock.SHANGHAI)}, "ends_at"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_kept(self, host: Actor, given: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as refusal:
            draft(host, **given)
        assert field in refusal.value.fields
        assert not JobFair.objects.exists()

    def test_a_plan_may_hold_any_punctuation(self, host: Actor) -> None:
        row = published(host, plans={**PLANS, "security": "安检：开包；限流。\n保安十人"})
        assert dict(queries.fair(row.id).plans)["安全保卫方案"] == "安检：开包；限流。 保安十人"

    def test_a_draft_can_be_thrown_away_a_published_one_not(self, host: Actor) -> None:
        actions.delete_draft(host, fair_id=draft(host).id)
        assert not JobFair.objects.exists()
        row = published(host)
        with pytest.raises(Refused):
            actions.delete_draft(host, fair_id=row.id)
        with pytest.raises(Refused):
            actions.cancel_fair(host, fair_id=draft(host).id, reason="x")

    def test_nobody_else_touches_it(self, host: Actor, agency: Agency) -> None:
        row = draft(host)
        strangers: list[tuple[Actor, type[Exception]]] = [
            (accounts.actor(accounts.seeker()), NotFound),
            (organisations.member(organisations.agency()), NotFound),
            (organisations.member(agency, role="viewer"), Denied),
        ]
        for who, refusal in strangers:
            for attempt in (
                lambda who=who: actions.edit_fair(who, fair_id=row.id, content=content(title="x"), version=1),
                lambda who=who: actions.publish_fair(who, fair_id=row.id, version=1),
                lambda who=who: actions.cancel_fair(who, fair_id=row.id, reason="x"),
                lambda who=who: actions.delete_draft(who, fair_id=row.id),
                lambda who=who: actions.copy_fair(who, fair_id=row.id),
                lambda who=who: actions.add_employer(who, fair_id=row.id, name="某某公司"),
                lambda who=who: queries.desk(who, row.id),
                lambda who=who: queries.preview(who, row.id),
            ):
                with pytest.raises(refusal):
                    attempt()
        assert (JobFair.objects.get().version, JobFair.objects.get().state) == (1, "draft")
        assert not Employer.objects.exists()

    def test_of_two_colleagues_the_second_is_told(self, host: Actor) -> None:
        row = draft(host)
        actions.edit_fair(host, fair_id=row.id, content=content(title="甲改的"), version=1)
        with pytest.raises(Refused, match="同事改过"):
            actions.edit_fair(host, fair_id=row.id, content=content(title="乙改的"), version=1)
        assert JobFair.objects.get().title == "甲改的"


class TestPublishing:
    def test_what_is_whole_is_seen_by_everybody(self, host: Actor) -> None:
        row = published(host)
        assert [one.id for one in queries.fairs().items] == [row.id]
        assert AuditEntry.objects.filter(action="fair.publish", subject_id=str(row.id)).exists()

    @pytest.mark.parametrize(
        ("given", "lacking"),
        [
            ({"introduction": ""}, "介绍"),
            ({"place": ""}, "地点"),
            ({"plans": {**PLANS, "emergency": ""}}, "应急预案"),
            ({"mode": "online", "link": ""}, "网址"),
        ],
    )
    def test_what_is_not_whole_is_not_published(self, host: Actor, given: dict[str, Any], lacking: str) -> None:
        row = draft(host, **given)
        with pytest.raises(Refused, match=lacking):
            actions.publish_fair(host, fair_id=row.id, version=row.version)
        assert queries.fairs().items == []

    def test_not_for_a_time_that_has_come(self, host: Actor) -> None:
        row = draft(host)
        with clock.frozen(row.starts_at), pytest.raises(Refused, match="将来"):
            actions.publish_fair(host, fair_id=row.id, version=row.version)

    def test_not_by_an_agency_that_may_not_publish(self) -> None:
        host = organisations.member(organisations.agency(qualified=False))
        row = draft(host)
        with pytest.raises(Refused, match="不能发布招聘会"):
            actions.publish_fair(host, fair_id=row.id, version=row.version)
        assert JobFair.objects.get().state == "draft"

    def test_one_held_online_needs_no_safety_plans(self, host: Actor) -> None:
        row = published(host, mode="online", place="", link="https://fair.example.cn/live", plans={})
        assert queries.fair(row.id).link


class TestMoving:
    def test_everybody_who_relies_on_it_is_told_once(self, host: Actor, agency: Agency) -> None:
        row = published(host)
        employer = organisations.employer(named_by=agency)
        staff = organisations.member(employer, role="owner")
        FairParticipation.objects.create(fair=row, employer=employer)
        lin = coming(row)
        later = content(starts_at=row.starts_at + timedelta(days=1), ends_at=row.ends_at + timedelta(days=1))
        assert actions.edit_fair(host, fair_id=row.id, content=later, version=row.version) is True
        deliver("FairMoved")
        told = {one.user_id: one for one in Notification.objects.all()}
        assert set(told) == {lin.person_id, staff.person_id}
        mine = told[lin.person_id]  # type: ignore[index]
        assert (mine.kind, mine.link) == ("fair.moved", f"/fairs/{row.id}/attend")
        for moment in (row.starts_at, later.starts_at):
            here = clock.local(moment)
            assert f"{here.month}月{here.day}日 {here:%H:%M}" in mine.body
        assert not TextMessage.objects.exists()

    def test_near_the_day_a_text_message_goes_too(self, host: Actor) -> None:
        row = published(host)
        lin = coming(row)
        with clock.frozen(row.starts_at - timedelta(hours=47)):
            actions.edit_fair(host, fair_id=row.id, content=replace(_of(row), place="二层"), version=row.version)
            deliver("FairMoved")
        assert [one.user_id for one in TextMessage.objects.all()] == [lin.person_id]

    def test_other_words_tell_nobody(self, host: Actor) -> None:
        row = published(host)
        coming(row)
        changed = replace(_of(row), introduction="还有简历打印。", title="改了名称")
        assert actions.edit_fair(host, fair_id=row.id, content=changed, version=row.version) is False
        assert not EventRecord.objects.filter(name="FairMoved").exists()

    def test_a_new_day_is_reminded_of_again(self, host: Actor) -> None:
        row = published(host)
        coming(row)
        FairInterest.objects.update(reminded_at=clock.now())
        same_day = replace(_of(row), place="二层")
        actions.edit_fair(host, fair_id=row.id, content=same_day, version=row.version)
        assert not FairInterest.objects.filter(reminded_at=None).exists()
        next_day = replace(
            same_day, starts_at=row.starts_at + timedelta(days=1), ends_at=row.ends_at + timedelta(days=1)
        )
        actions.edit_fair(host, fair_id=row.id, content=next_day, version=row.version + 1)
        assert FairInterest.objects.filter(reminded_at=None).exists()

    def test_a_published_one_stays_whole_and_in_the_future(self, host: Actor) -> None:
        row = published(host)
        past = clock.now() - timedelta(days=1)
        for given, field in (
            ({"place": ""}, "place"),
            ({"plans": {}}, "plan_security"),
            ({"starts_at": past, "ends_at": past + timedelta(hours=2)}, "starts_at"),
        ):
            with pytest.raises(Invalid) as refusal:
                actions.edit_fair(host, fair_id=row.id, content=replace(_of(row), **given), version=row.version)  # type: ignore[arg-type]
            assert field in refusal.value.fields
        assert queries.fair(row.id).card.place == "示范零工市场一层"

    def test_what_is_over_or_cancelled_stays_as_it_was(self, host: Actor) -> None:
        row = published(host)
        with clock.frozen(row.ends_at), pytest.raises(Refused, match="已经结束"):
            actions.edit_fair(host, fair_id=row.id, content=_of(row), version=row.version)
        actions.cancel_fair(host, fair_id=row.id, reason="场地检修")
        with pytest.raises(Refused, match="已取消"):
            actions.edit_fair(host, fair_id=row.id, content=_of(row), version=row.version + 1)


class TestCancelling:
    def test_everybody_is_told_why_and_the_page_says_so(self, host: Actor, agency: Agency) -> None:
        row = published(host)
        employer = organisations.employer(named_by=agency)
        staff = organisations.member(employer, role="owner")
        FairParticipation.objects.create(fair=row, employer=employer)
        for _ in range(3):
            coming(row)
        assert actions.cancel_fair(host, fair_id=row.id, reason="场地检修") == 3
        deliver("FairCancelled", times=3)
        assert Notification.objects.filter(kind="fair.cancelled").count() == 3
        assert Notification.objects.get(user_id=staff.person_id).organisation_id == employer.id
        assert all("场地检修" in one.body for one in Notification.objects.all())
        assert not TextMessage.objects.exists()
        shown = queries.fair(row.id)
        assert (shown.card.phase, shown.cancelled_reason) == ("cancelled", "场地检修")

    def test_within_two_days_by_text_message_too_once(self, host: Actor) -> None:
        row = published(host)
        lin = coming(row)
        with clock.frozen(row.starts_at - timedelta(hours=48)):
            actions.cancel_fair(host, fair_id=row.id, reason="台风")
            deliver("FairCancelled")
        assert [one.user_id for one in TextMessage.objects.all()] == [lin.person_id]

    def test_who_was_let_in_already_is_not_sent_away(self, host: Actor) -> None:
        row = published(host)
        coming(row)
        FairInterest.objects.update(checked_in_at=clock.now())
        actions.cancel_fair(host, fair_id=row.id, reason="停电")
        deliver("FairCancelled")
        assert not Notification.objects.exists()

    def test_not_without_a_reason(self, host: Actor) -> None:
        row = published(host)
        for reason in ("", "  ", "长" * 201):
            with pytest.raises(Invalid):
                actions.cancel_fair(host, fair_id=row.id, reason=reason)
        assert JobFair.objects.get().state == "published"


class TestCopying:
    def test_a_draft_of_the_same_weekday_to_come_with_its_employers(self, host: Actor, agency: Agency) -> None:
        start = clock.now() - timedelta(days=10)
        row = fair(agency, starts_at=start, ends_at=start + timedelta(hours=3), state="cancelled", cancelled_reason="x")
        employer = organisations.employer(named_by=agency)
        FairParticipation.objects.create(fair=row, employer=employer, booth="A01")
        made = JobFair.objects.get(pk=actions.copy_fair(host, fair_id=row.id))
        assert (made.state, made.cancelled_reason, made.version) == ("draft", "", 1)
        assert clock.now() < made.starts_at
        assert made.starts_at - row.starts_at == timedelta(weeks=2)
        assert made.ends_at - made.starts_at == timedelta(hours=3)
        assert queries.employers_at(made.id) == [employer.id]
        assert JobFair.objects.get(pk=row.id).state == "cancelled"


class TestWhoTakesPart:
    def test_an_employer_of_the_agency_is_taken_by_its_name_a_new_one_is_made(
        self, host: Actor, agency: Agency
    ) -> None:
        row = draft(host)
        known = organisations.employer(legal_name="蓉江机械有限公司")
        Affiliation.objects.create(employer=known, agency=agency, state="approved", requested_at=clock.now())
        assert actions.add_employer(host, fair_id=row.id, name=" 蓉江机械有限公司 ", booth="A01") == known.id
        made = actions.add_employer(host, fair_id=row.id, name="新来的饭店")
        assert Employer.objects.get(pk=made).named_by_id == agency.id
        assert [one.employer for one in queries.desk(host, row.id).places] == ["新来的饭店", "蓉江机械有限公司"]

    def test_each_once_and_each_stand_once(self, host: Actor) -> None:
        row = draft(host)
        actions.add_employer(host, fair_id=row.id, name="甲公司", booth="A01")
        for name, booth, field in (("甲公司", "", "name"), ("乙公司", "A01", "booth"), ("丙", "", "name")):
            with pytest.raises(Invalid) as refusal:
                actions.add_employer(host, fair_id=row.id, name=name, booth=booth)
            assert field in refusal.value.fields
        assert FairParticipation.objects.count() == 1
        assert Employer.objects.count() == 1

    def test_all_its_open_jobs_are_shown_or_those_that_were_chosen(self, host: Actor, agency: Agency) -> None:
        row = published(host)
        employer = organisations.employer(named_by=agency)
        first, second = (jobs.posting(agency, employer=employer, title=title) for title in ("焊工", "钳工"))
        foreign = jobs.posting(organisations.agency())
        FairParticipation.objects.create(fair=row, employer=employer, booth="A01")

        def shown() -> set[str]:
            (booth,) = queries.fair(row.id).booths
            return {job.title for job in booth.jobs}

        assert shown() == {"焊工", "钳工"}
        actions.change_place(
            host, fair_id=row.id, employer_id=employer.id, booth="B02", posting_ids=[second.id, foreign.id]
        )
        assert shown() == {"钳工"}
        _, place, offers = queries.place(host, row.id, employer.id)
        assert (place.booth, place.shown, place.posting_ids) == ("B02", 1, [second.id])
        assert {one.title: one.is_shown for one in offers} == {"焊工": False, "钳工": True}
        actions.change_place(host, fair_id=row.id, employer_id=employer.id, booth="", posting_ids=None)
        assert shown() == {first.title, second.title}

    def test_it_can_be_taken_out_again(self, host: Actor) -> None:
        row = draft(host)
        made = actions.add_employer(host, fair_id=row.id, name="甲公司")
        for _ in range(2):
            actions.remove_employer(host, fair_id=row.id, employer_id=made)
        assert queries.employers_at(row.id) == []


class TestPlaces:
    def test_the_last_place_goes_once_and_comes_free_again(self, host: Actor) -> None:
        row = published(host, capacity=1)
        lin = coming(row)
        wu = accounts.actor(accounts.seeker())
        with pytest.raises(Refused, match="名额已满"):
            actions.register(wu, fair_id=row.id)
        assert queries.fair(row.id).is_full
        actions.register(lin, fair_id=row.id)
        actions.cancel(lin, fair_id=row.id)
        actions.register(wu, fair_id=row.id)
        assert queries.fair(row.id).registered == 1

    def test_there_are_never_fewer_than_have_been_taken(self, host: Actor) -> None:
        row = published(host, capacity=5)
        for _ in range(2):
            coming(row)
        with pytest.raises(Invalid) as refusal:
            actions.edit_fair(host, fair_id=row.id, content=replace(_of(row), capacity=1), version=row.version)
        assert "已有 2 人" in refusal.value.fields["capacity"]


def _of(row: JobFair) -> actions.FairContent:
    """What a fair says now."""
    return content(
        starts_at=row.starts_at, ends_at=row.ends_at, place=row.place, title=row.title, capacity=row.capacity
    )
