"""Addresses of getting in. What django-allauth offers beyond these has none."""

from django.urls import path

from wangge.web.account import badge, codes, collect, factors, mine, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("sign-in/second", factors.second, name="mfa_authenticate"),
    path("sign-in/passkey", factors.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/lost", codes.lost, name="lost"),
    path("sign-in/recover", codes.recover, name="recover"),
    path("invited/", codes.invited, name="invited"),
    path("invited/<str:text>", codes.invited, name="invited-code"),
    path("enrol/", codes.enrol, name="enrol"),
    path("enrol/<str:text>", codes.enrol, name="enrol-code"),
    path("badge/", badge.badge, name="badge-check"),
    path("badge/<str:text>", badge.badge, name="badge"),
    path("me/password", mine.change_secret, name="change-secret"),
    path("me/sessions/end-others", mine.end_other_sessions, name="end-other-sessions"),
    path("me/sessions/<uuid:uuid>/end", mine.end_session, name="end-session"),
    path("me/phones/<uuid:uuid>/end", mine.end_phone, name="end-phone"),
    path("me/collect/", collect.collect, name="collect"),
    path("me/collect/<uuid:uuid>/end", collect.end, name="collect-end"),
    path("me/security/", factors.security, name="mfa_index"),
    path("me/security/later", factors.later, name="second-factor-later"),
    path("me/security/app", factors.app_new, name="mfa_activate_totp"),
    path("me/security/app/remove", factors.app_remove, name="mfa_deactivate_totp"),
    path("me/security/codes", factors.codes, name="mfa_view_recovery_codes"),
    path("me/security/codes/new", factors.codes_new, name="mfa_generate_recovery_codes"),
    path("me/security/passkeys/new", factors.passkey_new, name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/remove", factors.passkey_remove, name="mfa_remove_webauthn"),
    path("me/security/again", factors.again, name="account_reauthenticate"),
    path("me/security/again/code", factors.again_code, name="mfa_reauthenticate"),
    path("me/security/again/passkey", factors.again_passkey, name="mfa_reauthenticate_webauthn"),
]
