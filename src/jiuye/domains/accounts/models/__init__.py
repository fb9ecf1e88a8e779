"""Tables of accounts."""

from jiuye.domains.accounts.models.cards import CardIdentity, RealName
from jiuye.domains.accounts.models.channels import Channel, ChannelKey, ChannelVisit
from jiuye.domains.accounts.models.factors import Authenticator, Passkey, RecoveryCode
from jiuye.domains.accounts.models.kept_input import KeptInput
from jiuye.domains.accounts.models.operators import RoleChange
from jiuye.domains.accounts.models.people import ClosedPortal, Consent, Membership, User
from jiuye.domains.accounts.models.signing_in import CodePlace, LoginCode, QrSignIn, Session, SignInRecord

__all__ = [
    "Authenticator",
    "CardIdentity",
    "Channel",
    "ChannelKey",
    "ChannelVisit",
    "ClosedPortal",
    "CodePlace",
    "Consent",
    "KeptInput",
    "LoginCode",
    "Membership",
    "Passkey",
    "QrSignIn",
    "RealName",
    "RecoveryCode",
    "RoleChange",
    "Session",
    "SignInRecord",
    "User",
]
