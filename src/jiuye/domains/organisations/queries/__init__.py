"""Reads on organisations."""

from jiuye.domains.organisations.queries.employers import (
    EmployerFacts,
    employer,
    employer_facts,
    employers_named_by,
)
from jiuye.domains.organisations.queries.members import (
    MembershipView,
    MemberView,
    agency_members,
    memberships_of,
    organisation_name,
    organisation_names,
)
from jiuye.domains.organisations.queries.shops import (
    AgencyCard,
    ShopView,
    Standing,
    agencies_of,
    agency_card,
    agency_cards,
    card_of,
    on_the_map,
    own_shop,
    shop,
    shop_count,
    shops,
    standing,
)

__all__ = [
    "AgencyCard",
    "EmployerFacts",
    "MemberView",
    "MembershipView",
    "ShopView",
    "Standing",
    "agencies_of",
    "agency_card",
    "agency_cards",
    "agency_members",
    "card_of",
    "employer",
    "employer_facts",
    "employers_named_by",
    "memberships_of",
    "on_the_map",
    "organisation_name",
    "organisation_names",
    "own_shop",
    "shop",
    "shop_count",
    "shops",
    "standing",
]
