"""Access to the employer portal's routes."""

from jiuye.kernel.access import member_of

EMPLOYER = member_of("employer")
