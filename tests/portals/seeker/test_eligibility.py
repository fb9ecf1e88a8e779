"""What a policy asks for, held against what somebody answers; files; validity; for whom."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.kernel import clock
from tests.factories.feedback import picture
from tests.factories.public_site import CONDITIONS, assert_is_public, assert_survives, policy, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy() -> Policy:
    return policy(conditions=CONDITIONS)


class TestThePage:
    def test_it_says_which_hold_which_fail_and_why(self, client: Client, subsidy: Policy) -> None:
        text = text_of(client.get(f"/policies/{subsidy.id}/check", {"c1": "yes", "c2": "20", "c3": ""}))
        assert "有条件不符合" in text
        assert "要求：不超过 12 个月 · 依据：第二条" in text
        assert text.count("不确定") == 1

    def test_before_any_answer_it_judges_nothing(self, client: Client, subsidy: Policy) -> None:
        text = text_of(client.get(f"/policies/{subsidy.id}/check"))
        assert "对照结果" not in text
        assert "您参加失业保险了吗" in text

    def test_the_answers_are_kept_nowhere(self, client: Client, subsidy: Policy) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(f"/policies/{subsidy.id}/check", {"c1": "no", "c2": "3"})
        assert len(queries) == 1
        assert queries[0]["sql"].startswith("SELECT")
        assert not page.cookies
        assert "no-store" in page.headers["Cache-Control"]

    def test_no_nonsense_breaks_it(self, client: Client, subsidy: Policy) -> None:
        assert_survives(client, f"/policies/{subsidy.id}/check", "c1", "c2", "c99")

    def test_a_policy_without_conditions_has_no_such_page(self, client: Client) -> None:
        one = policy()
        assert client.get(f"/policies/{one.id}/check").status_code == 404
        assert "我符合吗" not in text_of(client.get(f"/policies/{one.id}"))


class TestValidity:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ({"abolished_on": clock.today()}, "已废止"),
            ({"valid_until": clock.today() - timedelta(days=1)}, "已过有效期"),
            ({"valid_until": clock.today()}, ""),
            ({"abolished_on": clock.today() + timedelta(days=1)}, ""),
        ],
    )
    def test_what_no_longer_holds_says_so(self, client: Client, given: dict[str, object], shown: str) -> None:
        one = policy(conditions=CONDITIONS, **given)
        for text in (text_of(client.get("/policies")), text_of(client.get(f"/policies/{one.id}"))):
            assert ("已废止" in text or "已过有效期" in text) == bool(shown)
            assert shown in text
        assert ("对照一下" in text) != bool(shown)

    def test_related_ones_hold_and_are_of_the_same_topic(self, client: Client) -> None:
        one = policy()
        policy(title="同主题的政策")
        policy(title="废止的政策", abolished_on=clock.today())
        policy(title="别的主题", topic="rights")
        text = text_of(client.get(f"/policies/{one.id}"))
        assert "同主题的政策" in text
        assert "废止的政策" not in text
        assert "别的主题" not in text


def test_they_are_found_by_for_whom(client: Client) -> None:
    policy(title="给退役军人的", audiences=["veteran", "founder"])
    policy(title="给企业的", audiences=["employer"])
    text = text_of(client.get("/policies", {"for": "veteran"}))
    assert "给退役军人的" in text
    assert "给企业的" not in text
    assert "去掉条件： 退役军人" in text
    assert_survives(client, "/policies", "for")


@pytest.mark.usefixtures("own_files")
def test_files_are_downloads_of_published_policies(client: Client) -> None:
    one = policy()
    content = BytesIO(picture("JPEG")).getvalue()
    key = default_storage.save("policies/form.jpg", ContentFile(content))
    kept = PolicyFile.objects.create(
        policy=one, key=key, name="申请表.jpg", content_type="image/jpeg", size=len(content)
    )
    here = f"/policies/{one.id}/files/{kept.id}"
    assert "申请表.jpg" in text_of(client.get(f"/policies/{one.id}"))
    found = client.get(here)
    assert_is_public(found)
    assert found.content == content
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/policies/{policy().id}/files/{kept.id}").status_code == 404
    Policy.objects.filter(pk=one.id).update(is_published=False)
    assert client.get(here).status_code == 404
