"""One's own sessions, phones and password, on and beside the page "me"."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base.access import tries
from wangge.base.problems import Problem
from wangge.domains.duty import actions, entry
from wangge.domains.duty.actions.sittings import id_of
from wangge.domains.duty.handsets import secret_of
from wangge.domains.duty.rules import LEAST
from wangge.domains.duty.words import DEVICES
from wangge.web.access import Asked, early, signed_in
from wangge.web.account.forms import MOST, WITHIN
from wangge.web.field.cards import day_hour
from wangge.web.problems import by_field


def sessions(request: Asked) -> list[dict[str, Any]]:
    """One's sessions: on what kind of device, last used when; the one in hand first."""
    found = [
        {
            "id": id_of(one.session_key), "kind": DEVICES.get(one.kind, DEVICES[""]), "seen": day_hour(one.seen_at),
            "here": one.session_key == request.session.session_key,
        }
        for one in entry.sittings_of(request.account)[:20]
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one["here"])


def phones(request: Asked) -> list[dict[str, Any]]:
    """The phones one is enrolled on."""
    here = {one.device_id for one in entry.enrolled(secret_of(request))}
    return [
        {
            "id": one.uuid, "kind": DEVICES.get(one.device.kind, DEVICES[""]), "since": day_hour(one.at),
            "here": one.device_id in here,
        }
        for one in entry.devices_of(request.account)
    ]  # fmt: skip


def phones_ended(request: Asked) -> list[dict[str, Any]]:
    """Phones that somebody else ended lately: one is told."""
    return [
        {"kind": DEVICES.get(one.device.kind, DEVICES[""]), "when": day_hour(one.device.ended_at)}
        for one in entry.ended_lately(request.account)
        if one.device.ended_at
    ]


@signed_in
@require_POST
def end_session(request: Asked, uuid: UUID) -> HttpResponse:
    """End one session; the one in hand is signed out."""
    actions.end_sitting(account=request.account, uuid=uuid, by=request.by)
    if request.session.session_key and id_of(request.session.session_key) == uuid:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("That session is over."))
    return redirect("me")


@signed_in
@require_POST
def end_other_sessions(request: Asked) -> HttpResponse:
    """End every session but the one in hand."""
    actions.end_others(account=request.account, keep=request.session.session_key or "", by=request.by)
    messages.success(request, _("All other sessions are over."))
    return redirect("me")


@signed_in
@require_POST
def end_phone(request: Asked, uuid: UUID) -> HttpResponse:
    """One's own phone is lost, or goes to somebody else."""
    one = entry.enrolment(request.account, uuid)
    here = str(one.device.uuid) == request.session.get("device")
    actions.end_device(enrolment=one, by=request.by)
    if here:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("That phone opens nothing any more."))
    return redirect("me")


@sensitive_post_parameters("old", "password")
@early
@require_http_methods(["GET", "HEAD", "POST"])
def change_secret(request: Asked) -> HttpResponse:
    """A new password or PIN."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            if not tries.take("again", request.account.pk, most=MOST, within=WITHIN):
                raise Problem("too_many_tries")
            typed = {name: request.POST.get(name, "") for name in ("old", "password")}
            actions.change_secret(account=request.account, old=typed["old"], new=typed["password"], by=request.by)
            tries.forget("again", request.account.pk)
            update_session_auth_hash(request, request.account)
            messages.success(request, _("The new password counts from now on."))
            return redirect("me")
        except Problem as problem:
            errors = by_field(problem)
    least = LEAST[entry.demanded_of(request.account, request.seats)]
    context = {"errors": errors, "least": least, "page_back": "/me/", "short": request.account.short_secret}
    return render(request, "wangge/account/secret.html", context, status=422 if errors else 200)
