"""Access to the operators' routes."""

from jiuye.kernel.access import member_of

OPERATOR = member_of("platform")
AUDITOR = member_of("platform", "auditor", "owner")
SECURITY_ADMIN = member_of("platform", "security_admin", "owner")
STAFF_LIST = member_of("platform", "security_admin", "audit_admin", "owner")
PEOPLE_DESK = member_of("platform", "support", "security_admin", "owner")
FEEDBACK_DESK = member_of("platform", "support", "owner")
EDITOR = member_of("platform", "editor", "owner")
