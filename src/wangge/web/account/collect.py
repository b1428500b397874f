"""A phone's key for ODK Collect and other OpenRosa clients: made with a picture to scan, ended with one tap."""

import base64
import json
import zlib
from typing import Any
from uuid import UUID

import segno
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.field_keys import field_keys_of, make_field_key
from wangge.domains.duty.models import ApiToken
from wangge.domains.duty.tokens import LONGEST, end_token, in_use, read_token
from wangge.web.access import Asked, needs
from wangge.web.account import gate
from wangge.web.desk.forms import Typed
from wangge.web.tokens import QUARTER, SHOWN

SERVER = "/openrosa"
PROJECT = {"icon": "网", "color": "#1d2b44"}


class PhoneForm(Typed):
    """Which phone, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Which phone"), help_text=gettext_lazy("Such as “duty phone 3”. The name is only for you."),
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )  # fmt: skip
    expires_on = forms.CharField(label=gettext_lazy("Valid until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["expires_on"].widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}


def settings_of(*, server: str, username: str, password: str, name: str, language: str) -> str:
    """Collect's settings as its picture carries them: zlib-packed JSON in Base64.

    The phone keeps exactly the forms that are asked, sends what is finished at once, and sheds what was sent.
    """
    content = {
        "general": {
            "server_url": server, "username": username, "password": password, "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_fifteen_minutes", "autosend": "wifi_and_cellular",
            "delete_send": True, "constraint_behavior": "on_swipe", "analytics": False,
            "app_language": "zh" if language.startswith("zh") else "en",
        },
        "admin": {},
        "project": {"name": name, **PROJECT},
    }  # fmt: skip
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode()


def _form(typed: Any = None) -> PhoneForm:
    return PhoneForm(typed, initial={"expires_on": (clock.today() + QUARTER).isoformat()})


@needs(Right.WORK_DOORS)
@never_cache
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def collect(request: Asked) -> HttpResponse:
    """The account's phones with Collect, and a form for a new one; the picture is shown on this answer alone."""
    if gate.must_set_up(request):
        return redirect("mfa_index")
    if request.method != "POST":
        return _page(request, _form())
    form, sent = _form(request.POST), request.POST
    try:
        typed = read_token(name=sent.get("name", ""), expires_on=sent.get("expires_on", ""))
        key, password = make_field_key(account=request.account, typed=typed, by=request.by)
    except (Problem, Problems) as error:
        form.say(error)
        return _page(request, form, status=422)
    return _page(request, _form(), made=_made(request, key, password))


def _made(request: Asked, key: ApiToken, password: str) -> dict[str, str]:
    """What Collect needs, as a picture and to be typed."""
    server = request.build_absolute_uri(SERVER)
    text = settings_of(
        server=server, username=key.username, password=password, name=_("Wangge"), language=get_language() or "",
    )  # fmt: skip
    picture = segno.make(text, error="l", micro=False).svg_data_uri(scale=5, border=4)
    return {"name": key.name, "server": server, "username": key.username, "password": password, "picture": picture}


def _page(request: Asked, form: PhoneForm, status: int = 200, made: dict[str, str] | None = None) -> HttpResponse:
    rows = [{"key": one, "state": _state(one), "in_use": in_use(one)} for one in field_keys_of(request.account)[:SHOWN]]
    context = {"form": form, "rows": rows, "made": made, "page_back": reverse("me")}
    return render(request, "wangge/account/collect.html", context, status=status)


def _state(one: ApiToken) -> str:
    if in_use(one):
        return pgettext("token", "in use")
    return pgettext("token", "ended") if one.ended_at else pgettext("token", "run out")


@needs(Right.WORK_DOORS)
@require_POST
def end(request: Asked, uuid: UUID) -> HttpResponse:
    """The phone is lost or goes to somebody else: its Collect opens nothing any more."""
    key = end_token(account=request.account, uuid=uuid, by=request.by)
    messages.success(
        request,
        _("Collect on “%(name)s” is ended. What it had sent stays; it can send nothing more.") % {"name": key.name},
    )
    return redirect("collect")
