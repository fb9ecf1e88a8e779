"""The industry of a row: its code, and what the sender should know about how the word was understood."""

from functools import lru_cache

from jiuye.domains.reference import queries as reference


@lru_cache(maxsize=4096)
def read_industry(text: str) -> tuple[str, str]:
    """Return the code of GB/T 4754-2017, blank if there is none, and a remark in Chinese, blank if nothing is in doubt."""
    if not text:
        return "", ""
    found = reference.find_industry(text)
    if found is None:
        remark = f"所属行业“{text}”没有对应的国民经济行业，没有登记"
        return "", "" if reference.is_no_industry(text) else remark
    if not found.also:
        return found.code, ""
    others = "、".join(reference.industry(code).name for code in found.also[:3])
    return found.code, f"所属行业“{text}”按“{reference.industry(found.code).name}”登记，也可能是{others}"
