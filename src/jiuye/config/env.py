"""The product's settings, typed, read from the environment. Every one has a default for development.

Only `jiuye.config` reads this object; other packages get what they need through Django settings or wiring.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from jiuye.config import production

REPOSITORY = Path(__file__).resolve().parents[3]
ALIYUN_SENDER = "jiuye.adapters.sms_aliyun.AliyunSmsSender"
DEVELOPMENT_SECRET = "development-only-secret-key-never-for-production"


class Environment(BaseSettings):
    """Environment variables, named as written here in capitals (`DATABASE_URL`, `SECRET_KEY`, …)."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", hide_input_in_errors=True)

    jiuye_env: Literal["development", "test", "production"] = "development"
    debug: bool = False
    secret_key: str = DEVELOPMENT_SECRET
    allowed_hosts: list[str] = ["localhost", "127.0.0.1", "[::1]", "testserver"]
    data_dir: Path = Field(default=REPOSITORY / ".jiuye" / "data", description="Embedded database, index, files.")
    site_url: str = Field(default="http://127.0.0.1:8000", description="Public origin, for absolute links.")

    incidents_file: str = Field(default="", description="TOML file with the incidents shown at /status; empty: none.")

    database_url: str = Field(default="", description="postgresql://…; empty: the embedded server's socket.")
    migrations_database_url: str = Field(
        default="", description="Address with the role that owns the tables, for `migrate` only; empty: DATABASE_URL."
    )
    audit_anchors: str = Field(
        default="",
        description="Folder of the anchors of the audit log, best on another machine; empty: DATA_DIR/anchors.",
    )
    database_connections: int = Field(
        default=8, ge=1, description="Most connections of one process to the database. The worker sets its own number."
    )
    statement_timeout: float | None = Field(
        default=None,
        ge=0,
        description="Seconds that a statement may take; 0: any time. Empty: 4 in the processes of the site, else any time.",
    )
    least_free_mb: int = Field(
        default=128,
        ge=0,
        description="Megabytes free on the volume of DATA_DIR below which nothing is written; 0: no such limit.",
    )
    migrate_lock_timeout: float = Field(
        default=4, ge=0, description="Seconds that a statement of `migrate` waits for a lock; 0: for ever."
    )
    migrate_statement_timeout: float = Field(
        default=5, ge=0, description="Seconds that a statement of `migrate` may take; 0: any time."
    )
    wal_archive_dir: str = Field(
        default="",
        description="Folder for the embedded server's archived log and `./jiuye backup --base`; empty: none.",
    )
    search_url: str = Field(
        default="", description="Reserved for an engine over HTTP; empty: Tantivy under DATA_DIR/index."
    )
    storage_url: str = Field(default="", description="s3://bucket/prefix; empty: DATA_DIR/files.")
    cache_url: str = Field(default="", description="redis://…; empty: in process.")
    sandbox_url: str = Field(default="http://127.0.0.1:8001", description="The outside world's sandbox.")
    sms_adapter: str = Field(
        default="jiuye.adapters.sms_http.HttpSmsSender", description="Dotted path of the SmsSender."
    )
    sms_url: str = Field(default="", description="SMS gateway; empty: the sandbox's.")
    sms_token: str = Field(default="sandbox-sms-token", description="Bearer token of the SMS gateway.")
    sms_receipt_key: str = Field(
        default="sandbox-sms-receipt-key", description="Key by which the SMS gateway signs its delivery receipts."
    )
    sms_aliyun_access_key_id: str = Field(default="", description="Aliyun's access key, for its sender only.")
    sms_aliyun_access_key_secret: str = Field(default="", description="Its secret.")
    sms_aliyun_sign_name: str = Field(default="就业在线", description="The approved signature of our messages there.")
    sms_aliyun_templates: dict[str, str] = Field(
        default_factory=dict, description="Our templates' names → their approved codes there (SMS_…)."
    )
    sms_quiet_hours: str = Field(
        default="22-8",
        description="Hours in China time in which text messages wait, unless a person chose others; `off`: none.",
    )
    authority_adapter: str = Field(
        default="jiuye.adapters.authority_http.HttpVerificationAuthority",
        description="Dotted path of the VerificationAuthority.",
    )
    authority_url: str = Field(default="", description="Records office; empty: the sandbox's.")
    authority_key: str = Field(
        default="sandbox-authority-key", description="Key by which we and the records office sign to each other."
    )
    registers_adapter: str = Field(
        default="jiuye.adapters.registers_http.HttpRegisters", description="Dotted path of the Registers."
    )
    registers_url: str = Field(default="", description="Registers of organisations; empty: the sandbox's.")
    registers_key: str = Field(
        default="sandbox-registers-key", description="Key by which we sign our questions to them."
    )
    identity_adapter: str = Field(
        default="jiuye.adapters.identity_oidc.OidcIdentityProvider", description="Dotted path of the IdentityProvider."
    )
    essc_issuer: str = Field(default="", description="Issuer of the e-social-security-card; empty: the sandbox's.")
    essc_client_id: str = Field(default="jiuye-online", description="Our name at the card service.")
    essc_client_secret: str = Field(default="sandbox-essc-secret", description="Our secret at the card service.")
    essc_least_level: int = Field(
        default=1, ge=1, le=2, description="What a sign-in must prove: 1 signed card, 2 payment-grade."
    )

    seal_roots_dir: str = Field(
        default="", description="Folder of trusted root certificates for electronic seals; empty: DATA_DIR/seal-roots."
    )
    ofd_renderer: str = Field(
        default="", description="The program ofd-cli, which draws OFD pages; empty: the one that ./jiuye installs."
    )

    api_requests_per_minute: int = Field(default=600, ge=1, description="API reads of one address a minute.")
    channel_requests_per_minute: int = Field(
        default=6000, ge=1, description="API reads of one partner app, or of one client of an agency, a minute."
    )
    client_writes_per_minute: int = Field(
        default=3000, ge=1, description="Unsafe API requests of one client of an agency a minute."
    )
    api_exports_per_minute: int = Field(
        default=60, ge=1, description="API requests for snapshots and other exports a minute, of one client or address."
    )

    usage_stored_every: int = Field(
        default=10, ge=0, description="Seconds between two writes of the counts of API requests. 0: never by itself."
    )

    webhooks_allow_loopback: bool | None = Field(
        default=None,
        description="Whether webhooks may go to this machine, by http too. Empty: outside production.",
    )

    behind_proxy: bool = Field(
        default=True,
        description="Whether a proxy passes requests on. Production asks for its networks and header then.",
    )
    secure_proxy_header: str = Field(
        default="",
        pattern=r"^([A-Za-z][A-Za-z0-9-]*=[A-Za-z0-9]+)?$",
        description="The header by which our proxies tell that the client came by https: X-Forwarded-Proto=https.",
    )
    metrics_token: str = Field(
        default="", description="Bearer token that /metrics asks for. Empty: the page does not exist."
    )
    trusted_proxies: list[IPv4Network | IPv6Network] = Field(
        default_factory=list,
        description="Networks whose X-Forwarded-For is believed. Empty: the connection's own address counts.",
    )
    cipher: Literal["aes-256-gcm", "sm4-gcm"] = Field(
        default="aes-256-gcm", description="How personal data is sealed from now on; both are always opened."
    )
    encryption_keys: dict[str, str] = Field(
        default_factory=dict,
        description="Key id → 32 bytes in hex; the last one encrypts. Empty: derived from SECRET_KEY.",
    )
    lost_encryption_keys: list[str] = Field(
        default_factory=list,
        description="Ids of keys that are lost for good: the site starts, and what they encrypted stays unreadable.",
    )
    blind_index_key: str = Field(default="", description="32 bytes in hex. Empty: derived from SECRET_KEY.")

    @field_validator("encryption_keys")
    @classmethod
    def encryption_keys_are_keys(cls, value: dict[str, str]) -> dict[str, str]:
        """Check key ids and lengths at start: ids are written into every envelope, and a short key would fail only when used."""
        for key_id, key in value.items():
            if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", key_id):
                raise ValueError(f"the key id {key_id!r} must be 1 to 40 letters, digits, dots, hyphens or underscores")
            if not re.fullmatch(r"[0-9a-fA-F]{64}", key):
                raise ValueError(f"the key {key_id!r} must be 32 bytes in hex (64 characters)")
        return value

    @field_validator("sms_quiet_hours")
    @classmethod
    def quiet_hours_are_hours(cls, value: str) -> str:
        """Check that quiet hours are two different full hours, the first included, the second not."""
        found = re.fullmatch(r"([01]?\d|2[0-3])-([01]?\d|2[0-3])", value)
        if value != "off" and (found is None or int(found[1]) == int(found[2])):
            raise ValueError("SMS_QUIET_HOURS must read 22-8 (from one full hour to another) or off")
        return value

    @field_validator("blind_index_key")
    @classmethod
    def blind_index_key_is_a_key(cls, value: str) -> str:
        """Check the key of blind indexes in the same way."""
        if value and not re.fullmatch(r"[0-9a-fA-F]{64}", value):
            raise ValueError("BLIND_INDEX_KEY must be 32 bytes in hex (64 characters)")
        return value

    @field_validator("search_url")
    @classmethod
    def search_engine_is_known(cls, value: str) -> str:
        """Refuse other engines: this release has the Tantivy adapter only, and a silent fallback would mislead."""
        if value:
            raise ValueError("SEARCH_URL names an engine that this release has no adapter for; leave it empty")
        return value

    @field_validator("storage_url")
    @classmethod
    def storage_is_known(cls, value: str) -> str:
        """Check the storage: DATA_DIR or an S3 bucket."""
        if value and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{2,62}(/[^?]*)?(\?.*)?", value):
            raise ValueError("STORAGE_URL must read s3://bucket/prefix?endpoint=https://…&region=…")
        return value

    @model_validator(mode="after")
    def production_is_safe(self) -> "Environment":
        """Refuse to start in production with publicly known defaults."""
        if self.jiuye_env != "production":
            return self
        found = production.problems(self)
        if found:
            raise ValueError("\n".join(["生产环境拒绝启动 production refuses to start:", *found]))
        return self

    @property
    def sends_by_aliyun(self) -> bool:
        """Whether SMS_ADAPTER names Aliyun's sender, which has additional settings."""
        return self.sms_adapter == ALIYUN_SENDER


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the settings of this process."""
    return Environment()
