"""Validation of texts and times in invitations, notices and notes."""

from datetime import datetime, timedelta

from django.db.models import Model

from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

FURTHEST = timedelta(days=180)
_SEVERAL_LINES = frozenset(
    {"note", "answer_note", "result_note", "rejection_note", "route", "ask_reason", "follow_up_note"}
)
_FEWEST_DIGITS = 7  # a local telephone number


def tidied(texts: dict[str, str], model: type[Model]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts as they are stored in columns of these names, and error messages for those that are too long."""
    kept, wrong = {}, {}
    for name, text in texts.items():
        kept[name] = tidy_lines(text) if name in _SEVERAL_LINES else tidy_line(text)
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if limit and len(kept[name]) > limit:
            wrong[name] = f"最多 {limit} 个字，现在有 {len(kept[name])} 个字，请删减一些。"
    return kept, wrong


def tidy_note(note: str, model: type[Model], column: str) -> str:
    """Return a note as it is stored in `column`. Raises `Invalid` (note) when it is too long."""
    kept, wrong = tidied({column: note}, model)
    if wrong:
        raise Invalid({"note": wrong[column]})
    return kept[column]


def check_times(moment: datetime, answer_by: datetime, field: str, label: str) -> dict[str, str]:
    """Return error messages for an appointment (`field`, called `label`) and its answer deadline."""
    wrong: dict[str, str] = {}
    now = clock.now()
    if moment <= now:
        wrong[field] = f"{label}须晚于现在，请重新选择。"
    elif moment > now + FURTHEST:
        wrong[field] = f"{label}不能超过 {FURTHEST.days} 天以后，请重新选择。"
    if answer_by <= now:
        wrong["answer_by"] = "答复截止时间须晚于现在，请重新选择。"
    elif answer_by > moment > now:
        wrong["answer_by"] = f"答复截止时间不能晚于{label}，请重新选择。"
    return wrong


def check_contact(name: str, phone: str) -> dict[str, str]:
    """Return error messages for the contact person of an appointment."""
    wrong: dict[str, str] = {}
    if not name:
        wrong["contact_name"] = "请填写联系人，求职者好知道找谁。"
    if sum(character.isdigit() for character in phone) < _FEWEST_DIGITS:
        wrong["contact_phone"] = "请填写能打通的联系电话，例如 028-12345678。"
    return wrong
