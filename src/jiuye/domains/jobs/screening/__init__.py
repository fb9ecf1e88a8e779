"""Screening with reasons: forbidden words in a posting, where they are, and the law they break.

Pure and fast (rules are compiled once and tried only on texts with one of their marks): a sheet's rows are screened by the
same function as a form. No query. docs/reading.md says what each kind covers and how well it does.
"""

from jiuye.domains.jobs.screening.findings import FIELD_LABELS as FIELD_LABELS
from jiuye.domains.jobs.screening.findings import Finding as Finding
from jiuye.domains.jobs.screening.findings import Screening as Screening
from jiuye.domains.jobs.screening.findings import Verdict as Verdict
from jiuye.domains.jobs.screening.postings import HELD_IN_TEST as HELD_IN_TEST
from jiuye.domains.jobs.screening.postings import held_in_test_data as held_in_test_data
from jiuye.domains.jobs.screening.postings import screen as screen
from jiuye.domains.jobs.screening.postings import screen_posting as screen_posting
