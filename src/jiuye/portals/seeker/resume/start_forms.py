"""The forms of the guided start, one per step: choices to tap first, text only where there is no list."""

from typing import Any

from django import forms

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.actions import EducationEntry, EmploymentEntry, IntentionEntry
from jiuye.domains.resumes.queries import EducationView, EmploymentView, IntentionView, ResumeView
from jiuye.domains.resumes.states import Availability
from jiuye.portals.seeker.resume.fields import MonthField, RegionField

COMMON = (
    "普工",
    "仓库管理员",
    "分拣打包员",
    "配送员",
    "货车司机",
    "叉车司机",
    "电焊工",
    "电工",
    "缝纫工",
    "服务员",
    "厨师",
    "收银员",
    "保安",
    "保洁员",
    "养老护理员",
    "家政服务员",
    "客服",
    "文员",
    "销售",
    "会计",
)
"""Occupations in demand; each is in the reference data (checked by a test)."""

NOT_YET = "0"
# The minimum of each choice is stored: it is true of everybody who taps it.
YEARS = ((NOT_YET, "还没工作过"), ("1", "1–2 年"), ("3", "3–4 年"), ("5", "5–9 年"), ("10", "10 年以上"))


def choice_of_years(years: int | None) -> str:
    """Return the choice of a number of years; "" if none was given."""
    if years is None:
        return ""
    return next(value for value, _ in reversed(YEARS) if years >= int(value))


class WishForm(forms.Form):
    """Desired job and place. A usual occupation to tap, or own words, which take precedence."""

    common = forms.ChoiceField(
        label="常见的工作", required=False, choices=[(one, one) for one in COMMON], widget=forms.RadioSelect
    )
    title = forms.CharField(
        label="没有合适的，自己写",
        required=False,
        max_length=60,
        error_messages={"max_length": "最多 %(limit_value)d 个字，请写短一些。"},
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )
    region = RegionField(label="想在哪里工作", required=False, help_text="写到市或区县就可以，全国都行请留空。")

    @staticmethod
    def initial_of(view: ResumeView, job_title: str = "") -> dict[str, Any]:
        """Return the first job intention; without one, the job the person came from, and their residence."""
        wish = view.intentions[0] if view.intentions else None
        title = wish.title if wish else job_title
        place = wish.region if wish else view.region
        return {
            "common": title if title in COMMON else "",
            "title": "" if title in COMMON else title,
            "region": place.name if place else "",
        }

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        if not values.get("common") and not values.get("title") and "title" not in self.errors:
            self.add_error("title", "请点选一种工作，或者自己写，例如“装配工”。")
        return values

    def entry(self, wish: IntentionView | None) -> IntentionEntry:
        """Return the intention with the new values, keeping the others."""
        written, tapped = self.cleaned_data["title"], self.cleaned_data["common"]
        # Unchanged text gives way to a tap.
        title = tapped if tapped and (not written or written == self.initial.get("title")) else written
        region = self.cleaned_data["region"]
        if wish is None:
            return IntentionEntry(title=title, region=region, occupation=reference.likely_occupation(title) or "")
        occupation = wish.occupation.code if wish.occupation else ""
        return IntentionEntry(
            title=title,
            region=region,
            occupation=occupation if title == wish.title else reference.likely_occupation(title) or "",
            industry=wish.industry.code if wish.industry else "",
            pay_min=wish.pay_min,
            pay_max=wish.pay_max,
            employment_type=wish.employment_type.code if wish.employment_type else "",
        )


class AboutForm(forms.Form):
    """The person's name, and when they can start."""

    name = forms.CharField(
        label="姓名",
        error_messages={"required": "请填写姓名，招聘方才知道怎样称呼您。"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 40}),
    )
    availability = forms.ChoiceField(
        label="什么时候能上班", required=False, choices=Availability.choices, widget=forms.RadioSelect
    )

    @staticmethod
    def initial_of(view: ResumeView) -> dict[str, Any]:
        """Return the stored values."""
        return {"name": view.name, "availability": view.availability.code if view.availability else ""}


class WorkForm(forms.Form):
    """Years of work, and the last job: complete or not at all."""

    years = forms.ChoiceField(
        label="一共工作了几年",
        required=False,
        choices=YEARS,
        widget=forms.RadioSelect,
        help_text="按最少的年数写进简历，之后可以改成准确的。",
    )
    employer_name = forms.CharField(
        label="最近一份工作的单位",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "maxlength": 100}),
    )
    title = forms.CharField(label="做什么", required=False, widget=forms.TextInput(attrs={"maxlength": 60}))
    start_on = MonthField(label="从哪年哪月", required=False)
    end_on = MonthField(label="到哪年哪月", required=False, help_text="还在做的，请留空。")

    NEEDED = {
        "employer_name": "请填写单位名称；不想写这份工作，请把其他几格也清空。",
        "title": "请填写做的是什么工作。",
        "start_on": "请填写从什么时候开始，例如 2021-09。",
    }

    @staticmethod
    def initial_of(view: ResumeView) -> dict[str, Any]:
        """Return the stored values, with the job at the top of the resume."""
        job = view.employments[0] if view.employments else None
        about = {name: getattr(job, name) for name in ("employer_name", "title", "start_on", "end_on")} if job else {}
        return {"years": choice_of_years(view.experience_years), **about}

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        if self.is_about_a_job(values):
            for name, message in self.NEEDED.items():
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, message)
            if values.get("years") == NOT_YET:
                self.add_error("years", "选了“还没工作过”，下面又写了工作：请改其中一处。")
        elif not values.get("years") and not self.errors:
            self.add_error("years", "请点选一项；不想填，请点“跳过这一步”。")
        return values

    def is_about_a_job(self, values: dict[str, Any]) -> bool:
        """Return whether any field of a job was filled in, valid or not."""
        names = ("employer_name", "title", "start_on", "end_on")
        return any(values.get(name) or name in self.errors for name in names)

    def experience_years(self, known: int | None) -> int | None:
        """Return the years to store; an exact number within the choice stays."""
        chosen = self.cleaned_data["years"]
        if not chosen or chosen == choice_of_years(known):
            return known
        return int(chosen)

    def entry(self, job: EmploymentView | None) -> EmploymentEntry | None:
        """Return the job with its stored description; None if none was given."""
        if not self.cleaned_data["employer_name"]:
            return None
        about = {name: self.cleaned_data[name] for name in ("employer_name", "title", "start_on", "end_on")}
        return EmploymentEntry(description=job.description if job else "", **about)


class SchoolForm(forms.Form):
    """The highest education level, and optionally the school."""

    level = forms.ChoiceField(
        label="最高学历",
        choices=EducationLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请点选学历；不想填，请点“跳过这一步”。"},
    )
    school = forms.CharField(label="学校", required=False, widget=forms.TextInput(attrs={"maxlength": 60}))
    major = forms.CharField(label="专业", required=False, widget=forms.TextInput(attrs={"maxlength": 60}))
    start_on = MonthField(label="入学", required=False)
    end_on = MonthField(label="毕业", required=False, help_text="还在读的，可填预计毕业时间。")

    @staticmethod
    def initial_of(view: ResumeView) -> dict[str, Any]:
        """Return the stored values, with the school at the top of the resume."""
        one = view.educations[0] if view.educations else None
        about = {name: getattr(one, name) for name in ("school", "major", "start_on", "end_on")} if one else {}
        level = view.education.code if view.education else one.level.code if one else ""
        return {"level": level, **about}

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        rest = [name for name in ("major", "start_on", "end_on") if values.get(name) or name in self.errors]
        if values.get("school"):
            if not values.get("start_on") and "start_on" not in self.errors:
                self.add_error("start_on", "请填写入学时间，例如 2015-09；不想写学校，请把学校清空。")
        elif rest:
            self.add_error("school", "请填写学校名称；不想写学校，请把后面几格也清空。")
        return values

    def entry(self, one: EducationView | None) -> EducationEntry | None:
        """Return the school with its stored description and level, unless the level changed; None if none was given."""
        if not self.cleaned_data["school"]:
            return None
        values = dict(self.cleaned_data)
        if one and "level" not in self.changed_data:
            values["level"] = one.level.code
        return EducationEntry(description=one.description if one else "", **values)
