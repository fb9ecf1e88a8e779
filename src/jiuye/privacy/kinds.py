"""What a copy of a person's data contains, kind by kind, and what it excludes and why.

A test compares both lists with every model, so that none of a person's data can be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Kind:
    """The rows of one model that belong to a person: one file of the copy.

    `person`: look-up from a row to the person. `without`: excluded columns (sign-in secrets, technical, or about
    others). `also`: names for ids, by their look-up. `parsed`: columns that hold JSON as text. Files named by a column
    `SealedFileKey` that is not excluded are in the copy.
    """

    name: str
    title: str
    model: str
    person: str
    without: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    parsed: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)


_POSTING = {"posting_title": "posting__title", "agency_name": "posting__agency__legal_name"}
_RECEIVERS = {"agency_name": "agency__legal_name", "employer_name": "employer__legal_name"}
_APPLIED = {"title": "application__title"}
_PLACES = {"occupation_name": "occupation__name", "industry_name": "industry__name", "region_name": "region__name"}

KINDS = (
    Kind("account", "账号：手机号、姓名", "accounts.User", "pk"),
    Kind("real_name", "实名信息", "accounts.RealName", "user"),
    Kind("card", "电子社保卡", "accounts.CardIdentity", "user"),
    Kind("authenticator", "两步验证的验证器", "accounts.Authenticator", "user", without=("secret", "last_step")),
    Kind("passkeys", "通行密钥", "accounts.Passkey", "user", without=("credential_id", "public_key")),
    Kind("recovery_codes", "两步验证的备用码（只有生成和使用时间）", "accounts.RecoveryCode", "user", without=("digest",)),
    Kind("memberships", "在机构的身份", "accounts.Membership", "user"),
    Kind("member_invitations", "接受过的加入机构的邀请", "organisations.MemberInvitation", "accepted_by",
         without=("invited_by", "times_sent")),
    Kind("membership_requests", "加入机构的申请", "organisations.MembershipRequest", "person", without=("decided_by",)),
    Kind("consents", "同意和撤回", "accounts.Consent", "user"),
    Kind("sessions", "登录着的设备", "accounts.Session", "person", without=("session_key", "session_data", "handle")),
    Kind("sign_ins", "登录记录", "accounts.SignInRecord", "user"),
    Kind("activity", "您在平台的操作日志", "kernel.AuditEntry", "actor_person_id",
         without=("position", "digest", "transaction", "actor_organisation_id"), only=Q(actor_organisation_id=None)),
    Kind("resume", "简历：基本信息和自我介绍", "resumes.Resume", "user", also={"region_name": "region__name"}),
    Kind("resume_intentions", "简历：求职意向", "resumes.Intention", "resume__user", also=_PLACES),
    Kind("resume_employment", "简历：工作经历", "resumes.Employment", "resume__user"),
    Kind("resume_education", "简历：教育经历", "resumes.Education", "resume__user"),
    Kind("resume_projects", "简历：项目经历", "resumes.Project", "resume__user"),
    Kind("resume_skills", "简历：技能", "resumes.Skill", "resume__user"),
    Kind("resume_certificates", "简历：证书", "resumes.Certificate", "resume__user"),
    Kind("resume_versions", "简历：以前的版本", "resumes.ResumeVersion", "resume__user", parsed=("content",)),
    Kind("resume_visibility", "简历对谁可见", "resumes.Visibility", "user"),
    Kind("blocked_organisations", "屏蔽的单位和机构", "resumes.OrganisationBlock", "user", without=("name_key",)),
    Kind("resume_attachments", "简历：附件", "resumes.Attachment", "resume__user", without=("digest",)),
    Kind("resume_file", "简历：上传的简历文件和读到的内容（还没有确认的）", "resumes.ResumeFile", "resume__user", parsed=("found",)),
    Kind("resume_accesses", "谁看过我的简历", "resumes.ResumeAccess", "user", without=("person_id",)),
    Kind("verification", "核验申请和结果", "verification.VerificationCase", "user",
         without=("claims_digest",), parsed=("person", "claims", "differences")),
    Kind("applications", "投递", "applications.Application", "applicant",
         without=("idempotency_key", "version"), also=_RECEIVERS),
    Kind("application_timeline", "投递的进展", "applications.ApplicationEvent", "application__applicant",
         without=("actor_person_id", "actor_client_id"), also=_APPLIED),
    Kind("sent_resumes", "投递时发出的简历", "applications.ResumeSnapshot", "user", parsed=("content",)),
    Kind("sent_attachments", "随投递发出的附件", "applications.SentAttachment", "application__applicant",
         also={**_APPLIED, "file": "attachment__name"}),
    Kind("interviews", "面试邀约", "applications.InterviewInvitation", "application__applicant",
         without=("invited_by",), also=_APPLIED),
    Kind("onboarding", "入职通知", "applications.OnboardingNotice", "application__applicant", also=_APPLIED),
    Kind("retention_answers", "在岗回访的回答", "applications.RetentionAnswer", "application__applicant", also=_APPLIED),
    Kind("invitations_to_apply", "收到的投递邀请", "applications.InvitationToApply", "user",
         without=("invited_by",), also=_POSTING),
    Kind("saved_jobs", "收藏的职位", "jobs.SavedJob", "user", also=_POSTING),
    Kind("browsing_history", "浏览记录", "jobs.BrowsingRecord", "user", also=_POSTING),
    Kind("history_pause", "浏览记录的暂停设置", "jobs.HistoryPause", "user"),
    Kind("saved_searches", "订阅的搜索", "alerts.SavedSearch", "user", without=("digest",)),
    Kind("saved_search_findings", "订阅找到的职位", "alerts.Finding", "saved_search__user"),
    Kind("leave_out_list", "记住的“不看”", "search.LeaveOutList", "user"),
    Kind("fairs", "登记参加的招聘会", "fairs.FairInterest", "person",
         without=("checked_in_by",), also={"fair_title": "fair__title"}),
    Kind("reviews", "写过的评价", "reviews.ShopReview", "author", also={"agency_name": "agency__legal_name"}),
    Kind("review_reports", "对评价的举报", "reviews.ReviewReport", "reporter"),
    Kind("job_reports", "对职位的举报", "reports.Report", "reporter", without=("decided_by_id",), also=_POSTING),
    Kind("feedback", "意见反馈", "feedback.Feedback", "author", without=("assigned_to", "submission")),
    Kind("feedback_messages", "意见反馈的往来", "feedback.FeedbackMessage", "feedback__author",
         without=("operator",), only=~Q(kind="note")),
    Kind("feedback_files", "意见反馈的附件", "feedback.FeedbackFile", "feedback__author"),
    Kind("sanctions", "对您的处置", "sanctions.Sanction", "person",
         without=("note", "step_reason", "decided_by", "confirmed_by", "lifted_by", "posting_id")),
    Kind("appeals", "您对处置的申诉", "sanctions.Appeal", "sanction__person", without=("submitted_by", "decided_by")),
    Kind("appeal_files", "申诉的附件", "sanctions.EvidenceFile", "appeal__sanction__person", without=("uploaded_by",)),
    Kind("ban_list", "列入异常名录的记录", "sanctions.BanEntry", "person", without=("phone_index", "id_number_index")),
    Kind("notifications", "站内消息", "notifications.Notification", "user", without=("dedupe_key",)),
    Kind("text_messages", "发给您的短信", "notifications.TextMessage", "user", without=("dedupe_key",)),
    Kind("notification_preferences", "消息设置", "notifications.NotificationPreference", "user"),
    Kind("recommendations_off", "关闭个性化推荐", "recommendations.RecommendationsOff", "user"),
    Kind("erasure_requests", "注销账号的申请", "erasure.ErasureRequest", "person"),
    Kind("exports", "申请过的数据副本", "privacy.DataExport", "person", without=("key",)),
)  # fmt: skip

LEFT_OUT = {
    "accounts.RoleChange.person": "平台的人员管理记录：谁提出、谁确认了运营角色的变更",
    "accounts.RoleChange.requested_by": "平台工作人员的工作，属于平台的人员管理记录",
    "accounts.RoleChange.decided_by": "平台工作人员的工作，属于平台的人员管理记录",
    "webhooks.Endpoint.created_by": "机构的接口设置：推送地址属于机构",
    "jobs.ImportBatch.created_by": "机构的工作数据：导入的是机构的职位",
    "jobs.OccupationLabel.chosen_by": "机构的工作数据：为机构的职位选的职业",
    "qualifications.Case.opened_by": "机构的资质记录：办理登记属于机构的业务",
    "qualifications.Case.claimed_by": "平台工作人员的工作分配，属于被审核机构的记录",
    "qualifications.Case.first_by": "平台工作人员的审核行为，属于被审核机构的记录",
    "qualifications.Case.decided_by": "平台工作人员的审核行为，属于被审核机构的记录",
    "qualifications.Material.uploaded_by": "机构的资质材料，审核结束后按期删除",
    "qualifications.Submission.submitted_by": "机构的资质记录：提交审核属于机构的业务",
    "qualifications.Decision.operator": "平台工作人员的审核行为，属于被审核机构的记录",
    "qualifications.CaseNote.operator": "平台工作人员之间的工作记录",
    "organisations.Qualification.decided_by": "平台工作人员的审核行为，属于被审核机构的记录",
    "sanctions.Sanction.decided_by": "平台工作人员的处置行为，属于被处置方的记录",
    "sanctions.Sanction.confirmed_by": "平台工作人员的处置行为，属于被处置方的记录",
    "sanctions.Sanction.lifted_by": "平台工作人员的处置行为，属于被处置方的记录",
    "sanctions.Appeal.submitted_by": "机构的申诉：办理申诉属于机构的业务；您本人的申诉在“您对处置的申诉”里",
    "sanctions.Appeal.decided_by": "平台工作人员的处理行为，属于申诉方的记录",
    "sanctions.EvidenceFile.uploaded_by": "处置的证据和机构的申诉材料；您本人的申诉材料在“申诉的附件”里",
    "organisations.MemberInvitation.invited_by": "机构管理员的工作，属于被邀请人的记录",
    "organisations.MembershipRequest.decided_by": "机构管理员的工作，属于申请人的记录",
    "clients.ApiClient.created_by": "机构的接口客户端：登记客户端属于机构的业务",
    "applications.ApplicationNote.author": "机构成员之间的工作备注，属于投递的处理记录",
    "feedback.Feedback.assigned_to": "客服人员的工作分配，属于反馈人的记录",
    "feedback.FeedbackMessage.operator": "客服人员的工作答复，属于反馈人的记录",
    "fairs.FairInterest.checked_in_by": "机构工作人员的签到操作，属于参会人的记录",
}
"""Columns that lead to a person (model and field) whose rows are not that person's own data, and why."""
