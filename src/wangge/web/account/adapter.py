"""What django-allauth asks us: how to sign somebody in, what to call things, when to ask again."""

import time
from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.base import clock, sealing
from wangge.base.access.address import client_of
from wangge.domains.duty.entry import demanded_of, enrolled, factors_of
from wangge.domains.duty.handsets import DEVICE, kind_of, secret_of
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import Proof
from wangge.web.account import gate
from wangge.web.account.sessions import KIND

WRONG_CODE = gettext_lazy("This code is not right, or was used already. Wait for the next one and type it.")
SAID = {
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app was removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey was removed."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; who signed in is noted with what they showed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": gettext_lazy("The password or PIN is not right. Type it again."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait a quarter of an hour, then try again."),
        "rate_limited": gettext_lazy("Too many tries. Wait a quarter of an hour, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_of(request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return redirect("account_login")

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:  # fmt: skip  # noqa: E501
        """Our words for what allauth reports."""
        if message_template in SAID:
            messages.success(request, str(SAID[message_template]))
        elif kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in, and note what was shown: a second factor, an enrolled phone."""
        first = user.last_login is None
        super().login(request, user)
        session = request.session
        session.set_expiry(clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))  # not renewed by being used
        session[gate.FIRST], session[KIND], session[gate.SEEN] = first, kind_of(request), int(time.time())
        if any(record["method"] == "mfa" for record in get_authentication_records(request, user)):
            gate.show(request, Proof.SECOND_FACTOR)
        if one := enrolled(secret_of(request)).filter(account=user).first():
            session[DEVICE] = str(one.device.uuid)
            gate.show(request, Proof.DEVICE)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asked for again after a quarter of an hour; whoever has just signed in has just shown it."""
        request = context.request
        records = get_authentication_records(request, request.user)
        last = max((record["at"] for record in records), default=0)
        return bool(time.time() - last > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets sealed, pictures drawn here, the last one kept where a post asks for one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy(
            "Your post asks for a second factor and this is the last. Set up another first, then remove this one."
        ),
    }

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Named by its user name: a phone's list of passkeys is read by whoever holds the phone."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.username}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth's name
        return _("Passkey %(number)s") % {"number": sum(one.type == type for one in factors_of(user)) + 1}

    def build_totp_svg(self, url: str) -> str:
        return str(segno.make(url, error="m", micro=False).svg_inline(scale=5, border=2))

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        account = authenticator.user
        if demanded_of(account, holdings_of(account)) is not Proof.SECOND_FACTOR:
            return True
        return len(factors_of(account)) > 1

    def encrypt(self, text: str) -> str:
        return sealing.secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.secret_box().decrypt(encrypted_text.encode()).decode()
