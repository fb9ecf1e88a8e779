"""The head of a resume: name, contacts, year of birth, place, and the wanted job."""

import re
from collections.abc import Iterator

from jiuye.domains.reference.education import education_rank
from jiuye.domains.resumes.extraction import words
from jiuye.domains.resumes.extraction.found import Found, FoundEducation
from jiuye.domains.resumes.extraction.headings import Section
from jiuye.domains.resumes.extraction.labels import HEAD, pairs_in
from jiuye.domains.resumes.extraction.periods import period_in, year_in

_PHONE = re.compile(r"(?<![\d*])(?:\+?86[\s-]?)?(1[3-9]\d)([\s-]?)(\d{4})\2(\d{4})(?![\d*])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_BORN = re.compile(
    r"(19[4-9]\d|20[01]\d)\s?(?:[年./-]\s?\d{1,2}\s?(?:月|[./-]\s?\d{1,2})?\s?(?:\d{1,2}日)?)?年?\s?(?:出?生|出生)"
)
_BESIDE_SEX = re.compile(r"^(?=.{0,40}[男女]).{0,40}?(?<!\d)(19[4-9]\d|20[01]\d)\s?[年./-]\s?\d{1,2}(?:\s?月|(?!\d))")
_LIVES = re.compile(r"(?:现居住?|居住|现住)(?:地|于|在|址)?\s?[:：]?\s?([\u3400-\u9fff]{2,30})")
_YEARS = re.compile(
    r"(?<!\d)(\d{1,2})\s?年(?:以上)?(?:的)?(?:[\u3400-\u9fff]{0,6})(?:经验|工龄)|(?:经验|工龄)\s?(\d{1,2})\s?年"
)
_TITLED = re.compile(r"^(.{2,20}?)\s{0,4}(?:的|[-—_·])?\s{0,4}(?:个人|求职)?简历")
_PIECES = re.compile(r"\t|\s{2,}|\s?[|｜丨/;；,，]\s?|\s·\s|·(?=\d)|\s[-–—]\s")
_WISH_PARTS = ("wish", "wish_region", "pay", "employment_type")
_MOST_UNLABELLED = 15


def read(sections: list[Section], found: Found) -> None:
    """Take the head from the parts that are about the person, and contacts from wherever they stand."""
    everything = [line for section in sections for line in section.lines]
    _contacts(everything, found)
    labelled: list[tuple[str, str]] = []
    for section in sections:
        if section.part in ("basics", "wish", "other"):
            labelled += [pair for line in section.lines for pair in pairs_in(line, HEAD)]
    for name, value in labelled:
        if name:
            _labelled(name, value, found)
    for section in sections:
        if section.part == "wish":
            _unlabelled_wish(section.lines, found)
    _unlabelled_head(sections, found)


def complete(found: Found) -> None:
    """Fill in what follows from the rest: the highest level of education."""
    levels = [one.level for one in found.educations if one.level]
    if levels and not found.education:
        found.education = max(levels, key=education_rank)


def _contacts(lines: list[str], found: Found) -> None:
    for line in lines:
        if not found.phone and (phone := _PHONE.search(line)):
            found.phone = phone[1] + phone[3] + phone[4]
        if not found.email and (email := _EMAIL.search(line)):
            found.email = email[0].rstrip(".")


def _labelled(name: str, value: str, found: Found) -> None:
    wish = found.wish
    if name == "name" and not found.name:
        found.name = words.name_of(value, is_labelled=True)
    elif name == "birth" and not found.birth_year:
        found.birth_year = year_in(value)
    elif name == "region" and not found.region:
        found.region = words.place_of(value)
    elif name == "level" and not found.education:
        found.education = words.level_of(value)
    elif name == "years" and found.experience_years is None:
        found.experience_years = _count(value)
    elif name == "availability":
        found.availability = found.availability or words.availability_of(value)
    elif name == "wish":
        _unlabelled_wish([value], found)
    elif name == "wish_region" and not wish.region:
        wish.region = words.place_of(value)
    elif name == "pay" and wish.pay_min is None:
        wish.pay_min, wish.pay_max = words.pay_of(value)
    elif name == "employment_type":
        wish.employment_type = wish.employment_type or words.employment_type_of(value)
    elif name in ("school", "major"):
        _of_last_school(name, value, found)


def _of_last_school(name: str, value: str, found: Found) -> None:
    """Keep the school of a form that has no history of schools; the history replaces it."""
    if not found.educations:
        found.educations.append(FoundEducation())
    setattr(found.educations[0], name, getattr(found.educations[0], name) or value[:60])


def _count(text: str) -> int | None:
    number = re.search(r"\d{1,2}", text)
    if number:
        return int(number[0])
    return 0 if re.search(r"无|应届|没有", text) else None


def _pieces(line: str) -> Iterator[str]:
    for name, text in pairs_in(line, HEAD):
        if not name:
            yield from (piece.strip() for piece in _PIECES.split(text) if piece.strip())


def _unlabelled_wish(lines: list[str], found: Found) -> None:
    """Take title, place and pay from lines such as `焊工 | 成都 | 6000-8000元/月`."""
    wish = found.wish
    for piece in (piece for line in lines for piece in _pieces(line)):
        low, high = words.pay_of(piece) if re.search(r"\d", piece) else (None, None)
        if low is not None:
            if wish.pay_min is None:
                wish.pay_min, wish.pay_max = low, high
        elif words.is_place(piece):
            wish.region = wish.region or words.place_of(piece)
        elif words.employment_type_of(piece):
            wish.employment_type = wish.employment_type or words.employment_type_of(piece)
        elif words.availability_of(piece):
            found.availability = found.availability or words.availability_of(piece)
        elif not wish.title and 1 < len(piece) <= 60 and not re.search(r"面议|[\d*]{5}", piece):
            wish.title = piece


def _unlabelled_head(sections: list[Section], found: Found) -> None:
    lines = [line for section in sections if section.part == "basics" for line in section.lines]
    lines += [line for section in sections if section.part == "other" for line in section.lines[:3]]
    for line in lines[:_MOST_UNLABELLED]:
        titled = _TITLED.match(line)
        if titled and not found.name:
            found.name = words.name_of(titled[1])
        for piece in (line, *_pieces(line)):
            _unlabelled(piece, found)
        if not found.wish.title:
            _wish_beside_name(line, found)


def _unlabelled(piece: str, found: Found) -> None:
    if not found.name:
        found.name = words.name_of(piece)
        if found.name:
            return
    if not found.birth_year and (born := _BORN.search(piece)):
        found.birth_year = int(born[1])
    if not found.region and (lives := _LIVES.search(piece)):
        found.region = words.place_of(lives[1])
    if found.experience_years is None and (years := _YEARS.search(piece)):
        found.experience_years = int(years[1] or years[2])
    if not found.education and words.is_level(piece):
        found.education = words.level_of(piece)
    if not found.region and words.is_place(piece):
        found.region = words.place_of(piece)
    if (
        not found.birth_year
        and len(piece) <= 10
        and re.fullmatch(r"(?:19[4-9]\d|200\d)\s?[年./-]\s?\d{1,2}\s?月?", piece)
    ):
        found.birth_year = year_in(piece)
    if not found.birth_year and (born := _BESIDE_SEX.search(piece)):
        found.birth_year = int(born[1])
    if not found.availability and re.fullmatch(
        r"随时到岗|一个月内到岗|在职，考虑机会|暂不考虑|离职-随时到岗|在职-考虑机会", piece
    ):
        found.availability = words.availability_of(piece)


def _wish_beside_name(line: str, found: Found) -> None:
    """Take the wanted job that some write under their name without a label."""
    pieces = [piece for piece in _pieces(line) if not words.name_of(piece)]
    if not pieces or period_in(line) or not words.is_title(pieces[0]) or words.is_level(pieces[0]):
        return
    if len(pieces) == 1 or any(words.is_place(one) or words.pay_of(one)[0] for one in pieces[1:]):
        _unlabelled_wish([line], found)
