"""The answer of the social-insurance register about the handler's employment."""

from jiuye.domains.qualifications.models import Case


def insurance_state(case: Case) -> str:
    """Return the state of the check (see `verification.states.VerificationState`); "" if it was never asked for."""
    return ""
