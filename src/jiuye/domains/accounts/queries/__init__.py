"""Reads on accounts."""

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
from jiuye.domains.accounts.queries.devices import Device, SignIn, devices, sign_ins
from jiuye.domains.accounts.queries.factors import (
    Enrolment,
    PasskeyView,
    SecondFactorView,
    enrolment,
    has_second_factor,
    person_by_phone,
    second_factor,
)
from jiuye.domains.accounts.queries.kept_input import TypedInput, kept_inputs, owner_of_session
from jiuye.domains.accounts.queries.people import Place, Profile, account_count, code_delivery, places, profile
from jiuye.domains.accounts.queries.people_desk import PersonFile, person_file, sign_ins_of
from jiuye.domains.accounts.queries.real_names import (
    CardData,
    LegalPerson,
    RealNameView,
    card_data,
    has_card,
    legal_person,
    real_name,
)
from jiuye.domains.accounts.queries.suspensions import Suspension, is_suspended, my_suspension

__all__ = [
    "CardData",
    "ChannelChange",
    "ChannelDay",
    "ChannelDetail",
    "ChannelRow",
    "ChannelView",
    "Device",
    "Enrolment",
    "KeyHolder",
    "KeyRow",
    "LegalPerson",
    "PasskeyView",
    "PersonFile",
    "Place",
    "Profile",
    "RealNameView",
    "SecondFactorView",
    "SignIn",
    "Suspension",
    "Totals",
    "TypedInput",
    "account_count",
    "card_data",
    "channel_detail",
    "channel_rows",
    "code_delivery",
    "devices",
    "enabled_channel",
    "enrolment",
    "forget_channels",
    "frame_origins",
    "has_card",
    "has_second_factor",
    "holder_of",
    "is_suspended",
    "keep_frame_origins",
    "kept_holder",
    "kept_inputs",
    "legal_person",
    "my_suspension",
    "owner_of_session",
    "person_by_phone",
    "person_file",
    "places",
    "profile",
    "real_name",
    "second_factor",
    "sign_ins",
    "sign_ins_of",
]
