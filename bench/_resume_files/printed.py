"""The product's own printed resume of an invented person."""

from datetime import date

from jiuye.documents.resume import resume_pdf
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.queries import (
    CertificateView,
    EducationView,
    EmploymentView,
    IntentionView,
    ProjectView,
    ResumeView,
    SkillView,
    Term,
)
from jiuye.kernel.ids import new_id

from .people import Month, Person

LEVELS = {level.label: level.value for level in EducationLevel}


def day(month: Month) -> date:
    return date(month[0], month[1], 1)


def own_pdf(one: Person) -> bytes:
    """Return the PDF that the person downloads."""
    place = Term(one.region_code, reference.full_name(one.region_code))
    wished = Term(one.wish_region_code, reference.full_name(one.wish_region_code))
    low, high = one.pay or (None, None)
    level = Term(LEVELS[one.schools[0].level], one.schools[0].level)
    return resume_pdf(
        ResumeView(
            name=one.name,
            phone=one.phone,
            email=one.email,
            birth_year=one.birth[0],
            region=place,
            education=level,
            experience_years=8,
            self_description=one.about,
            intentions=(IntentionView(id=new_id(), title=one.wish, region=wished, pay_min=low, pay_max=high),),
            employments=tuple(
                EmploymentView(
                    id=new_id(),
                    employer_name=x.employer,
                    title=x.title,
                    start_on=day(x.start),
                    end_on=day(x.end) if x.end else None,
                    description="\n".join(x.lines),
                )
                for x in one.jobs
            ),
            educations=tuple(
                EducationView(
                    id=new_id(),
                    school=x.school,
                    major=x.major,
                    level=Term(LEVELS[x.level], x.level),
                    start_on=day(x.start),
                    end_on=day(x.end) if x.end else None,
                )
                for x in one.schools
            ),
            projects=tuple(
                ProjectView(
                    id=new_id(),
                    name=x.name,
                    role=x.role,
                    start_on=day(x.start),
                    end_on=day(x.end) if x.end else None,
                    description="\n".join(x.lines),
                )
                for x in one.projects
            ),
            skills=tuple(SkillView(id=new_id(), name=x) for x in (*one.skills, *one.languages)),
            certificates=tuple(CertificateView(id=new_id(), name=x) for x in one.certificates),
        )
    )
