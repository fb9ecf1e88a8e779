from jiuye.domains.jobs.models.imports import ImportBatch, ImportMapping, ImportRejection
from jiuye.domains.jobs.models.posting import JobPosting
from jiuye.domains.jobs.models.records import BrowsingRecord, SavedJob

__all__ = ["BrowsingRecord", "ImportBatch", "ImportMapping", "ImportRejection", "JobPosting", "SavedJob"]
