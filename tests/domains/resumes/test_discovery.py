"""Agencies find only the resumes whose owners show them."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import actions as people
from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.resumes import actions
from jiuye.domains.resumes.actions.blocks import block, block_by_name
from jiuye.domains.resumes.actions.discovery import OPENED, open_found_resume
from jiuye.domains.resumes.actions.visibility import choose_visibility, pause_visibility
from jiuye.domains.resumes.models import Intention, Resume, ResumeAccess
from jiuye.domains.resumes.queries.accesses import accesses
from jiuye.domains.resumes.queries.findable import FindFilter, found, found_one, without_contacts
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, RateLimited, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, organisations, reference, resumes
from tests.factories.visibility import agency_elsewhere, resume_of, shown_seeker

pytestmark = pytest.mark.django_db
ALL = FindFilter()


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(legal_name="蓉江人力资源有限公司")


@pytest.fixture
def zhou(agency: Agency) -> Actor:
    return organisations.member(agency)


def names(actor: Actor, chosen: FindFilter = ALL) -> list[str]:
    return [row.name for row in found(actor, chosen).items]


def is_hidden_from(zhou: Actor, lin: User) -> bool:
    """Whether it is neither listed nor found by its id, nor can be opened."""
    one = resume_of(lin).id
    for look in (lambda: found_one(zhou, one), lambda: open_found_resume(zhou, resume_id=one)):
        with pytest.raises(NotFound):
            look()
    return names(zhou) == [] and not ResumeAccess.objects.exists()


class TestWhoIsFound:
    @pytest.mark.parametrize("place", ["510000", "510100", "000000"], ids=["province", "city", "country"])
    def test_people_who_show_themselves_where_the_agency_is(self, zhou: Actor, place: str) -> None:
        shown_seeker("林小满", place)
        assert names(zhou) == ["林**"]

    @pytest.mark.parametrize("place", ["310000", "510700"], ids=["another province", "another city"])
    def test_not_people_who_show_themselves_elsewhere(self, zhou: Actor, place: str) -> None:
        assert is_hidden_from(zhou, shown_seeker("林小满", place))

    def test_not_people_who_chose_nothing(self, zhou: Actor) -> None:
        lin = accounts.seeker()
        resumes.whole_resume(lin)
        assert is_hidden_from(zhou, lin)

    def test_not_people_whose_account_is_suspended(self, zhou: Actor) -> None:
        lin = shown_seeker()
        auditor = organisations.operator("auditor")
        people.suspend_account(auditor, person_id=lin.pk, until=clock.today(), notice="暂停")
        assert is_hidden_from(zhou, lin)
        with clock.frozen(clock.now() + timedelta(days=1)):
            assert names(zhou) == ["林**"]

    @pytest.mark.parametrize("level", ["applied_only", "hidden"])
    def test_not_people_who_chose_otherwise_since(self, zhou: Actor, level: str) -> None:
        lin = shown_seeker()
        choose_visibility(accounts.actor(lin), level=level)
        assert is_hidden_from(zhou, lin)

    def test_not_people_who_block_the_agency(self, zhou: Actor, agency: Agency) -> None:
        lin = shown_seeker()
        block(accounts.actor(lin), kind="agency", organisation_id=agency.id)
        assert is_hidden_from(zhou, lin)
        assert names(organisations.member(organisations.agency())) == ["林**"]

    def test_not_people_who_block_an_employer_of_that_name(self, zhou: Actor, agency: Agency) -> None:
        lin = shown_seeker()
        block_by_name(accounts.actor(lin), name=agency.legal_name)
        assert is_hidden_from(zhou, lin)

    def test_not_people_who_are_about_to_leave(self, zhou: Actor) -> None:
        lin = shown_seeker()
        pause_visibility(accounts.actor(lin), is_paused=True)
        assert is_hidden_from(zhou, lin)

    def test_not_people_who_have_left(self, zhou: Actor) -> None:
        lin = shown_seeker()
        User.objects.filter(pk=lin.pk).update(erased_at=clock.now(), phone_index=None)
        assert is_hidden_from(zhou, lin)

    def test_not_people_who_work_for_the_agency(self, zhou: Actor, agency: Agency) -> None:
        lin = shown_seeker()
        organisations.member(agency, user=lin)
        assert is_hidden_from(zhou, lin)

    def test_not_people_who_want_nothing_yet(self, zhou: Actor) -> None:
        lin = shown_seeker()
        Intention.objects.all().delete()
        assert is_hidden_from(zhou, lin)


class TestWhoMayLook:
    def test_recruiters_and_owners(self, agency: Agency) -> None:
        shown_seeker()
        for role in ("recruiter", "owner"):
            assert names(organisations.member(agency, role=role)) == ["林**"]

    def test_not_members_who_may_only_read(self, agency: Agency) -> None:
        lin, viewer = shown_seeker(), organisations.member(agency, role="viewer")
        for look in (lambda: found(viewer, ALL), lambda: open_found_resume(viewer, resume_id=resume_of(lin).id)):
            with pytest.raises(Denied):
                look()
        assert not ResumeAccess.objects.exists()

    def test_not_employers_nor_seekers_nor_operators(self) -> None:
        lin = shown_seeker()
        for actor in (organisations.member(organisations.employer()), accounts.actor(lin), organisations.operator()):
            with pytest.raises(NotFound):
                found(actor, ALL)

    def test_not_agencies_that_may_not_recruit(self, zhou: Actor) -> None:
        lin = shown_seeker()
        Qualification.objects.update(state="suspended")
        with pytest.raises(Refused) as refusal:
            open_found_resume(zhou, resume_id=resume_of(lin).id)
        assert "资质" in refusal.value.message
        assert not ResumeAccess.objects.exists()


class TestWhatIsShown:
    def test_neither_contacts_nor_age_nor_the_whole_name(self, zhou: Actor) -> None:
        lin = shown_seeker()
        secret = {lin.phone, "lin@example.com", "林小满", "1995", "T510107880501"}
        actions.save_self_description(
            accounts.actor(lin), text=f"会氩弧焊，电话{lin.phone}，邮箱 lin@example.com，微信 linxiaoman95。"
        )
        told = str(found_one(zhou, resume_of(lin).id, is_open=True)) + str(found(zhou, ALL).items)
        assert not [one for one in (*secret, "linxiaoman95") if one in told]
        assert "会氩弧焊" in told
        assert "蓉江机械制造有限公司" in told

    def test_what_resumes_come_to_hold_later_is_not_shown_unasked(self, zhou: Actor) -> None:
        lin = shown_seeker()
        Resume.objects.update(photo_key="portraits/lin.jpg")
        shown = found_one(zhou, resume_of(lin).id, is_open=True).resume
        assert shown is not None
        assert shown.photo_key == ""

    @pytest.mark.parametrize(
        "text",
        [
            "138 0013 8000",
            "138-0013-8000",
            "+86 13800138000",
            "028-85001234",
            "a.b+c@example.com.cn",
            "微信号：abc_12345",
            "QQ 123456789",
        ],
    )
    def test_ways_to_reach_somebody_are_taken_out_of_texts(self, text: str) -> None:
        assert without_contacts(f"请联系 {text}，谢谢") == "请联系 （联系方式已隐藏），谢谢"

    @pytest.mark.parametrize(
        "text", ["2019-2023 年焊接 12000 件", "持证编号见附件", "年产值 1380 万元", "用过 QQ 音乐"]
    )
    def test_other_numbers_stay(self, text: str) -> None:
        assert without_contacts(text) == text


class TestOpening:
    def test_is_logged_for_the_owner_to_read(self, zhou: Actor, agency: Agency) -> None:
        lin = shown_seeker()
        assert open_found_resume(zhou, resume_id=resume_of(lin).id) == lin.pk
        (look,) = accesses(accounts.actor(lin)).items
        assert look.organisation_name == agency.legal_name
        assert "查找人才" in look.purpose
        assert look.application_id is None
        assert AuditEntry.objects.filter(action="resume.view").count() == 1

    def test_is_limited_by_the_hour(self, zhou: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(vars(OPENED), "most", 1)
        lin = shown_seeker()
        open_found_resume(zhou, resume_id=resume_of(lin).id)
        with pytest.raises(RateLimited):
            open_found_resume(zhou, resume_id=resume_of(lin).id)
        assert ResumeAccess.objects.count() == 1

    def test_of_what_there_is_not_is_as_of_what_is_hidden(self, zhou: Actor) -> None:
        with pytest.raises(NotFound):
            open_found_resume(zhou, resume_id=new_id())


class TestTheFilter:
    @pytest.fixture(autouse=True)
    def lin(self) -> User:
        """Wants to weld in Chengdu; 6 years, 中专, available now."""
        return shown_seeker()

    @pytest.mark.parametrize(
        ("chosen", "is_found"),
        [
            (FindFilter(text="焊工"), True),
            (FindFilter(text="护士"), False),
            (FindFilter(region="510000"), True),
            (FindFilter(region="310000"), False),
            (FindFilter(education="40"), True),
            (FindFilter(education="20"), False),
            (FindFilter(years=5), True),
            (FindFilter(years=10), False),
            (FindFilter(availability="now"), True),
            (FindFilter(availability="not_looking"), False),
            (FindFilter(days=7), True),
        ],
    )
    def test_leaves_those_who_fit(self, zhou: Actor, chosen: FindFilter, is_found: bool) -> None:
        assert bool(names(zhou, chosen)) is is_found

    def test_knows_an_occupation_by_its_name(self, zhou: Actor) -> None:
        Intention.objects.update(occupation=reference.occupation(reference.WELDER), title="师傅")
        assert names(zhou, FindFilter(text="焊工")) == ["林**"]

    def test_leaves_out_what_has_not_been_touched_for_long(self, zhou: Actor) -> None:
        Resume.objects.update(updated_at=clock.now() - timedelta(days=8))
        assert names(zhou, FindFilter(days=7)) == []


def test_the_last_changed_come_first_and_each_once_to_the_end(zhou: Actor) -> None:
    for number in range(7):
        shown_seeker(f"赵{number}")
    seen, cursor = [], ""
    while True:
        page = found(zhou, ALL, cursor=cursor, size=3)
        seen += [row.id for row in page.items]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == list(Resume.objects.order_by("-updated_at", "-id").values_list("id", flat=True))


def test_a_page_takes_as_many_queries_for_many_as_for_one(
    zhou: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        shown_seeker(f"赵{number}")
    for size in (1, 6):
        with django_assert_num_queries(3):
            assert len(found(zhou, ALL, size=size).items) == size


def test_an_agency_elsewhere_finds_its_own(zhou: Actor) -> None:
    shown_seeker("林小满")
    shown_seeker("吴来宾", "310000")
    elsewhere = organisations.member(agency_elsewhere())
    assert names(elsewhere) == ["吴**"]
    assert names(zhou) == ["林**"]
