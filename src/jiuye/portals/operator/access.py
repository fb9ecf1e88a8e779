"""Who may use the operators' routes."""

from jiuye.kernel.access import member_of

OPERATOR = member_of("platform")
AUDITOR = member_of("platform", "auditor", "owner")
