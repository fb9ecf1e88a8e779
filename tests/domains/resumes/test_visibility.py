"""Choosing who may find one's resume."""

import pytest

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.resumes.actions.visibility import choose_visibility, pause_visibility, stop_showing
from jiuye.domains.resumes.models import Visibility
from jiuye.domains.resumes.queries.visibility import visibility
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.privacy.consents import consents
from jiuye.privacy.withdrawal import withdraw_consent
from tests.factories import accounts

pytestmark = pytest.mark.django_db
SICHUAN, CHENGDU, WUHOU, SHANGHAI, EVERYWHERE = "510000", "510100", "510107", "310000", "000000"


@pytest.fixture
def lin() -> Actor:
    return accounts.actor(accounts.seeker())


def agree(lin: Actor, *places: str) -> bool:
    return choose_visibility(lin, level="agencies", places=places, consented=True)


def test_people_who_chose_nothing_are_seen_by_those_they_applied_to(lin: Actor) -> None:
    assert visibility(lin).in_words == "仅投递的机构可见"
    assert visibility(lin).version == 0


class TestShowingOneselfToAgencies:
    def test_names_places_and_is_a_consent(self, lin: Actor) -> None:
        assert agree(lin, SICHUAN, SHANGHAI)
        assert visibility(lin).in_words == "对所选地区的职介可见（上海市、四川省）"
        (consent,) = consents(lin).items
        assert consent.kind_label == "让所选地区的职介看到简历"
        assert "四川省" in consent.about
        assert consent.withdrawn_at is None

    def test_is_not_done_without_the_consent(self, lin: Actor) -> None:
        with pytest.raises(Invalid) as error:
            choose_visibility(lin, level="agencies", places=[SICHUAN])
        assert list(error.value.fields) == ["consent"]
        assert visibility(lin).level == "applied_only"
        assert not Consent.objects.exists()

    def test_never_means_the_whole_country_unless_that_is_chosen(self, lin: Actor) -> None:
        with pytest.raises(Invalid) as error:
            agree(lin)
        assert list(error.value.fields) == ["places"]
        agree(lin, EVERYWHERE, SICHUAN)
        assert visibility(lin).places == ((EVERYWHERE, "全国"),)

    @pytest.mark.parametrize(
        "places",
        [[WUHOU], ["999999"], [f"51{number:02d}00" for number in range(1, 15)]],
        ids=["a county", "no such place", "too many"],
    )
    def test_refuses_places_that_cannot_be_chosen(self, lin: Actor, places: list[str]) -> None:
        with pytest.raises(Invalid) as error:
            agree(lin, *places)
        assert list(error.value.fields) == ["places"]

    def test_keeps_a_province_instead_of_its_cities(self, lin: Actor) -> None:
        agree(lin, SICHUAN, CHENGDU)
        assert [code for code, _ in visibility(lin).places] == [SICHUAN]

    def test_in_other_places_is_another_consent_and_ends_the_first(self, lin: Actor) -> None:
        agree(lin, CHENGDU)
        with pytest.raises(Invalid):
            choose_visibility(lin, level="agencies", places=[SICHUAN])
        agree(lin, SICHUAN)
        latest, first = consents(lin).items
        assert first.withdrawn_at is not None
        assert latest.withdrawn_at is None

    def test_twice_in_the_same_way_changes_nothing(self, lin: Actor) -> None:
        agree(lin, SICHUAN)
        assert not choose_visibility(lin, level="agencies", places=[SICHUAN])
        assert Consent.objects.count() == 1
        assert visibility(lin).version == 1


@pytest.mark.parametrize("level", ["applied_only", "hidden"])
def test_any_other_choice_ends_the_consent(lin: Actor, level: str) -> None:
    agree(lin, SICHUAN)
    choose_visibility(lin, level=level)
    assert visibility(lin).level == level
    assert not visibility(lin).places
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_withdrawing_the_consent_leaves_only_those_one_applied_to(lin: Actor) -> None:
    agree(lin, SICHUAN)
    (consent,) = consents(lin).items
    assert "不能再找到您的简历" in consent.effect
    withdraw_consent(lin, consent_id=consent.id)
    assert visibility(lin).level == "applied_only"


def test_an_older_consent_taken_back_does_not_touch_the_present_choice(lin: Actor) -> None:
    agree(lin, CHENGDU)
    older = Consent.objects.get()
    agree(lin, SICHUAN)
    stop_showing(lin, consent_id=older.id)
    assert visibility(lin).level == "agencies"


def test_every_change_is_counted_audited_and_an_event(lin: Actor) -> None:
    agree(lin, SICHUAN)
    choose_visibility(lin, level="hidden")
    assert visibility(lin).version == 2
    assert AuditEntry.objects.filter(action="resume.visibility").count() == 2
    levels = EventRecord.objects.filter(name="VisibilityChanged").order_by("occurred_at", "id")
    assert [event.payload["level"] for event in levels] == ["agencies", "hidden"]


def test_a_choice_made_from_an_old_page_is_refused(lin: Actor) -> None:
    choose_visibility(lin, level="hidden", version=0)
    with pytest.raises(Refused):
        choose_visibility(lin, level="agencies", places=[SICHUAN], consented=True, version=0)
    assert visibility(lin).level == "hidden"


def test_what_is_no_choice_is_refused(lin: Actor) -> None:
    with pytest.raises(Invalid):
        choose_visibility(lin, level="everybody")


class TestWhileTheAccountIsAboutToGo:
    def test_the_choice_rests_and_comes_back(self, lin: Actor) -> None:
        agree(lin, SICHUAN)
        pause_visibility(lin, is_paused=True)
        assert visibility(lin).is_paused
        pause_visibility(lin, is_paused=False)
        assert not visibility(lin).is_paused
        assert visibility(lin).level == "agencies"

    def test_a_first_choice_made_then_rests_too(self, lin: Actor) -> None:
        pause_visibility(lin, is_paused=True)
        choose_visibility(lin, level="agencies", places=[SICHUAN], consented=True, version=0)
        assert Visibility.objects.get(user=User.objects.get()).is_paused
