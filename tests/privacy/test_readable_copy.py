"""The page of a copy that people read: complete, in words, safe to open."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock
from jiuye.privacy import readable_copy
from jiuye.privacy.archive import exported_fields
from jiuye.privacy.kinds import KINDS, Kind
from jiuye.privacy.labels import OF_KIND, TECHNICAL, WORDS, is_shown
from tests.factories import accounts, applications, verification
from tests.factories import feedback as feedbacks
from tests.factories.cast import Cast, assemble
from tests.factories.privacy import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

ANY = Kind("any", "某类", "accounts.User", "pk")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def lin(cast: Cast) -> User:
    return cast.people["lin"]


def page(user: User) -> str:
    found: bytes = taken(user)[readable_copy.NAME]
    return found.decode()


def written(row: dict[str, object]) -> str:
    return "".join(readable_copy.section(ANY, [row]))


class _Tags(HTMLParser):
    """Collects the tags, and checks that each is closed."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_column_of_every_kind_has_a_word() -> None:
    columns = {field.attname for kind in KINDS for field in exported_fields(kind)} | {
        name for kind in KINDS for name in kind.also
    }
    assert sorted(one for one in columns if is_shown(one) and one not in WORDS) == []
    assert {one.partition(".")[0] for one in OF_KIND} <= {kind.name for kind in KINDS}
    assert columns | {"format"} >= TECHNICAL


def test_what_somebody_has_here_stands_on_the_page_in_words(cast: Cast, lin: User) -> None:
    known = verification.real_name(lin)
    applications.in_state(cast, "interview_accepted")
    text = page(lin)
    for shown in (
        lin.phone,
        known.id_number,
        "蓉江机械制造有限公司",
        "已接受面试",
        "示范路1号2楼",
        "<dt>身份证号</dt>",
    ):
        assert shown in text
    for kind in KINDS:
        assert kind.title in text


def test_it_holds_nothing_that_acts_or_loads_and_is_well_formed(lin: User) -> None:
    Resume.objects.filter(user=lin).update(self_description="<script>alert(1)</script><img src=//x.example onerror=x>")
    text = page(lin)
    tags = _Tags()
    tags.feed(text)
    assert tags.open == []
    assert not tags.seen & {"script", "img", "iframe", "link", "form", "object"}
    assert re.findall(r'(?:src|href)="(?!#|files/)', text) == []
    assert "&lt;script&gt;alert(1)" in text
    assert "default-src &#x27;none&#x27;" in text or "default-src 'none'" in text


def test_what_was_sent_leads_to_the_file_in_the_copy(lin: User, own_files: Path) -> None:
    import io

    feedbacks.sent(accounts.actor(lin), files=[("截图.png", io.BytesIO(feedbacks.picture()))])
    found = taken(lin)
    (name,) = [one for one in found if one.startswith("files/")]
    assert f'<a href="{name}">' in found[readable_copy.NAME].decode()


def test_the_explanation_points_to_it(lin: User) -> None:
    assert readable_copy.NAME in taken(lin)["README.txt"].decode()


def test_nobody_else_is_on_it(cast: Cast, lin: User) -> None:
    applications.apply(cast.wu, cast.posting)
    assert cast.people["wu"].phone not in page(lin)


class TestWords:
    def test_codes_are_said_by_their_labels_and_ids_not_at_all(self) -> None:
        text = written({"id": 7, "posting_id": 8, "state": "x", "state_label": "已接受", "digest": "abc"})
        assert text.count("<dt>") == 1
        assert "<dt>状态</dt><dd>已接受</dd>" in text

    def test_values_are_said_as_people_say_them(self) -> None:
        at = datetime(2026, 5, 11, 2, 30, tzinfo=clock.now().tzinfo)
        text = written({"by_sms": False, "sent_at": at, "start_on": date(2026, 5, 1), "tags": ["快", "真"], "total": 0})
        for said in ("否", "2026年5月11日 10:30", "2026年5月1日", "快、真", "<dd>0</dd>"):
            assert said in text

    def test_what_lies_within_is_said_too(self) -> None:
        text = written({"content": {"name": "林", "employments": [{"employer_name": "甲"}, {"employer_name": "乙"}]}})
        assert text.count("<dt>用人单位</dt>") == 2
        assert "<dt>工作经历</dt>" in text

    def test_codes_and_times_within_json_are_said_in_words_as_well(self) -> None:
        text = written(
            {
                "party": "seeker",
                "verb": "accept_interview",
                "from_state": "viewed",
                "action": "resume.change",
                "content": {"region": {"code": "510107", "name": "武侯区"}, "end_on": "2024-03-01"},
                "detail": {"starts_at": "2026-05-11T02:30:00.5+00:00"},
                "note": "2024-03-01 之后再说",
            }
        )
        for said in (
            "您",
            "接受面试",
            "已查看",
            "简历（resume.change）",
            "武侯区",
            "2024年3月1日",
            "2026年5月11日 10:30",
        ):
            assert said in text
        assert "2024-03-01 之后再说" in text
        assert "510107" not in text

    def test_what_is_empty_is_left_out(self) -> None:
        assert "<dt>" not in written({"note": "", "reply": None, "tags": [], "scope": {}})
        assert "".join(readable_copy.section(ANY, [])) == ""
