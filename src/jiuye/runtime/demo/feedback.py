"""Two months of feedback, the operators who answer it, and what is still open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jiuye.domains.accounts.models import Authenticator, Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.feedback.models import Feedback, FeedbackMessage
from jiuye.domains.feedback.policies import ALPHABET
from jiuye.kernel import clock
from jiuye.runtime.demo import names, second_factor
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

SUPPORT = 901
"""The number of the phone of the operator who answers."""

_SEEKER = names.phone(99)
_DAYS = 60
_NUMBER = 48


@dataclass(frozen=True, slots=True)
class _Matter:
    """A piece of feedback and its answer."""

    category: str
    text: str
    answer: str


MATTERS = (
    _Matter(
        "fault",
        "在手机上筛选区县后再点“薪资”，区县的选择就没有了，要重新选一遍。",
        "您好，已经查明是返回列表时丢了条件，今天已修好。请刷新页面后再试，给您添麻烦了。",
    ),
    _Matter(
        "posting",
        "有个职位写的是月薪八千，面试时说是计件，到手五千左右，希望核实。",
        "您好，我们已请机构改正薪资写法，并记入该机构的核查记录。今后也可以在职位页直接点“举报”，处理更快。",
    ),
    _Matter(
        "agency",
        "投递后机构第六天才打电话，说名额已满，能不能早点通知？",
        "您好，机构的处理时间会公示在旗舰店首页。我们已提醒该机构在招满后及时下架职位。",
    ),
    _Matter(
        "account",
        "换了手机号，旧号码已经停用，收不到验证码，怎么登录？",
        "您好，可以在登录页选择电子社保卡扫码登录，登录后到“账号与安全”里更换手机号。",
    ),
    _Matter(
        "privacy",
        "想知道有哪些机构看过我的简历，在哪里看？",
        "您好，登录后在“我的”里打开“谁看过我的简历”，每次查看的时间、机构和原因都在那里。",
    ),
    _Matter(
        "idea",
        "建议地图上能看到附近的零工市场和招聘会，方便老年人找地方。",
        "谢谢您的建议，我们已记录，会和“附近的职位”一起考虑。",
    ),
    _Matter(
        "other",
        "招聘会现场可以打印简历吗？需要带什么证件？",
        "您好，多数现场招聘会提供免费打印，带身份证或电子社保卡即可，具体请看招聘会页面的介绍。",
    ),
)
MORE = "谢谢，我再试一次，还是同样的情况，请再看看。"


def build(chance: Chance, moment: datetime, seekers: list[User]) -> None:
    """Write everything together."""
    clerk = _support(chance, moment)
    mine = next(person for person in seekers if person.phone == _SEEKER)
    rows: list[Feedback] = []
    said: list[FeedbackMessage] = []
    for index in range(_NUMBER):
        author = mine if index in (3, 11) else chance.choice(seekers) if chance.random() < 0.7 else None
        asked = chance.before(moment, 24 * 12, 24 * _DAYS) if index >= 8 else moment - timedelta(hours=9 * index + 2)
        matter = MATTERS[index % len(MATTERS)]
        row = _asked(chance, matter, author, asked)
        rows.append(row)
        if index < 8 and index != 3:
            row.assigned_to = clerk if index == 2 else None
            continue
        _answer(chance, moment, row, matter, clerk, said)
    copy_rows(rows)
    copy_rows(said)


def _asked(chance: Chance, matter: _Matter, author: User | None, asked: datetime) -> Feedback:
    day = clock.local(asked)
    return Feedback(
        id=chance.id(),
        submission=chance.id(),
        number=f"YJ{day:%Y%m%d}-{_random(chance, 6)}",
        query_code="" if author else _random(chance, 8),
        author=author,
        category=matter.category,
        text=matter.text,
        created_at=asked,
        waiting_since=asked,
    )


def _answer(
    chance: Chance, moment: datetime, row: Feedback, matter: _Matter, clerk: User, said: list[FeedbackMessage]
) -> None:
    """Add the answer, sometimes one more question, and mostly a rating."""
    answered = min(moment, row.created_at + timedelta(hours=chance.uniform(1, 60)))
    row.state, row.assigned_to, row.first_answered_at, row.answered_at = "answered", clerk, answered, answered
    said.append(
        FeedbackMessage(
            id=chance.id(), feedback=row, kind="answer", text=matter.answer, operator=clerk, created_at=answered
        )
    )
    if chance.random() < 0.1 and answered < moment - timedelta(hours=3):
        row.state, row.waiting_since = "open", answered + timedelta(hours=2)
        said.append(
            FeedbackMessage(id=chance.id(), feedback=row, kind="follow_up", text=MORE, created_at=row.waiting_since)
        )
        return
    if chance.random() < 0.6 and row.author_id is not None and row.author.phone != _SEEKER:  # type: ignore[union-attr]
        row.stars, row.rated_at = chance.choice([3, 4, 4, 5, 5, 5]), min(moment, answered + timedelta(hours=5))
    if answered < moment - timedelta(days=7):
        row.state, row.closed_at = "closed", answered + timedelta(days=7)


def _support(chance: Chance, moment: datetime) -> User:
    person = User(
        id=chance.id(),
        phone=names.phone(SUPPORT),
        phone_index=phone_index(names.phone(SUPPORT)),
        name="周明慧",
        created_at=moment - timedelta(days=380),
    )
    colleague = Membership.objects.filter(organisation_kind="platform").order_by("created_at", "id")[0]
    place = Membership(
        id=chance.id(),
        user=person,
        organisation_id=colleague.organisation_id,
        organisation_kind="platform",
        role="support",
        created_at=moment,
    )
    factor = Authenticator(user=person, secret=second_factor.SECRET, created_at=moment, confirmed_at=moment)
    for rows in ([person], [place], [factor]):
        copy_rows(rows)
    return person


def _random(chance: Chance, length: int) -> str:
    return "".join(chance.choices(ALPHABET, k=length))
