from jiuye.domains.jobs.models.imports import ImportBatch, ImportMapping, ImportRejection
from jiuye.domains.jobs.models.posting import JobPosting
from jiuye.domains.jobs.models.records import BrowsingRecord, HistoryPause, SavedJob
from jiuye.domains.jobs.models.wishes import PostingWish

__all__ = [
    "BrowsingRecord",
    "HistoryPause",
    "ImportBatch",
    "ImportMapping",
    "ImportRejection",
    "JobPosting",
    "PostingWish",
    "SavedJob",
]
