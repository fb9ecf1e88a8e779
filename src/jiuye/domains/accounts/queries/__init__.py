"""What is read of accounts."""

from jiuye.domains.accounts.queries.channels import (
    ChannelView,
    enabled_channel,
    frame_origins,
    keep_frame_origins,
)
from jiuye.domains.accounts.queries.people import Place, Profile, account_count, code_delivery, places, profile

__all__ = [
    "ChannelView",
    "Place",
    "Profile",
    "account_count",
    "code_delivery",
    "enabled_channel",
    "frame_origins",
    "keep_frame_origins",
    "places",
    "profile",
]
