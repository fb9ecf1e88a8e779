"""Reads on sanctions."""

from jiuye.domains.sanctions.queries.bans import HOW_TO_APPEAL, Ban, ban_on
from jiuye.domains.sanctions.queries.desk import (
    TABS,
    Dossier,
    Filter,
    Party,
    Standing,
    counts,
    dossier,
    evidence_file,
    find_parties,
    listing,
    standing_of,
    waiting_count,
)
from jiuye.domains.sanctions.queries.in_force import level_in_force, of_same_code, sanctions_of
from jiuye.domains.sanctions.queries.own import (
    ANSWER_DAYS,
    APPEAL_DAYS,
    APPEAL_LIMIT,
    MOST_FILES,
    OwnSanction,
    in_force_on,
    my_file,
    my_sanction,
    my_sanctions,
)
from jiuye.domains.sanctions.queries.public import Figures, PublicBan, figures, public_bans
from jiuye.domains.sanctions.queries.rows import AppealView, FileView, SanctionRow, bases_to_choose
from jiuye.domains.sanctions.queries.told import AppealToTell, ToTell, appeal_to_tell, to_tell

__all__ = [
    "ANSWER_DAYS",
    "APPEAL_DAYS",
    "APPEAL_LIMIT",
    "HOW_TO_APPEAL",
    "MOST_FILES",
    "TABS",
    "AppealToTell",
    "AppealView",
    "Ban",
    "Dossier",
    "Figures",
    "FileView",
    "Filter",
    "OwnSanction",
    "Party",
    "PublicBan",
    "SanctionRow",
    "Standing",
    "ToTell",
    "appeal_to_tell",
    "ban_on",
    "bases_to_choose",
    "counts",
    "dossier",
    "evidence_file",
    "figures",
    "find_parties",
    "in_force_on",
    "level_in_force",
    "listing",
    "my_file",
    "my_sanction",
    "my_sanctions",
    "of_same_code",
    "public_bans",
    "sanctions_of",
    "standing_of",
    "to_tell",
    "waiting_count",
]
