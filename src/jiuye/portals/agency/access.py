"""Access to the agency portal's routes."""

from jiuye.kernel.access import member_of

VIEWER = member_of("agency")
"""All members of an agency: reading."""

RECRUITER = member_of("agency", "owner", "recruiter")
"""Members who post jobs and handle applications."""

OWNER = member_of("agency", "owner")
"""Owners of the agency."""

EARLY = VIEWER.before_approval()
"""All members, before the agency is approved too: its qualification, members, messages."""

EARLY_OWNER = member_of("agency", "owner").before_approval()
"""Owners, before the agency is approved too."""
