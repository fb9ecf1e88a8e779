"""Employers' opinions on applicants: for the employer that gave them, and the agency."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from jiuye.domains.applications.models import EmployerOpinion
from jiuye.domains.applications.states import Verdict


@dataclass(frozen=True)
class OpinionView:
    """One opinion. `is_latest`: the one that counts."""

    verdict: str
    verdict_label: str
    note: str
    given_at: datetime
    is_latest: bool


def latest_verdict() -> Subquery:
    """Return the annotation of rows of `Application` with the latest verdict, null without one."""
    rows = EmployerOpinion.objects.filter(application=OuterRef("pk")).order_by("-given_at", "-id")
    return Subquery(rows.values("verdict")[:1])


def all_opinions() -> ArraySubquery:
    """Return the annotation of rows of `Application` with all opinions, for `opinions_of`: no further query."""
    rows = EmployerOpinion.objects.filter(application=OuterRef("pk")).order_by("-given_at", "-id")
    return ArraySubquery(rows.values(one=JSONObject(verdict="verdict", note="note", given_at="given_at")))


def opinions_of(stored: list[dict[str, Any]]) -> list[OpinionView]:
    """Return the opinions of a row annotated by `all_opinions`, latest first."""
    return [
        OpinionView(
            one["verdict"],
            Verdict(one["verdict"]).label,
            one["note"],
            datetime.fromisoformat(one["given_at"]),
            number == 0,
        )
        for number, one in enumerate(stored)
    ]
