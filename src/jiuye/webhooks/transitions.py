"""For every transition of every state machine: the type of its webhook, or the reason why there is none."""

from collections.abc import Mapping

OF_POSTING = {
    "publish": "job.published",
    "hold": "job.held",
    "withdraw": "job.withdrawn",
    "expire": "job.expired",
    "ban": "job.banned",
    "fill": "job.filled",
    "approve": "job.approved",
    "reject": "job.rejected",
    "edit": "job.changed",
    "merge": "job.changed",
    "confirm": "job.confirmed",
}
OF_APPLICATION = {
    "submit": "application.submitted",
    "view": "application.viewed",
    "invite": "interview.invited",
    "reschedule": "interview.rescheduled",
    "accept_interview": "interview.accepted",
    "decline_interview": "interview.declined",
    "pass_interview": "interview.passed",
    "fail_interview": "interview.failed",
    "notify_onboarding": "onboarding.notified",
    "accept_onboarding": "onboarding.accepted",
    "decline_onboarding": "onboarding.declined",
    "record_onboarded": "outcome.onboarded",
    "record_no_show": "outcome.no_show",
    "reject": "application.rejected",
    "close_unanswered": "application.closed_unanswered",
    "withdraw": "application.withdrawn",
    "leave": "application.left",
    "ask_for_another_time": "interview.other_time_asked",
    "keep_time": "interview.time_kept",
    "nudge": "application.nudged",
    "confirm_onboarded": "outcome.onboarding_confirmed",
    "confirm_not_onboarded": "outcome.onboarding_denied",
}
OF_AFFILIATION = {
    "request": "affiliation.requested",
    "approve": "affiliation.approved",
    "refuse": "affiliation.refused",
    "withdraw": "affiliation.withdrawn",
    "end": "affiliation.ended",
}
OF_FAIR = {"publish": "fair.published", "cancel": "fair.cancelled"}
OF_WISH = {"wish": "job.wish_made", "do": "job.wish_done", "decline": "job.wish_declined"}
OF_QUALIFICATION = {
    "submit": "qualification.submitted",
    "approve": "qualification.decided",
    "renew": "qualification.decided",
    "reject": "qualification.decided",
    "revoke": "qualification.decided",
    "expire": "qualification.expired",
    "suspend": "sanction.imposed",
}
OF_CASE = {
    "submit": "qualification.submitted",
    "pass_first": "qualification.decided",
    "approve": "qualification.decided",
    "return": "qualification.decided",
    "reverse": "qualification.decided",
    "uphold": "qualification.decided",
}
OF_INVITATION = {"send": "member.invited", "accept": "member.joined"}
OF_MEMBERSHIP_REQUEST = {
    "request": "member.requested",
    "accept": "member.request_decided",
    "refuse": "member.request_decided",
}
OF_SANCTION = {"impose": "sanction.imposed", "lift": "sanction.closed", "end": "sanction.closed"}
OF_APPEAL = {"uphold": "sanction.appeal_decided", "reject": "sanction.appeal_decided", "settle": "sanction.closed"}
OF_REPORT = {"uphold": "job.report_upheld"}

OF_MACHINE: Mapping[str, Mapping[str, str]] = {
    "posting": OF_POSTING,
    "wish": OF_WISH,
    "application": OF_APPLICATION,
    "affiliation": OF_AFFILIATION,
    "fair": OF_FAIR,
    "qualification": OF_QUALIFICATION,
    "case": OF_CASE,
    "member_invitation": OF_INVITATION,
    "membership_request": OF_MEMBERSHIP_REQUEST,
    "sanction": OF_SANCTION,
    "appeal": OF_APPEAL,
    "report": OF_REPORT,
}
"""State machine → verb → type."""

WITHOUT_TYPE: Mapping[str, Mapping[str, str]] = {
    "qualification": {"withdraw": "the agency withdraws its own submission before anybody has looked at it"},
    "case": {
        "withdraw": "the agency withdraws its own submission before anybody has looked at it",
        "take_up": "the platform examines a complaint; the agency hears of the result",
    },
    "member_invitation": {
        "cancel": "the agency cancels its own invitation",
        "expire": "expired invitations change state only when the phone is invited again",
    },
    "membership_request": {"withdraw": "the person changed their mind; nothing is left to do"},
    "sanction": {
        "propose": "internal until another operator confirms it",
        "decline": "internal: nothing was imposed",
    },
    "appeal": {"submit": "the agency's own appeal"},
    "report": {"dismiss": "as in the portal, the agency is not told of reports that were unfounded"},
    "verification": {
        "*": "belongs to the person; an application carries the state of each item, read under its consent"
    },
    "feedback": {"*": "between a person and the platform"},
    "policy": {"*": "public, for everybody: see the public API"},
    "role_change": {"*": "operators of the platform"},
}
"""State machine → verb (`*`: all) → why there is no type."""
