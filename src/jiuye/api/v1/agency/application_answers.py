"""Applications as the API tells them."""

from typing import Any

from jiuye.domains.applications.queries import (
    ApplicationView,
    ConsentFacts,
    InboxRow,
    InvitationView,
    NoteView,
    NoticeView,
)
from jiuye.domains.applications.states import InvitationState, NoticeState
from jiuye.kernel.identifiers import mask_name

_OF_INTERVIEW = (
    "id", "mode", "starts_at", "answer_by", "place", "route", "link", "contact_name", "contact_phone", "note", "state",
    "answer_note", "asked_at", "ask_reason", "ask_times", "kept_at", "result", "result_note", "created_at",
)  # fmt: skip
_OF_NOTICE = (
    "id", "report_at", "answer_by", "place", "documents", "pay_text", "contact_name", "contact_phone", "note", "state",
    "answer_note", "created_at",
)  # fmt: skip


def item(row: InboxRow | ApplicationView) -> dict[str, Any]:
    """Return an application as in a list: without the person after they withdrew."""
    step = row.next_step
    return {
        "id": row.id,
        "state": row.state,
        "state_name": row.state_label,
        "submitted_at": row.submitted_at,
        "state_changed_at": row.state_changed_at,
        "respond_by": step.respond_by if step else None,
        "next_step": step.text if step else "",
        "is_late": step is not None and step.is_late,
        "job": {"id": row.posting_id, "title": row.title, "external_id": row.posting_code},
        "employer": {"id": row.employer_id, "name": row.employer_name},
        "applicant": "" if row.is_withdrawn else mask_name(row.applicant_name),
        "is_withdrawn": row.is_withdrawn,
        "verdict": row.verdict if isinstance(row, InboxRow) else next((one.verdict for one in row.opinions), ""),
    }


def whole(found: ApplicationView) -> dict[str, Any]:
    """Return an application with everything that happened."""
    invited = [found.invitation, *found.earlier_invitations] if found.invitation else []
    return {
        **item(found),
        "may": sorted(found.may),
        "may_open_contacts": found.may_see_contacts,
        "timeline": [
            {
                **{name: getattr(step, name) for name in ("verb", "title", "at", "party", "by", "member_id", "note")},
                "client": step.client_name,
            }
            for step in found.timeline
            if step.verb
        ],
        "interviews": [interview(one) for one in invited],
        "onboarding": onboarding(found.notice) if found.notice else None,
        "opinions": [{**vars(one), "verdict_name": one.verdict_label} for one in found.opinions],
        "rejection": {
            "reason": found.rejection_reason,
            "reason_name": found.rejection_label,
            "note": found.rejection_note,
        }
        if found.rejection_reason
        else None,
        "consent": consent(found.consent),
    }


def moved(found: ApplicationView) -> dict[str, Any]:
    """Return where an application stands, without anything personal."""
    step = found.next_step
    return {
        "id": found.id,
        "state": found.state,
        "state_name": found.state_label,
        "state_changed_at": found.state_changed_at,
        "respond_by": step.respond_by if step else None,
        "next_step": step.text if step else "",
        "may": sorted(found.may),
        "interview_id": found.invitation.id if found.invitation else None,
        "onboarding_id": found.notice.id if found.notice else None,
    }


def interview(one: InvitationView) -> dict[str, Any]:
    """Return an invitation to an interview."""
    return {
        **{name: getattr(one, name) for name in _OF_INTERVIEW},
        "state_name": str(InvitationState(one.state).label),
    }


def onboarding(one: NoticeView) -> dict[str, Any]:
    """Return a notice of onboarding."""
    return {
        **{name: getattr(one, name) for name in _OF_NOTICE},
        "state_name": str(NoticeState(one.state).label),
        "outcome": one.result,
        "outcome_note": one.result_note,
        "seeker_outcome": one.seeker_result,
    }


def consent(given: ConsentFacts) -> dict[str, Any]:
    """Return the consent to the disclosure."""
    return {
        "version": given.version,
        "purpose": given.purpose,
        "purpose_name": given.purpose_label,
        "recipients": [{"id": one.id, "name": one.name} for one in given.recipients],
        "given_at": given.given_at,
        "valid_until": given.withdrawn_at,
    }


def hand_on(found: ApplicationView) -> dict[str, Any]:
    """Return whether the employer sees an application."""
    names = ("is_seen", "seen_since", "obstacle", "obstacle_text")
    return {
        "employer": {"id": found.employer_id, "name": found.employer_name},
        **{name: getattr(found.hand_on, name) for name in names},
    }


def note(one: NoteView) -> dict[str, Any]:
    """Return a note."""
    return {
        "id": one.id,
        "text": one.text,
        "author": {"id": one.author_id, "name": one.author_name},
        "client": one.client_name,
        "written_at": one.written_at,
        "is_own": one.is_own,
    }
