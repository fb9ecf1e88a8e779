"""What an agency writes of its shop: sections of entries, pictures, and two colleagues at once."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Shop, ShopPicture
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, organisations, public_site
from tests.factories.pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

TEAM = "/agency/shop/sections/team"


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


def browser(agency: Agency, role: str = "recruiter") -> Client:
    actor = organisations.member(agency, role=role)
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def recruiter(agency: Agency) -> Client:
    return browser(agency)


def sent(*entries: dict[str, str], version: int = 1, initial: int = 0, **more: str) -> dict[str, Any]:
    """The form of a section, filled in."""
    data = {
        "entry-TOTAL_FORMS": str(len(entries)),
        "entry-INITIAL_FORMS": str(initial),
        "version": str(version),
        **more,
    }
    for index, entry in enumerate(entries):
        data |= {f"entry-{index}-{name}": value for name, value in entry.items()}
    return data


HE = {"name": "何经办", "title": "招聘顾问", "introduction": "", "ORDER": "2"}
ZHOU = {"name": "周主任", "title": "负责人", "introduction": "<b>十年</b>", "ORDER": "1"}


class TestSections:
    def test_entries_are_kept_in_the_order_asked_for_and_shown_to_everybody(
        self, agency: Agency, recruiter: Client
    ) -> None:
        assert recruiter.post(TEAM, sent(HE, ZHOU, {"name": "", "title": ""})).status_code == 303
        shop = Shop.objects.get(pk=agency.pk)
        assert [one["name"] for one in shop.team] == ["周主任", "何经办"]
        page = Client().get(f"/agencies/{agency.id}", {"view": "about"}).content.decode()
        assert "&lt;b&gt;十年&lt;/b&gt;" in page
        assert AuditEntry.objects.filter(action="shop.edit_section", subject_id=str(agency.id)).count() == 1

    def test_one_is_taken_out(self, agency: Agency, recruiter: Client) -> None:
        recruiter.post(TEAM, sent(HE, ZHOU))
        recruiter.post(TEAM, sent(ZHOU | {"DELETE": "on"}, HE, version=2, initial=2))
        assert [one["name"] for one in Shop.objects.get(pk=agency.pk).team] == ["何经办"]

    def test_a_colleagues_change_is_not_overwritten_and_the_input_is_kept(
        self, agency: Agency, recruiter: Client
    ) -> None:
        browser(agency, "owner").post(TEAM, sent(ZHOU))
        answer = recruiter.post(TEAM, sent(HE))
        assert answer.status_code == 409
        assert "刚刚被同事改过" in answer.content.decode()
        assert "何经办" in answer.content.decode()
        assert [one["name"] for one in Shop.objects.get(pk=agency.pk).team] == ["周主任"]
        assert recruiter.post(TEAM, sent(HE, version=2)).status_code == 303

    def test_the_words_know_their_version_too(self, agency: Agency, recruiter: Client) -> None:
        browser(agency, "owner").post(TEAM, sent(ZHOU))
        answer = recruiter.post("/agency/shop/edit", {"slogan": "新的口号", "fees": "免费", "version": "1"})
        assert answer.status_code == 409
        assert "新的口号" in answer.content.decode()

    def test_a_preview_keeps_nothing(self, agency: Agency, recruiter: Client) -> None:
        page = recruiter.post(TEAM, sent(HE, preview="1"))
        piece = recruiter.post(TEAM, sent(HE, preview="1"), headers={"HX-Request": "true"})
        assert "还没有保存" in page.content.decode()
        assert "何经办" in piece.content.decode()
        assert "<html" not in piece.content.decode()
        shop = Shop.objects.get(pk=agency.pk)
        assert (shop.team, shop.version) == ([], 1)

    @pytest.mark.parametrize(
        ("section", "entry", "said"),
        [
            ("team", {"name": "", "title": "顾问", "introduction": ""}, "请填写姓名"),
            ("achievements", {"year": "明年", "text": "帮助三千人就业"}, "四位年份"),
            ("achievements", {"year": "2999", "text": "帮助三千人就业"}, "四位年份"),
            ("service_fees", {"name": "职业介绍", "fee": "", "note": ""}, "请填写收费标准"),
            ("leaders", {"name": "周" * 21, "title": "主任", "introduction": ""}, "最多 20 字"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, agency: Agency, recruiter: Client, section: str, entry: dict[str, str], said: str
    ) -> None:
        answer = recruiter.post(f"/agency/shop/sections/{section}", sent(entry))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert Shop.objects.get(pk=agency.pk).version == 1

    def test_only_who_may_edit_opens_it(self, agency: Agency, recruiter: Client) -> None:
        viewer = browser(agency, "viewer")
        assert viewer.get(TEAM).status_code == 403
        assert viewer.post("/agency/shop/pictures", {"picture": photo(), "caption": "大厅"}).status_code == 403
        assert recruiter.get("/agency/shop/sections/nothing").status_code == 404

    def test_pages_cost_few_queries(
        self, recruiter: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for path in ("/agency/shop", TEAM, "/agency/shop/pictures"):
            with django_assert_max_num_queries(12):
                assert recruiter.get(path).status_code == 200


class TestPictures:
    HERE = "/agency/shop/pictures"

    def test_a_picture_is_re_encoded_without_what_is_hidden_in_it(self, agency: Agency, recruiter: Client) -> None:
        answer = recruiter.post(self.HERE, {"picture": photo((2048, 1024), place="SECRET"), "caption": "服务大厅"})
        assert answer.status_code == 303
        picture = ShopPicture.objects.get()
        assert (picture.width, picture.height) == (1280, 640)
        address = f"/agencies/{agency.id}/pictures/{picture.id}"
        assert address in Client().get(f"/agencies/{agency.id}", {"view": "about"}).content.decode()
        answer = Client().get(address)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        public_site.assert_is_public(answer)
        with Image.open(BytesIO(answer.content)) as image:
            assert image.size == (1280, 640)
        assert b"SECRET" not in answer.content

    @pytest.mark.parametrize(
        "file",
        [
            SimpleUploadedFile("大厅.jpg", b"<script>alert(1)</script>", content_type="image/jpeg"),
            SimpleUploadedFile("大厅.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, content_type="image/png"),
            SimpleUploadedFile("大厅.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"),
        ],
    )
    def test_what_is_no_picture_is_refused(self, recruiter: Client, file: SimpleUploadedFile) -> None:
        file.seek(0)
        assert recruiter.post(self.HERE, {"picture": file, "caption": "大厅"}).status_code == 422
        assert not ShopPicture.objects.exists()

    def test_a_picture_says_in_words_what_it_shows(self, recruiter: Client) -> None:
        answer = recruiter.post(self.HERE, {"picture": photo(), "caption": " "})
        assert answer.status_code == 422
        assert "图片说明" in answer.content.decode()

    def test_there_is_an_end_to_it(self, agency: Agency, recruiter: Client) -> None:
        for _ in range(12):
            recruiter.post(self.HERE, {"picture": photo(), "caption": "大厅"})
        assert recruiter.post(self.HERE, {"picture": photo(), "caption": "大厅"}).status_code == 422
        assert ShopPicture.objects.filter(shop_id=agency.pk).count() == 12

    def test_only_the_own_agency_takes_it_away(self, agency: Agency, recruiter: Client) -> None:
        recruiter.post(self.HERE, {"picture": photo(), "caption": "大厅"})
        address = f"{self.HERE}/{ShopPicture.objects.get().id}/delete"
        browser(organisations.agency()).post(address)
        assert ShopPicture.objects.count() == 1
        recruiter.post(address)
        assert not ShopPicture.objects.exists()

    def test_pictures_of_a_shop_that_is_not_open_are_its_own(self, agency: Agency, recruiter: Client) -> None:
        recruiter.post(self.HERE, {"picture": photo(), "caption": "大厅"})
        Agency.objects.filter(pk=agency.pk).update(is_listed=False)
        end = f"{agency.id}/pictures/{ShopPicture.objects.get().id}"
        assert Client().get(f"/agencies/{end}").status_code == 404
        assert recruiter.get(f"/agency/shop/{end}").status_code == 200
        assert browser(organisations.agency()).get(f"/agency/shop/{end}").status_code == 404
