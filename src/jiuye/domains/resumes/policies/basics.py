"""Validation of the resume's head."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jiuye.domains.accounts.phones import parse_mobile
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.entries import Basics
from jiuye.domains.resumes.policies.faults import Faults, TextRule
from jiuye.domains.resumes.states import Availability
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid

# 未成年人保护法 art. 61: nobody may employ a person under 16.
YOUNGEST = 16
OLDEST = 100
NAME = TextRule("name", "姓名", 40, required=True)
SELF_DESCRIPTION = TextRule("self_description", "自我描述", 2000, lines=True)


def checked_name(name: str) -> str:
    """Return the name as it is stored. Raises `Invalid`."""
    faults = Faults()
    tidied = NAME.tidy(name, faults)
    faults.settle()
    return tidied


def checked_self_description(text: str) -> str:
    """Return the text as it is stored. Raises `Invalid`."""
    faults = Faults()
    tidied = SELF_DESCRIPTION.tidy(text, faults)
    faults.settle()
    return tidied


def checked_basics(basics: Basics, *, is_name_due: bool = True) -> Basics:
    """Return the basics as they are stored. Raises `Invalid` with every invalid field; an empty name only if it is due."""
    faults = Faults()
    name = NAME.tidy(basics.name, faults) if basics.name or is_name_due else ""
    phone = _phone(basics.phone, faults)
    email = _email(basics.email, faults)
    _years(basics, faults)
    if basics.region and not reference.has_region(basics.region):
        faults.add("region", "请在列表里选择居住地。")
    faults.choice("education", basics.education, EducationLevel.values, "最高学历")
    faults.choice("availability", basics.availability, Availability.values, "求职状态")
    faults.settle()
    return replace(basics, name=name, phone=phone, email=email)


def _phone(text: str, faults: Faults) -> str:
    """Return empty, or the 11 digits of a mainland mobile number."""
    if not text.strip():
        return ""
    try:
        return parse_mobile(text)
    except Invalid as problem:
        faults.add("phone", problem.fields["phone"])
        return ""


def _email(text: str, faults: Faults) -> str:
    address = text.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            faults.add("email", "邮箱格式不对，应类似 name@example.com。")
    if len(address) > 100:
        faults.add("email", "邮箱最多 100 个字符。")
    return address


def _years(basics: Basics, faults: Faults) -> None:
    age = None
    if basics.birth_year is not None:
        age = clock.today().year - basics.birth_year
        if age < YOUNGEST:
            faults.add(
                "birth_year", f"未满 {YOUNGEST} 周岁不能求职（未成年人保护法第六十一条）。如填错了，请改正出生年份。"
            )
            age = None
        elif age > OLDEST:
            faults.add("birth_year", "出生年份太早了，请检查。")
    if basics.experience_years is None:
        return
    if not 0 <= basics.experience_years <= 70:
        faults.add("experience_years", "工作年限请填 0 到 70 之间的整数，没有工作过填 0。")
    elif age is not None and basics.experience_years > max(age - YOUNGEST + 1, 0):
        faults.add("experience_years", "工作年限与出生年份对不上，请检查这两项。")
