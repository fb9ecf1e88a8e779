"""Every model belongs to a world, or stands here with the reason why it does not (`kernel.worlds`)."""

import pytest
from django.apps import apps
from django.db.models import Model

from jiuye.kernel.worlds import LiveAndOwnManager, TestClientField, WorldManager

OF_A_PARENT = {
    "organisations.ShopPicture": "its shop",
    "jobs.FoundAgain": "its import",
    "jobs.ImportNote": "its import",
    "jobs.ImportRejection": "its import",
    "jobs.ImportMapping": "its agency",
    "jobs.OccupationLabel": "its agency; test data makes none",
    "resumes.Intention": "its resume",
    "resumes.Education": "its resume",
    "resumes.Employment": "its resume",
    "resumes.Project": "its resume",
    "resumes.Skill": "its resume",
    "resumes.Certificate": "its resume",
    "resumes.Attachment": "its person",
    "resumes.ResumeFile": "its person",
    "resumes.ResumeVersion": "its resume",
    "resumes.ResumeAccess": "its person",
    "resumes.OrganisationBlock": "its person",
    "applications.ResumeSnapshot": "its application",
    "applications.SentAttachment": "its application",
    "applications.ApplicationEvent": "its application",
    "applications.ApplicationNote": "its application",
    "applications.RetentionAnswer": "its application",
    "applications.EmployerOpinion": "its application",
    "accounts.Consent": "its person",
    "qualifications.ExpiryNotice": "its qualification",
    "kernel.EventDelivery": "its event",
    "notifications.NotificationPreference": "its person",
}
"""Read by the key of a parent, never in a list of its own."""

LIVE_ONLY = {
    **dict.fromkeys(
        (
            "accounts.ClosedPortal", "accounts.RealName", "accounts.CardIdentity", "accounts.Channel",
            "accounts.ChannelKey", "accounts.Authenticator", "accounts.Passkey", "accounts.RecoveryCode",
            "accounts.KeptInput", "accounts.RoleChange", "accounts.Session", "accounts.LoginCode", "accounts.CodePlace",
            "accounts.QrSignIn", "accounts.SignInRecord", "jobs.SavedJob", "jobs.BrowsingRecord", "jobs.HistoryPause",
            "alerts.SavedSearch", "alerts.Finding", "alerts.MatchingMark", "search.LeaveOutList", "privacy.DataExport",
            "recommendations.RecommendationsOff",
        ),
        "people of test data cannot sign in",
    ),
    **dict.fromkeys(
        (
            "qualifications.Case", "qualifications.Item", "qualifications.Material", "qualifications.Submission",
            "qualifications.MachineCheck", "qualifications.Decision", "qualifications.CaseNote", "sanctions.Sanction",
            "sanctions.Appeal", "sanctions.EvidenceFile", "sanctions.BanEntry", "organisations.MergedEmployer",
            "policies.Policy", "policies.PolicyFile", "feedback.Feedback", "feedback.FeedbackMessage",
            "feedback.FeedbackFile",
        ),
        "made in the portals only, where everything is live",
    ),
    **dict.fromkeys(("search.PendingChange", "search.IndexMark"), "test data are not indexed"),
    "notifications.TextMessage": "nothing is sent from test data",
    "changes.Snapshot": "of what is public",
}  # fmt: skip

OF_NO_WORLD = {
    **dict.fromkeys(
        ("kernel.AuditEntry", "kernel.AuditSeal", "kernel.RowVersion"), "one log; entries of test data are marked"
    ),
    **dict.fromkeys(
        ("accounts.ChannelVisit", "kernel.RateCounter", "kernel.TokenBucket", "kernel.AnsweredForm", "kernel.StoredAnswer",
         "kernel.SealedFile", "kernel.KeyRotation", "kernel.WorkerPulse", "changes.FeedMark",
         "runtime.Milestone", "reference.Region", "reference.Occupation", "reference.Industry"),
        "bookkeeping and reference data",
    ),
}  # fmt: skip

WITHOUT_MANAGER = {
    "kernel.EventRecord": "delivered by id, in its own world",
    "changes.FeedItem": "one order for all; its queries name the world",
    "changes.PendingItem": "one queue for all; written world by world",
}
APP_OF_CLIENTS = ("clients", "webhooks")
"""Their rows belong to a client, live or test, and are read by its id."""


def _models() -> list[type[Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("jiuye.")]


def _has_world(model: type[Model]) -> bool:
    return any(isinstance(field, TestClientField) for field in model._meta.concrete_fields)


@pytest.mark.parametrize("model", [one for one in _models() if _has_world(one)], ids=lambda one: one._meta.label)
def test_a_model_with_test_data_hides_each_world_from_the_others(model: type[Model]) -> None:
    is_hiding = isinstance(model._default_manager, WorldManager | LiveAndOwnManager)
    assert is_hiding or model._meta.label in WITHOUT_MANAGER


def test_every_other_model_has_a_reason() -> None:
    without = {
        one._meta.label for one in _models() if not _has_world(one) and one._meta.app_label not in APP_OF_CLIENTS
    }
    assert without == {*OF_A_PARENT, *LIVE_ONLY, *OF_NO_WORLD}


def test_only_people_are_seen_from_another_world() -> None:
    shared = [one._meta.label for one in _models() if isinstance(one._default_manager, LiveAndOwnManager)]
    assert shared == ["accounts.User"]
