"""Short names of organisations, and what else must fit the unit (人社厅发〔2025〕60号: name and scope fit the unit)."""

import re

LIMIT = 30
_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|（[^）]*）|\([^)]*\))")
_SERVICES = ("人力资源", "职业介绍", "职业中介", "人才", "劳务", "就业服务")
_PUBLIC_SERVICES = ("就业", "人力资源", "人才", "劳动")


def short_name_of(legal_name: str) -> str:
    """Return a short name for a legal name: without the legal form, at most 30 characters."""
    return (_FORMS.sub("", legal_name) or legal_name)[:LIMIT]


def derives_from(short_name: str, legal_name: str) -> bool:
    """Return whether every character of the short name is in the legal name, in the same order."""
    rest = iter(legal_name)
    return bool(short_name) and all(character in rest for character in short_name)


def scope_fits(applicant: str, scope: str) -> bool:
    """Return whether a scope of business holds what an agency does; any scope fits an employer."""
    if applicant == "employer":
        return True
    return any(word in scope for word in (_PUBLIC_SERVICES if applicant == "public" else _SERVICES))
