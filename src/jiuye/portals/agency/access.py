"""Access to the agency portal's routes."""

from jiuye.kernel.access import member_of

VIEWER = member_of("agency")
"""Anyone who works for an agency: reading."""

RECRUITER = member_of("agency", "owner", "recruiter")
"""Those who post jobs and handle applications."""

OWNER = member_of("agency", "owner")
"""Those who answer for the agency."""
