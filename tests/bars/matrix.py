"""Who may use which staff route, written down independently of the routes: the table of `test_authorisation.py`.

A route stands once, below the kind of organisation and the roles that may use it. A new route without a line fails.
"""

from jiuye.domains.accounts.states import Role

OWNERS = frozenset({Role.OWNER})
EDITORS = OWNERS | {Role.RECRUITER}
MEMBERS = EDITORS | {Role.VIEWER}
AUDITORS = OWNERS | {Role.AUDITOR}
WRITERS = OWNERS | {Role.EDITOR}
SECURITY = OWNERS | {Role.SECURITY_ADMIN}
SUPPORT = OWNERS | {Role.SUPPORT}
OPERATORS = OWNERS | {Role.AUDITOR, Role.EDITOR, Role.SUPPORT, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}

ROLES = {"agency": MEMBERS, "employer": MEMBERS, "platform": OPERATORS}
"""Every role of a kind of organisation."""

_TABLE = (
    (
        "agency",
        MEMBERS,
        """
        agency/qualification
        agency/qualification/history
        agency/qualification/letter.pdf
        agency/sanctions
        agency/sanctions/<uuid:sanction_id>
        agency/sanctions/<uuid:sanction_id>/files/<uuid:file_id>
        agency
        agency/applications
        agency/applications/<uuid:application_id>
        agency/applications/<uuid:application_id>/photo.jpg
        agency/applications/<uuid:application_id>/resume
        agency/employers
        agency/employers/<uuid:affiliation_id>
        agency/fairs
        agency/jobs
        agency/jobs/<uuid:posting_id>
        agency/members
        agency/members/leave
        agency/notifications
        agency/notifications/<uuid:notification_id>
        agency/notifications/<uuid:notification_id>/delete
        agency/notifications/<uuid:notification_id>/read
        agency/notifications/preferences
        agency/notifications/read
        agency/notifications/undo
        agency/reviews
        agency/shop
        agency/shop/<uuid:agency_id>/pictures/<uuid:picture_id>
        """,
    ),
    (
        "agency",
        OWNERS,
        """
        agency/api
        agency/api/<uuid:client_id>
        agency/api/<uuid:client_id>/credentials/<slug:kind>
        agency/api/<uuid:client_id>/credentials/<uuid:credential_id>/revoke
        agency/api/<uuid:client_id>/edit
        agency/api/<uuid:client_id>/revoke
        agency/api/<uuid:client_id>/usage
        agency/api/new
        agency/webhooks
        agency/webhooks/<uuid:endpoint_id>
        agency/webhooks/<uuid:endpoint_id>/delete
        agency/webhooks/<uuid:endpoint_id>/deliveries
        agency/webhooks/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>
        agency/webhooks/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>/resend
        agency/webhooks/<uuid:endpoint_id>/edit
        agency/webhooks/<uuid:endpoint_id>/pause
        agency/webhooks/<uuid:endpoint_id>/replay
        agency/webhooks/<uuid:endpoint_id>/replays/<uuid:replay_id>
        agency/webhooks/<uuid:endpoint_id>/resume
        agency/webhooks/<uuid:endpoint_id>/secret
        agency/webhooks/<uuid:endpoint_id>/secret/replace
        agency/webhooks/<uuid:endpoint_id>/test
        agency/webhooks/new
        agency/webhooks/verify
        agency/profile
        agency/qualification/<slug:kind>
        agency/qualification/<slug:kind>/confirm
        agency/qualification/<slug:kind>/files
        agency/qualification/<slug:kind>/prove
        agency/qualification/files/<uuid:material_id>/delete
        agency/qualification/files/<uuid:material_id>/open
        agency/qualification/pages/<str:token>
        agency/qualification/renew
        agency/qualification/submit
        agency/qualification/withdraw
        agency/members/<uuid:person_id>
        agency/members/<uuid:person_id>/end
        agency/members/<uuid:person_id>/transfer
        agency/members/invitations/<uuid:invitation_id>/cancel
        agency/members/invitations/<uuid:invitation_id>/resend
        agency/members/invite
        agency/members/requests/<uuid:request_id>
        agency/members/requests/<uuid:request_id>/accept
        agency/members/requests/<uuid:request_id>/refuse
        """,
    ),
    (
        "agency",
        EDITORS,
        """
        agency/applications/<uuid:application_id>/attachments/<uuid:attachment_id>
        agency/applications/<uuid:application_id>/contacts
        agency/applications/<uuid:application_id>/interview-result
        agency/applications/<uuid:application_id>/invite
        agency/applications/<uuid:application_id>/keep-time
        agency/applications/<uuid:application_id>/notes
        agency/applications/<uuid:application_id>/notes/<uuid:note_id>/delete
        agency/applications/<uuid:application_id>/onboarding
        agency/applications/<uuid:application_id>/onboarding-result
        agency/applications/<uuid:application_id>/reject
        agency/applications/<uuid:application_id>/resume.pdf
        agency/applications/export
        agency/applications/reject
        agency/applications/resumes.zip
        agency/employers/<uuid:affiliation_id>/approve
        agency/employers/<uuid:affiliation_id>/end
        agency/employers/<uuid:affiliation_id>/refuse
        agency/fairs/<uuid:fair_id>
        agency/fairs/<uuid:fair_id>/cancel
        agency/fairs/<uuid:fair_id>/check-in
        agency/fairs/<uuid:fair_id>/copy
        agency/fairs/<uuid:fair_id>/delete
        agency/fairs/<uuid:fair_id>/edit
        agency/fairs/<uuid:fair_id>/employers
        agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>
        agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>/remove
        agency/fairs/<uuid:fair_id>/preview
        agency/fairs/<uuid:fair_id>/publish
        agency/fairs/new
        agency/imports
        agency/imports/<uuid:batch_id>
        agency/imports/<uuid:batch_id>/errors.xlsx
        agency/imports/<uuid:batch_id>/mapping
        agency/imports/<uuid:batch_id>/progress
        agency/imports/<uuid:batch_id>/rejected
        agency/imports/<uuid:batch_id>/start
        agency/imports/<uuid:batch_id>/worksheets
        agency/imports/template.xlsx
        agency/jobs/<uuid:posting_id>/confirm
        agency/jobs/<uuid:posting_id>/copy
        agency/jobs/<uuid:posting_id>/fill
        agency/jobs/<uuid:posting_id>/import-notes
        agency/jobs/<uuid:posting_id>/occupation
        agency/jobs/<uuid:posting_id>/edit
        agency/jobs/<uuid:posting_id>/publish
        agency/jobs/<uuid:posting_id>/withdraw
        agency/jobs/employers
        agency/jobs/new
        agency/jobs/occupations
        agency/jobs/several
        agency/jobs/wishes/<uuid:wish_id>
        agency/resumes
        agency/resumes/<uuid:resume_id>
        agency/resumes/<uuid:resume_id>/invite
        agency/resumes/<uuid:resume_id>/open
        agency/reviews/<uuid:review_id>/reply
        agency/shop/edit
        agency/shop/pictures
        agency/shop/pictures/<uuid:picture_id>/delete
        agency/shop/sections/<slug:section>
        """,
    ),
    (
        "employer",
        MEMBERS,
        """
        employer/qualification
        employer/qualification/history
        employer/qualification/letter.pdf
        employer/sanctions
        employer/sanctions/<uuid:sanction_id>
        employer/sanctions/<uuid:sanction_id>/files/<uuid:file_id>
        employer
        employer/agencies
        employer/agencies/<uuid:affiliation_id>
        employer/agencies/find
        employer/applications
        employer/fairs
        employer/jobs
        employer/jobs/<uuid:posting_id>
        employer/applications/<uuid:application_id>
        employer/applications/<uuid:application_id>/photo.jpg
        employer/applications/<uuid:application_id>/resume
        employer/members
        employer/members/leave
        employer/notifications
        employer/notifications/<uuid:notification_id>
        employer/notifications/<uuid:notification_id>/delete
        employer/notifications/<uuid:notification_id>/read
        employer/notifications/preferences
        employer/notifications/read
        employer/notifications/undo
        """,
    ),
    (
        "employer",
        OWNERS,
        """
        employer/qualification/<slug:kind>
        employer/qualification/<slug:kind>/confirm
        employer/qualification/<slug:kind>/files
        employer/qualification/<slug:kind>/prove
        employer/qualification/files/<uuid:material_id>/delete
        employer/qualification/files/<uuid:material_id>/open
        employer/qualification/pages/<str:token>
        employer/qualification/renew
        employer/qualification/submit
        employer/qualification/withdraw
        employer/members/<uuid:person_id>
        employer/members/<uuid:person_id>/end
        employer/members/<uuid:person_id>/transfer
        employer/members/invitations/<uuid:invitation_id>/cancel
        employer/members/invitations/<uuid:invitation_id>/resend
        employer/members/invite
        employer/members/requests/<uuid:request_id>
        employer/members/requests/<uuid:request_id>/accept
        employer/members/requests/<uuid:request_id>/refuse
        """,
    ),
    (
        "employer",
        EDITORS,
        """
        employer/applications/<uuid:application_id>/attachments/<uuid:attachment_id>
        employer/applications/<uuid:application_id>/opinion
        employer/applications/<uuid:application_id>/resume.pdf
        employer/applications/export
        employer/jobs/<uuid:posting_id>/wish
        employer/agencies/<uuid:affiliation_id>/end
        employer/agencies/<uuid:affiliation_id>/withdraw
        employer/agencies/find/<uuid:agency_id>
        """,
    ),
    (
        "platform",
        OPERATORS,
        """
        ops
        ops/applications
        ops/audit
        ops/channels
        ops/channels/<uuid:channel_id>
        """,
    ),
    (
        "platform",
        AUDITORS,
        """
        ops/employers
        ops/employers/<uuid:employer_id>
        ops/employers/<uuid:employer_id>/merge/<uuid:other_id>
        ops/qualifications
        ops/qualifications/<uuid:case_id>
        ops/qualifications/<uuid:case_id>/claim
        ops/qualifications/<uuid:case_id>/complaint
        ops/qualifications/<uuid:case_id>/decide
        ops/qualifications/<uuid:case_id>/materials
        ops/qualifications/<uuid:case_id>/materials/<uuid:material_id>
        ops/qualifications/<uuid:case_id>/notes
        ops/qualifications/<uuid:case_id>/release
        ops/qualifications/<uuid:case_id>/reverse
        ops/qualifications/claim
        ops/qualifications/next
        ops/qualifications/pages/<str:token>
        ops/sanctions
        ops/sanctions/<uuid:sanction_id>
        ops/sanctions/<uuid:sanction_id>/appeals/<uuid:appeal_id>
        ops/sanctions/<uuid:sanction_id>/confirm
        ops/sanctions/<uuid:sanction_id>/decline
        ops/sanctions/<uuid:sanction_id>/files/<uuid:file_id>
        ops/sanctions/<uuid:sanction_id>/lift
        ops/sanctions/new
        ops/sanctions/new/<str:kind>/<uuid:subject_id>
        ops/postings
        ops/postings/<uuid:posting_id>
        ops/postings/<uuid:posting_id>/approve
        ops/postings/<uuid:posting_id>/reject
        ops/reports
        ops/reports/<uuid:subject_id>
        ops/reports/<uuid:subject_id>/decide
        ops/reports/reviews/<uuid:subject_id>
        ops/reports/reviews/<uuid:subject_id>/decide
        ops/reviews
        ops/reviews/<uuid:subject_id>
        ops/reviews/<uuid:subject_id>/decide
        """,
    ),
    (
        "platform",
        WRITERS,
        """
        ops/policies
        ops/policies/<uuid:policy_id>
        ops/policies/<uuid:policy_id>/abolish
        ops/policies/<uuid:policy_id>/conditions
        ops/policies/<uuid:policy_id>/edit
        ops/policies/<uuid:policy_id>/files
        ops/policies/<uuid:policy_id>/files/<uuid:file_id>
        ops/policies/<uuid:policy_id>/files/<uuid:file_id>/delete
        ops/policies/<uuid:policy_id>/preview
        ops/policies/<uuid:policy_id>/publish
        ops/policies/<uuid:policy_id>/reinstate
        ops/policies/<uuid:policy_id>/withdraw
        ops/policies/new
        """,
    ),
    (
        "platform",
        SECURITY,
        """
        ops/staff/<uuid:person_id>
        ops/staff/changes/<uuid:change_id>/confirm
        ops/staff/changes/<uuid:change_id>/decline
        ops/staff/new
        ops/channels/<uuid:channel_id>/disable
        ops/channels/<uuid:channel_id>/edit
        ops/channels/<uuid:channel_id>/enable
        ops/channels/<uuid:channel_id>/keys
        ops/channels/<uuid:channel_id>/keys/<uuid:key_id>/revoke
        ops/channels/new
        ops/people/<uuid:person_id>/erase
        ops/people/<uuid:person_id>/second-factor
        ops/people/<uuid:person_id>/sessions
        """,
    ),
    (
        "platform",
        SECURITY | {Role.AUDIT_ADMIN},
        """
        ops/staff
        ops/staff/history
        """,
    ),
    (
        "platform",
        SECURITY | SUPPORT,
        """
        ops/people
        ops/people/<uuid:person_id>
        ops/people/<uuid:person_id>/phone
        """,
    ),
    (
        "platform",
        SUPPORT,
        """
        ops/feedback
        ops/feedback/<uuid:feedback_id>
        ops/feedback/<uuid:feedback_id>/answer
        ops/feedback/<uuid:feedback_id>/claim
        ops/feedback/<uuid:feedback_id>/close
        ops/feedback/<uuid:feedback_id>/files/<uuid:file_id>
        ops/feedback/<uuid:feedback_id>/note
        ops/feedback/<uuid:feedback_id>/release
        ops/outcomes
        ops/outcomes/<uuid:application_id>
        """,
    ),
)
ROWS = {(kind, pattern): roles for kind, roles, patterns in _TABLE for pattern in patterns.split()}
"""(kind of organisation, pattern of the route) → the roles that may use it."""

SHARED = frozenset(
    {
        "agency/resumes/<uuid:resume_id>",
        "agency/resumes/<uuid:resume_id>/invite",
        "agency/resumes/<uuid:resume_id>/open",
        "agency/shop/<uuid:agency_id>/pictures/<uuid:picture_id>",
        "agency/shop/sections/<slug:section>",
        *(
            f"{kind}/qualification/<slug:kind>{verb}"
            for kind in ("agency", "employer")
            for verb in ("", "/confirm", "/files", "/prove")
        ),
        "agency/qualification/pages/<str:token>",
        "employer/qualification/pages/<str:token>",
        "employer/agencies/find/<uuid:agency_id>",
    }
)
"""Routes whose id names what every organisation of this kind may see: resumes shown to agencies, listed agencies and
their pictures; or a part of one's own.
"""

ABSENT = frozenset(
    {
        "agency/applications/<uuid:application_id>/attachments/<uuid:attachment_id>",
        "agency/applications/<uuid:application_id>/photo.jpg",
        "agency/imports/<uuid:batch_id>/errors.xlsx",
        "employer/applications/<uuid:application_id>/attachments/<uuid:attachment_id>",
        "employer/applications/<uuid:application_id>/photo.jpg",
        "ops/qualifications/<uuid:case_id>/materials/<uuid:material_id>",
        "ops/qualifications/pages/<str:token>",
        "ops/sanctions/<uuid:sanction_id>/files/<uuid:file_id>",
        *(
            f"{kind}/{path}"
            for kind in ("agency", "employer")
            for path in (
                "qualification/<slug:kind>",
                "qualification/<slug:kind>/confirm",
                "qualification/<slug:kind>/files",
                "qualification/<slug:kind>/prove",
                "qualification/files/<uuid:material_id>/open",
                "qualification/letter.pdf",
                "qualification/pages/<str:token>",
                "qualification/submit",
                "qualification/withdraw",
                "qualification/files/<uuid:material_id>/delete",
                "sanctions/<uuid:sanction_id>/files/<uuid:file_id>",
            )
        ),
        "ops/policies/<uuid:policy_id>/files/<uuid:file_id>",
    }
)
"""Routes of what the demonstration does not have for its approved organisations: most files, a case that is open. An open route
may answer 404.
"""

IDEMPOTENT = frozenset({"agency/shop/pictures/<uuid:picture_id>/delete"})
"""Deletions that answer as if they were done when there is nothing of one's own to delete. They write nothing."""

PERSONAL = frozenset(
    {
        f"{kind}/notifications/<uuid:notification_id>{verb}"
        for kind in ("agency", "employer")
        for verb in ("", "/delete", "/read")
    }
)
"""Routes whose id names what belongs to one member: colleagues do not find it either."""
