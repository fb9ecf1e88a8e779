"""What is read of accounts."""

from jiuye.domains.accounts.queries.channel_figures import (
    ChannelChange,
    ChannelDay,
    ChannelDetail,
    ChannelRow,
    KeyRow,
    Totals,
    channel_detail,
    channel_rows,
)
from jiuye.domains.accounts.queries.channel_keys import KeyHolder, holder_of, kept_holder
from jiuye.domains.accounts.queries.channels import (
    ChannelView,
    enabled_channel,
    forget_channels,
    frame_origins,
    keep_frame_origins,
)
from jiuye.domains.accounts.queries.people import Place, Profile, account_count, code_delivery, places, profile

__all__ = [
    "ChannelChange",
    "ChannelDay",
    "ChannelDetail",
    "ChannelRow",
    "ChannelView",
    "KeyHolder",
    "KeyRow",
    "Place",
    "Profile",
    "Totals",
    "account_count",
    "channel_detail",
    "channel_rows",
    "code_delivery",
    "enabled_channel",
    "forget_channels",
    "frame_origins",
    "holder_of",
    "keep_frame_origins",
    "kept_holder",
    "places",
    "profile",
]
