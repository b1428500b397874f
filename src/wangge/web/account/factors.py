"""Second factors: allauth's pages in our frame. Only what is named here has an address."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access import tries
from wangge.base.problems import Problem
from wangge.domains.duty.actions import factor_changed
from wangge.domains.duty.entry import factors_of
from wangge.domains.duty.rules import Proof
from wangge.web.access import Asked, early
from wangge.web.account import gate
from wangge.web.account.adapter import FactorAdapter
from wangge.web.account.forms import MOST, WITHIN
from wangge.web.problems import sentence

AT = "wangge/account/"


class Noted:
    """What came or went goes on record with it; a factor just set up was shown in this session."""

    kind, added = "totp", True
    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            factor_changed(account=self.request.user, kind=self.kind, added=self.added, by=self.request.by)
        if self.added and self.kind != "recovery_codes":
            gate.show(self.request, Proof.SECOND_FACTOR)
        return answer


class NewApp(Noted, ActivateTOTPView):  # type: ignore[misc]
    template_name = AT + "app_new.html"


class RemoveApp(Noted, DeactivateTOTPView):  # type: ignore[misc]
    template_name, added = AT + "app_remove.html", False


class NewCodes(Noted, GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name, kind = AT + "codes_new.html", "recovery_codes"


class AddPasskey(Noted, AddWebAuthnView):  # type: ignore[misc]
    kind = "webauthn"
    template_name = AT + "passkey_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asked for as a passkey from the first: it signs in by itself."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}


class RemovePasskey(Noted, RemoveWebAuthnView):  # type: ignore[misc]
    kind, added = "webauthn", False
    template_name = AT + "passkey_remove.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """The last factor stays where a post asks for one."""
        if not FactorAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(FactorAdapter.error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_index")
        return super().form_valid(form)


class PasswordAgain(ReauthenticateView):  # type: ignore[misc]
    template_name = AT + "again.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A session that was left open must not be a place to guess the password."""
        if not tries.take("again", request.user.pk, most=MOST, within=WITHIN):
            messages.error(request, sentence(Problem("too_many_tries")))
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        tries.forget("again", self.request.user.pk)
        return super().form_valid(form)


second = AuthenticateView.as_view(template_name=AT + "second.html")
passkey_sign_in = LoginWebAuthnView.as_view(template_name=AT + "second.html")
app_new = early(NewApp.as_view())
app_remove = early(RemoveApp.as_view())
codes = early(ViewRecoveryCodesView.as_view(template_name=AT + "codes.html"))
codes_new = early(NewCodes.as_view())
passkey_new = early(AddPasskey.as_view())
passkey_remove = early(RemovePasskey.as_view())
again = early(PasswordAgain.as_view())
again_code = early(CodeAgainView.as_view(template_name=AT + "again.html"))
again_passkey = early(ReauthenticateWebAuthnView.as_view(template_name=AT + "again_passkey.html"))


@early
@require_safe
def security(request: Asked) -> HttpResponse:
    """What is set up, and what one's posts ask for."""
    factors = factors_of(request.account)
    context = {
        "must": gate.must_set_up(request), "may_wait": bool(request.session.get(gate.FIRST)),
        "app": next((one for one in factors if one.type == "totp"), None),
        "passkeys": [one for one in factors if one.type == "webauthn"], "any": bool(factors),
        "page_back": "/me/",
    }  # fmt: skip
    return render(request, AT + "security.html", context)


@early
@require_POST
def later(request: Asked) -> HttpResponse:
    """Setting up may wait until the first session is over, and no longer."""
    if request.session.get(gate.FIRST):
        request.session[gate.LATER] = True
        return redirect("home")
    return redirect("mfa_index")
