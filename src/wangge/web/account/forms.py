"""Forms of second factors: allauth's, with our words and our count of tries."""

from datetime import timedelta
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from cryptography.fernet import InvalidToken
from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.base.access import tries
from wangge.base.problems import Problem
from wangge.web.account.adapter import WRONG_CODE
from wangge.web.problems import sentence

MOST, WITHIN = 5, timedelta(minutes=15)
#: Set up with another secret than the key file holds now; ``wangge check`` says so.
UNREADABLE = _("Your second factor cannot be read here any more. Ask for a way in.")
USED_FOR = timedelta(minutes=3)  # longer than any code of an app is taken
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "maxlength": 20}


def code_field() -> forms.CharField:
    """Six digits of an app, or a recovery code."""
    required = {"required": _("Type the code.")}
    return forms.CharField(label=_("Code"), widget=forms.TextInput(attrs=CODE), error_messages=required)


class Counted:
    """Five wrong codes within a quarter of an hour close the way for its rest; a code of an app is taken once."""

    user: Any

    def clean_code(self) -> str:
        if not tries.take("second-factor", self.user.pk, most=MOST, within=WITHIN):
            raise forms.ValidationError(sentence(Problem("too_many_tries")))
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except InvalidToken as error:  # another secret than the one it was set up with; ``wangge check`` says so
            raise forms.ValidationError(
                _("Your second factor cannot be read here any more. Ask for a way in.")
            ) from error
        if not tries.take("used", f"{self.user.pk}:{code}", most=1, within=USED_FOR):
            raise forms.ValidationError(WRONG_CODE)
        tries.forget("second-factor", self.user.pk)
        return code


class CodeForm(Counted, AuthenticateForm):  # type: ignore[misc]
    code = code_field()


class CodeAgainForm(Counted, ReauthenticateForm):  # type: ignore[misc]
    code = code_field()


class NewAppForm(Counted, ActivateTOTPForm):  # type: ignore[misc]
    code = code_field()


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey can sign in by itself: the device asks for face, finger or PIN."""

    name = forms.CharField(label=_("Name, to know it again"), required=False, max_length=60)
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)
