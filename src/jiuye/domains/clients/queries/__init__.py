"""Who calls; an agency's clients, what they used and did."""

from jiuye.domains.clients.queries.callers import (
    KEPT_SECONDS,
    ActingMember,
    Caller,
    acting_member,
    agency_of,
    caller_of,
    forget_callers,
    looks_like_ours,
    test_agency,
    test_world,
)
from jiuye.domains.clients.queries.clients import (
    Change,
    ClientDetail,
    ClientRow,
    CredentialRow,
    client_detail,
    client_of,
    clients_of,
    clients_of_agency,
)
from jiuye.domains.clients.queries.trail import trail_of
from jiuye.domains.clients.queries.usage import DAYS, DayUsage, OperationUsage, Tally, Usage, client_usage, own_usage

__all__ = [
    "DAYS",
    "KEPT_SECONDS",
    "ActingMember",
    "Caller",
    "Change",
    "ClientDetail",
    "ClientRow",
    "CredentialRow",
    "DayUsage",
    "OperationUsage",
    "Tally",
    "Usage",
    "acting_member",
    "agency_of",
    "caller_of",
    "client_detail",
    "client_of",
    "client_usage",
    "clients_of",
    "clients_of_agency",
    "forget_callers",
    "looks_like_ours",
    "own_usage",
    "test_agency",
    "test_world",
    "trail_of",
]
