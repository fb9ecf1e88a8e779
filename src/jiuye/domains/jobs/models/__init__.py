from jiuye.domains.jobs.models.imported import FoundAgain, ImportNote
from jiuye.domains.jobs.models.imports import ImportBatch, ImportMapping, ImportRejection
from jiuye.domains.jobs.models.labels import OccupationLabel
from jiuye.domains.jobs.models.posting import JobPosting
from jiuye.domains.jobs.models.records import BrowsingRecord, HistoryPause, SavedJob
from jiuye.domains.jobs.models.wishes import PostingWish

__all__ = [
    "BrowsingRecord",
    "FoundAgain",
    "HistoryPause",
    "ImportBatch",
    "ImportMapping",
    "ImportNote",
    "ImportRejection",
    "JobPosting",
    "OccupationLabel",
    "PostingWish",
    "SavedJob",
]
