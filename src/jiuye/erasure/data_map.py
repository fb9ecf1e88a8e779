"""The data map: which personal data there is, where, protected how, and what an erasure does to it; made from the rules themselves."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from jiuye.erasure import rules
from jiuye.kernel.crypto.fields import EncryptedText
from jiuye.kernel.sealed_files import SealedFileKey
from jiuye.privacy import labels
from jiuye.privacy.kinds import KINDS, Kind

_HEAD = """\
# 个人信息数据清单

由 `./jiuye manage data_map` 从 `privacy/kinds.py`（数据副本的内容）和 `erasure/rules.py`（注销规则）生成，
请勿手改；与代码不一致时测试不通过。
保存期限见[保存期限](../data-protection.md#retention)，处理目的与合法性基础见[影响评估](impact-assessment.md)。
“（密）”：逐值加密；“（文件）”：逐个加密的文件。同一账号的全部数据可由本人在隐私中心取得副本。

## 与个人有关的数据

| 个人信息 | 数据表 | 内容 | 注销时 |
|---|---|---|---|
"""
_SECOND = """
## 指向个人账号、注销后保留的其他字段

注销后账号没有号码和姓名，下列字段只剩一个编号。理由为代码中的原文。

| 字段 | 保留的理由 |
|---|---|
"""
_SPECIAL = {
    "accounts.User": "号码、姓名删除，只留编号",
    "kernel.AuditEntry": "保留（日志至少六个月）；不含姓名和号码",
}
_EMPTIED = {
    "accounts.Membership.user": "结束，只留编号",
    "organisations.MemberInvitation.accepted_by": "删除",
    "accounts.Consent.user": "证明合法提供的保留，不含姓名；其余删除",
    "applications.Application.applicant": "服务台账保留三年，姓名与自由文字删除",
    "applications.ResumeSnapshot.user": "内容删除",
    "reviews.ShopReview.author": "删除",
    "reviews.ReviewReport.reporter": "文字删除，记录保留",
    "reports.Report.reporter": "文字与联系方式删除，记录保留",
    "privacy.DataExport.person": "连同文件删除",
    "feedback.Feedback.author": "连同往来与文件删除",
}
"""What `rules.EMPTIED` says, for readers of Chinese."""
_KEPT = {
    "erasure.ErasureRequest.person": "保留：证明已申请并办理",
    "sanctions.Sanction.person": "保留至处置结束后三年",
    "sanctions.BanEntry.person": "名录有效期内保留，到期清空",
}


def page() -> str:
    """Return docs/security/data-map.md. Raises KeyError for a rule that has no words here."""
    rows = "".join(
        f"| {kind.title} | `{_table(kind)}` | {'、'.join(_contents(kind)) or '—'} | {_erased(kind.model, kind.person)} |\n"
        for kind in KINDS
    )
    return _HEAD + rows + _SECOND + "".join(f"| `{name}` | {why} |\n" for name, why in sorted(rules.KEPT.items()))


def _table(kind: Kind) -> str:
    return apps.get_model(kind.model)._meta.db_table


def _contents(kind: Kind) -> Iterator[str]:
    """Yield the columns in words, marked if they are encrypted."""
    for column in apps.get_model(kind.model)._meta.local_concrete_fields:
        if column.name in kind.without or column.attname in kind.without or not _is_told(column):
            continue
        mark = (
            "（密）" if isinstance(column, EncryptedText) else "（文件）" if isinstance(column, SealedFileKey) else ""
        )
        yield labels.word(kind.name, column.name) + mark


def _is_told(column: "models.Field[object, object]") -> bool:
    if column.attname.endswith("_index") or column.attname.startswith("clear_"):
        return False
    return isinstance(column, EncryptedText | SealedFileKey) or labels.is_shown(column.attname)


def _erased(model: str, person: str) -> str:
    """Return what the rules do to rows of `model` whose person is found by the look-up `person`."""
    if model in _SPECIAL:
        return _SPECIAL[model]
    first, _, rest = person.partition("__")
    if (model, first) in rules.DELETED:
        return "删除"
    rule = f"{model}.{first}"
    if rule in rules.EMPTIED:
        return _EMPTIED[rule]
    if rule in rules.KEPT:
        return _KEPT[rule]
    if not rest:
        raise KeyError(rule)
    parent = str(apps.get_model(model)._meta.get_field(first).related_model._meta.label)
    return f"随“{_title(parent)}”：{_erased(parent, rest)}"


def _title(model: str) -> str:
    return next((kind.title for kind in KINDS if kind.model == model), model)
