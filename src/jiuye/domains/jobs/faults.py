"""What stands against publishing a posting, as faults for its author."""

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.screening import Finding
from jiuye.kernel.errors import Fault


def missing_faults(posting: policies.Elements) -> list[Fault]:
    """Return a fault for each legal element that a posting lacks."""
    return [
        Fault(element.field, f"{element.advice}（{element.source}要求）", "missing", element.source)
        for element in policies.missing_elements(posting)
    ]


def fault_of(finding: Finding) -> Fault:
    """Return a finding of the screening as a fault."""
    return Fault(finding.field, finding.message, finding.rule, finding.basis, finding.words)
