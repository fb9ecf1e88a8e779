"""The public registers of organisations: market entities (市场主体登记), public institutions and government bodies
(事业单位、机关登记), and human-resources service licences (人力资源服务许可). Asked and answered in one call.

"No record" is an answer (None), never an error. A register that is away answers nothing: callers keep what they
wanted to ask, let nobody in without an answer, and ask again later.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from jiuye.kernel import worlds
from jiuye.kernel.wiring import Port

# 存续, 吊销, 注销
EnterpriseStatus = Literal["active", "revoked", "deregistered"]
# 企业, 个体工商户, 农民专业合作社
EnterpriseKind = Literal["company", "individual", "cooperative"]
# 有效, 注销
InstitutionStatus = Literal["active", "deregistered"]
# 事业单位, 机关
InstitutionKind = Literal["institution", "government"]
# 有效, 注销, 吊销. An expired licence is still `valid` here: compare `expires_on`.
LicenceStatus = Literal["valid", "cancelled", "revoked"]


class RegisterError(Exception):
    """The register gave no usable answer. The message is for logs, not for users."""


class RegisterUnavailable(RegisterError):
    """It cannot be reached, is overloaded, refuses our credentials, or its answer makes no sense. Ask again later."""


class RegisterRejected(RegisterError):
    """It will never answer this question, for example because the code is malformed."""


@dataclass(frozen=True, slots=True)
class EnterpriseRecord:
    """An entry in the register of market entities. `region` is a GB/T 2260 code of six digits.

    `legal_representative` is masked by the register itself (张**). `expires_on` is inclusive, None for no end (长期).
    """

    credit_code: str
    legal_name: str
    kind: EnterpriseKind
    status: EnterpriseStatus
    legal_representative: str
    business_scope: str
    region: str
    established_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class InstitutionRecord:
    """An entry in the register of public institutions and government bodies.

    `organiser` is the body that runs it (举办单位), empty for a government body. Masking, `region` and `expires_on` (of the
    certificate) as in EnterpriseRecord.
    """

    credit_code: str
    legal_name: str
    kind: InstitutionKind
    status: InstitutionStatus
    legal_representative: str
    purpose: str
    organiser: str
    region: str
    established_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class LicenceRecord:
    """A human-resources service licence. `scope` lists the licensed services; both dates are inclusive."""

    number: str
    holder_name: str
    credit_code: str
    status: LicenceStatus
    scope: tuple[str, ...]
    issuing_body: str
    valid_from: date
    expires_on: date


class Registers(Protocol):
    """The registers. Calls take a few seconds at most, are thread-safe, and are never made inside a transaction.

    Each register may be away while the others answer. Every method raises RegisterUnavailable and RegisterRejected.
    """

    def enterprise(self, credit_code: str) -> EnterpriseRecord | None:
        """Return the market entity with this unified social credit code (GB 32100), None if none was ever registered."""
        ...

    def institution(self, credit_code: str) -> InstitutionRecord | None:
        """Return the public institution or government body with this unified social credit code, or None."""
        ...

    def licence(self, number: str) -> LicenceRecord | None:
        """Return the licence with this number, None if none was issued. Either style of brackets finds it."""
        ...


_port = Port[Registers]("registers")


def get() -> Registers:
    """Return the registers this process is wired to."""
    worlds.refuse_to_leave()
    return _port.get()
