"""Kinds of objects in the feed, kinds of changes, and reasons."""

KINDS = {"job": "职位", "employer": "用人单位", "application": "投递"}
PUBLIC_KINDS = ("job", "employer")
CHANGES = {"upsert": "新增或更新", "tombstone": "移除"}
REASONS = {
    "filled": "已招满",
    "withdrawn": "已下架",
    "expired": "已到期",
    "banned": "已封禁",
    "hidden": "机构或用人单位暂不公开",
    "under_review": "重新审核中",
    "rejected": "审核未通过",
    "draft": "改回草稿",
    "erased": "已删除，请删除您保存的副本",
    "merged": "已并入另一条登记",
    "consent_withdrawn": "求职者已撤回同意，请删除您保存的副本",
}
"""Why an object is gone; for jobs mostly the state of the posting."""
