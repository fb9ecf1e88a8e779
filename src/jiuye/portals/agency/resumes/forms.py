"""The filter of found resumes, and the invitation to apply."""

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms

from jiuye.domains.applications.actions import LONGEST_INVITATION_NOTE
from jiuye.domains.applications.queries import OnOffer
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.queries import findable
from jiuye.domains.resumes.states import Availability

LEVELS = {one.value: f"{one.label}及以上" for one in EducationLevel if one != EducationLevel.JUNIOR}
OPTIONS = {
    "education": [("", "不限学历"), *LEVELS.items()],
    "years": [("", "不限经验"), *findable.EXPERIENCE.items()],
    "availability": [("", "不限求职状态"), *Availability.choices],
    "days": [("", "不限更新时间"), *findable.DAYS.items()],
}
"""The choices of the filter's selects, by name."""


def chosen_in(given: Mapping[str, str]) -> findable.FindFilter:
    """Parse the filter from a URL, ignoring invalid values."""
    region, education = given.get("region", ""), given.get("education", "")
    years, days, availability = given.get("years", ""), given.get("days", ""), given.get("availability", "")
    return findable.FindFilter(
        text=given.get("q", "").strip()[:40],
        region=region if reference.has_region(region) else "",
        education=education if education in LEVELS else "",
        years=int(years) if years in findable.EXPERIENCE else None,
        availability=availability if availability in Availability.values else "",
        days=int(days) if days in findable.DAYS else None,
    )


def kept(chosen: findable.FindFilter) -> dict[str, str]:
    """Return the filter as URL parameters."""
    given = {
        "q": chosen.text,
        "region": chosen.region,
        "education": chosen.education,
        "years": "" if chosen.years is None else str(chosen.years),
        "availability": chosen.availability,
        "days": str(chosen.days or ""),
    }
    return {name: value for name, value in given.items() if value}


class InviteForm(forms.Form):
    """The posting, and a message."""

    posting = forms.ChoiceField(
        label="邀请投递哪个职位",
        error_messages={"required": "请选择一个在招的职位。", "invalid_choice": "请在列表里选择一个在招的职位。"},
    )
    note = forms.CharField(
        label="附言",
        required=False,
        max_length=LONGEST_INVITATION_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_INVITATION_NOTE}),
        help_text="求职者会看到。例如：工作地点离您填写的地区不远。",
        error_messages={"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, offered: Sequence[OnOffer]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["posting"]).choices = [("", "请选择")] + [
            (str(one.id), " · ".join(filter(None, [one.title, one.place, one.employer]))) for one in offered
        ]
