from django.urls import path

from jiuye.portals.seeker.applications import answers, views

urlpatterns = [
    path("jobs/<uuid:posting_id>/apply", views.apply, name="apply"),
    path("me/applications", views.list_mine, name="my_applications"),
    path("me/applications/<uuid:application_id>", views.detail, name="my_application"),
    path("me/applications/<uuid:application_id>/resume", views.sent_resume, name="sent_resume"),
    path("me/applications/<uuid:application_id>/interview", answers.answer_interview, name="answer_interview"),
    path("me/applications/<uuid:application_id>/interview.ics", views.interview_calendar, name="interview_calendar"),
    path("me/applications/<uuid:application_id>/first-day.ics", views.first_day_calendar, name="first_day_calendar"),
    path("me/applications/<uuid:application_id>/another-time", answers.another_time, name="ask_for_another_time"),
    path("me/applications/<uuid:application_id>/nudge", answers.nudge, name="nudge_agency"),
    path("me/applications/<uuid:application_id>/onboarding", answers.answer_onboarding, name="answer_onboarding"),
    path("me/applications/<uuid:application_id>/outcome", answers.outcome, name="confirm_outcome"),
    path("me/applications/<uuid:application_id>/retention", answers.retention, name="answer_retention"),
    path("me/applications/<uuid:application_id>/withdraw", answers.withdraw, name="withdraw_application"),
]
