"""Tokens of one's own account for other systems: made with their day of expiry, shown once, ended with one tap."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.models import ApiToken
from wangge.domains.duty.tokens import LONGEST, end_token, in_use, make_token, read_token, tokens_of
from wangge.domains.duty.words import RIGHTS
from wangge.web.access import Asked, signed_in
from wangge.web.account import gate
from wangge.web.desk.forms import Typed

SHOWN = 50  # ended tokens stay in the list, the latest first
QUARTER = timedelta(days=90)


class TokenForm(Typed):
    """Which system, until when, and only for which of one's rights."""

    name = forms.CharField(
        label=gettext_lazy("Which system will use it"),
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )
    expires_on = forms.CharField(label=gettext_lazy("Valid until"), widget=forms.DateInput(attrs={"type": "date"}))
    rights = forms.CharField(
        label=gettext_lazy("Only for"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("Choose what the system needs. Without a choice it may do all that you may."),
    )  # fmt: skip

    def __init__(self, rights: Sequence[Right], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].widget.choices = [(right.value, RIGHTS[right]) for right in rights]
        today = clock.today()
        self.fields["expires_on"].widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}


def _form(request: Asked, typed: Any = None) -> TokenForm:
    held = [right for right in Right if request.by.may(right)]
    return TokenForm(held, typed, initial={"expires_on": (clock.today() + QUARTER).isoformat()})


@signed_in
@never_cache
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def tokens(request: Asked) -> HttpResponse:
    """The account's tokens, and a form for a new one; what was just made is shown on this answer alone.

    A token outlives the session and the phone it was made on: the password is asked for again, and nobody makes one
    who still owes a second factor.
    """
    if gate.must_set_up(request):
        return redirect("mfa_index")
    if request.method != "POST":
        return _page(request, _form(request))
    form, sent = _form(request, request.POST), request.POST
    try:
        typed = read_token(
            name=sent.get("name", ""), expires_on=sent.get("expires_on", ""), rights=sent.getlist("rights")
        )
        token, secret = make_token(account=request.account, typed=typed, by=request.by)
    except (Problem, Problems) as error:
        form.say(error)
        return _page(request, form, status=422)
    return _page(request, _form(request), made=token, secret=secret)


def _page(
    request: Asked, form: TokenForm, status: int = 200, made: ApiToken | None = None, secret: str = ""
) -> HttpResponse:
    rows = [_row(one) for one in tokens_of(request.account)[:SHOWN]]
    context = {"form": form, "rows": rows, "made": made, "secret": secret, "page_back": reverse("me")}
    return render(request, "wangge/tokens.html", context, status=status)


def _row(one: ApiToken) -> dict[str, Any]:
    rights = [str(RIGHTS[right]) for right in one.rights if right in RIGHTS]
    return {"token": one, "rights": rights, "state": _state(one), "in_use": in_use(one)}


def _state(one: ApiToken) -> str:
    if in_use(one):
        return pgettext("token", "in use")
    return pgettext("token", "ended") if one.ended_at else pgettext("token", "run out")


@signed_in
@require_POST
def end(request: Asked, uuid: UUID) -> HttpResponse:
    """End one of the account's tokens."""
    token = end_token(account=request.account, uuid=uuid, by=request.by)
    messages.success(
        request, _("The token “%(name)s” is ended. The system that used it is refused.") % {"name": token.name}
    )
    return redirect("tokens")
