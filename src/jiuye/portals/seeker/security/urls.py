from django.urls import path

from jiuye.portals.seeker.security import devices, factors, passkeys, phone, step_up

app_name = "security"
urlpatterns = [
    path("me/security", devices.home, name="home"),
    path("me/security/devices/<uuid:handle>/end", devices.end, name="end"),
    path("me/security/devices/end-others", devices.end_others, name="end_others"),
    path("me/security/devices/end-all", devices.end_all, name="end_all"),
    path("me/security/history", devices.history, name="history"),
    path("me/security/phone", phone.change, name="phone"),
    path("me/security/phone/code", phone.check, name="phone_check"),
    path("me/security/phone/again", phone.again, name="phone_again"),
    path("me/security/phone/delivery", phone.delivery, name="phone_delivery"),
    path("me/security/phone/done", phone.done, name="phone_done"),
    path("me/security/second-factor", factors.overview, name="second_factor"),
    path("me/security/second-factor/begin", factors.begin, name="authenticator_begin"),
    path("me/security/second-factor/authenticator", factors.authenticator, name="authenticator"),
    path("me/security/second-factor/authenticator/remove", factors.remove, name="authenticator_remove"),
    path("me/security/second-factor/recovery-codes", factors.recovery_codes, name="recovery_codes"),
    path("me/security/second-factor/passkeys", passkeys.add, name="passkey_add"),
    path("me/security/second-factor/passkeys/options", passkeys.options, name="passkey_options"),
    path("me/security/second-factor/passkeys/<uuid:passkey_id>/remove", passkeys.remove, name="passkey_remove"),
    path("login/second-factor/passkey", passkeys.use, name="passkey_use"),
    path("login/second-factor/passkey/options", passkeys.challenge, name="passkey_challenge"),
    path("login/second-factor", step_up.second_factor, name="pass"),
    path("login/confirm", step_up.confirm, name="confirm"),
    path("login/confirm/send", step_up.send, name="confirm_send"),
    path("login/confirm/delivery", step_up.delivery, name="confirm_delivery"),
]
