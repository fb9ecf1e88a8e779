"""What an employer and an agency see of each other before, during and after their affiliation: one table.

Every query of either side takes its condition from it. Strictest reading: nothing before approval; afterwards
nothing about applicants, because the purpose for which they agreed to the disclosure has ended (个人信息保护法
arts. 6, 19, 47). The service ledger (网络招聘服务管理规定, three years) is the agency's: it keeps what it had.
"""

from collections.abc import Mapping
from enum import StrEnum

from jiuye.domains.organisations.states import Restriction


class Sight(StrEnum):
    """Something that one side may see of the other."""

    REQUEST = "request"
    """The request, its dates, and the reason of a refusal or an end."""
    FACTS = "facts"
    """The employer's details with its credit code, and the agency's licence."""
    POSTINGS = "postings"
    """The postings that the agency carries for the employer, with figures; wishes for changes."""
    APPLICATIONS = "applications"
    """The applications to these, resumes with files; the employer's opinions."""
    TOTALS = "totals"
    """Numbers without persons: applications received, people who started."""


_DURING = frozenset({Sight.REQUEST, Sight.FACTS, Sight.POSTINGS, Sight.APPLICATIONS, Sight.TOTALS})
_OF_EMPLOYER: Mapping[str, frozenset[Sight]] = {
    "": frozenset(),
    "requested": frozenset({Sight.REQUEST}),
    "approved": _DURING,
    "refused": frozenset({Sight.REQUEST}),
    "withdrawn": frozenset({Sight.REQUEST}),
    "ended": frozenset({Sight.REQUEST, Sight.TOTALS}),
}
_OF_AGENCY: Mapping[str, frozenset[Sight]] = {
    "": frozenset(),
    "requested": frozenset({Sight.REQUEST, Sight.FACTS}),
    "approved": _DURING,
    "refused": frozenset({Sight.REQUEST}),
    "withdrawn": frozenset({Sight.REQUEST}),
    "ended": frozenset({Sight.REQUEST, Sight.FACTS, Sight.TOTALS}),
}
SEES: Mapping[str, Mapping[str, frozenset[Sight]]] = {"employer": _OF_EMPLOYER, "agency": _OF_AGENCY}
"""Party → state of the affiliation ("": there is none) → what it sees of the other side.

The agency's own postings, applications and the opinions that it received belong to its ledger in every state.
"""

ONLY_CERTIFIED = frozenset({Sight.POSTINGS, Sight.APPLICATIONS})
"""What an employer sees only while its three certifications stand and it is not suspended, whatever the affiliation says."""

SHUT_OUT = (Restriction.SUSPENDED, Restriction.BANNED)
"""The restrictions of an employer that take away what `ONLY_CERTIFIED` lists."""


def may_see(party: str, state: str, sight: Sight, *, is_certified: bool = True) -> bool:
    """Return whether `party` (agency, employer) sees this while the affiliation is in `state`."""
    if party == "employer" and sight in ONLY_CERTIFIED and not is_certified:
        return False
    return sight in SEES[party].get(state, frozenset())


def states_in_which(party: str, sight: Sight) -> list[str]:
    """Return the states of an affiliation in which `party` sees this, for the condition of a query."""
    return sorted(state for state, seen in SEES[party].items() if sight in seen and state)
