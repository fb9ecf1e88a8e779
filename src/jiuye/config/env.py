"""The product's settings, typed, read from the environment. Every one has an embedded default.

Only `jiuye.config` reads this object; other packages are handed what they need through Django settings or wiring.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[3]
DEVELOPMENT_SECRET = "development-only-secret-key-never-for-production"


class Environment(BaseSettings):
    """Environment variables, named as written here in capitals (`DATABASE_URL`, `SECRET_KEY`, …)."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")

    jiuye_env: Literal["development", "test", "production"] = "development"
    debug: bool = False
    secret_key: str = DEVELOPMENT_SECRET
    allowed_hosts: list[str] = ["localhost", "127.0.0.1", "[::1]", "testserver"]
    data_dir: Path = Field(default=REPOSITORY / ".jiuye" / "data", description="Embedded database, index, files.")
    site_url: str = Field(default="http://127.0.0.1:8000", description="Public origin, for absolute links.")

    database_url: str = Field(default="", description="postgresql://…; empty: the embedded server's socket.")
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

    api_requests_per_minute: int = Field(
        default=600, description="Public API reads of one address a minute, in each web process."
    )

    encryption_keys: dict[str, str] = Field(
        default_factory=dict,
        description="Key id → 32 bytes in hex; the last one encrypts. Empty: derived from SECRET_KEY.",
    )
    blind_index_key: str = Field(default="", description="32 bytes in hex. Empty: derived from SECRET_KEY.")

    @field_validator("search_url")
    @classmethod
    def search_engine_is_known(cls, value: str) -> str:
        """This release carries the Tantivy adapter only: naming another engine is an error, not a silent fallback."""
        if value:
            raise ValueError("SEARCH_URL names an engine that this release has no adapter for; leave it empty")
        return value

    @field_validator("storage_url")
    @classmethod
    def storage_is_known(cls, value: str) -> str:
        """Files lie in DATA_DIR or in an S3 bucket."""
        if value and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{2,62}(/[^?]*)?(\?.*)?", value):
            raise ValueError("STORAGE_URL must read s3://bucket/prefix?endpoint=https://…&region=…")
        return value

    @model_validator(mode="after")
    def production_is_safe(self) -> "Environment":
        """Production refuses to start on defaults that are known to everyone."""
        if self.jiuye_env != "production":
            return self
        problems = []
        if self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < 50:
            problems.append("SECRET_KEY must be set to at least 50 random characters")
        if self.debug:
            problems.append("DEBUG must be off")
        if not self.encryption_keys or not self.blind_index_key:
            problems.append("ENCRYPTION_KEYS and BLIND_INDEX_KEY must be set")
        if not self.site_url.startswith("https://"):
            problems.append("SITE_URL must be an https:// origin")
        if self.sms_token == "sandbox-sms-token" or not self.sms_url:
            problems.append("SMS_URL and SMS_TOKEN must name a real gateway")
        if problems:
            raise ValueError("production refuses to start: " + "; ".join(problems))
        return self


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The settings of this process."""
    return Environment()
