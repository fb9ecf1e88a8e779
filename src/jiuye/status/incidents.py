"""Incidents, as operators write them: a TOML file, which can be written and read while the database is away.

[[incident]]
id = "2026-11-30-sms"
title = "短信延迟"
parts = ["text_messages"]
started_at = 2026-11-30T09:00:00+08:00
ended_at = 2026-11-30T10:30:00+08:00   # left out while it lasts

[[incident.update]]
at = 2026-11-30T09:20:00+08:00
text = "运营商通道拥堵，验证码会晚到几分钟。"
"""

import tomllib
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

log = structlog.get_logger("status")
MOST = 50


class Update(BaseModel):
    """What was known at a moment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: AwareDatetime
    text: str


class Incident(BaseModel):
    """An incident. `id` never changes: feed readers know it by that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    title: str
    parts: tuple[str, ...] = ()
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    update: tuple[Update, ...] = ()

    @property
    def updated_at(self) -> datetime:
        """Return when something was last said about it."""
        return max([self.started_at, *([self.ended_at] if self.ended_at else []), *(one.at for one in self.update)])


def incidents() -> list[Incident]:
    """Return the newest incidents, latest first. No query; a file that cannot be read counts as empty and is logged."""
    if not settings.INCIDENTS_FILE:
        return []
    try:
        written = tomllib.loads(Path(settings.INCIDENTS_FILE).read_text(encoding="utf-8"))
        found = [Incident.model_validate(one) for one in written.get("incident", [])]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, ValidationError) as error:
        log.error("incidents not readable", problem=str(error))
        return []
    return sorted(found, key=lambda one: one.started_at, reverse=True)[:MOST]
