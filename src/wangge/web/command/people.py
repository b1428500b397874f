"""Who holds one's posts: invited, on which phones, let in again when the way in is lost."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.duty import actions, entry, seating
from wangge.domains.duty.inputs import read_newcomer
from wangge.domains.duty.models import Holding, Post
from wangge.domains.duty.rules import ENROL_FOR, INVITE_FOR, RECOVER_FOR
from wangge.domains.duty.words import DEVICES
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.command.post import page
from wangge.web.field.cards import day_hour


def spaced(code: str) -> str:
    """In fours, as it is read aloud."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _shown(request: HttpRequest, code: str, name: str, **context: Any) -> HttpResponse:
    """A code on the screen, to be scanned, printed or read aloud; shown once."""
    address = request.build_absolute_uri(reverse(name, args=[code] if name != "recover" else None))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=2)
    context |= {"code": spaced(code), "address": address, "picture": picture, "what": name}
    return render(request, "wangge/command/code.html", context)


@needs(Right.MANAGE_POSTS)
@require_POST
@never_cache
def invite(request: Asked, uuid: UUID) -> HttpResponse:
    """Offer the post to somebody who has no account yet."""
    one = seating.seat(request.by.scope(Right.MANAGE_POSTS), uuid)
    deputy = request.POST.get("role") == Holding.Role.DEPUTY
    try:
        who = read_newcomer(name=request.POST.get("name", ""), phone=request.POST.get("phone", ""))
        holding, code = actions.invite(
            post=one, who=who, by=request.by, role=Holding.Role.DEPUTY if deputy else Holding.Role.HOLDER,
            ends=_until(request), replaces=None if deputy else seating.holder(one),
            uuid=uuid_of(request.POST.get("uuid", "")),
        )  # fmt: skip
    except (Problem, Problems) as problem:
        return page(request, one, problem)
    return _invitation(request, one, holding, code)


def _until(request: Asked) -> datetime | None:
    """The end of a civil day, if one was typed."""
    typed = request.POST.get("until", "")
    try:
        return clock.end_of(date.fromisoformat(typed)) if typed else None
    except (ValueError, OverflowError) as error:
        raise Problem("end_passed", field="until") from error


def _invitation(request: Asked, post: Post, holding: Holding, code: str) -> HttpResponse:
    return _shown(
        request, code, "invited-code", post=post, who=holding.account, until=day_hour(clock.now() + INVITE_FOR),
        page_back=reverse("post", args=[post.uuid]),
    )  # fmt: skip


@needs(Right.MANAGE_POSTS)
@require_POST
@never_cache
def invitation(request: Asked, uuid: UUID, holding: UUID) -> HttpResponse:
    """A new code for an invitation that waits."""
    scope = request.by.scope(Right.MANAGE_POSTS)
    one, offer = seating.seat(scope, uuid), seating.holding(scope, holding)
    return _invitation(request, one, offer, actions.renew_invitation(holding=offer, by=request.by))


@needs(Right.MANAGE_POSTS)
@require_safe
@never_cache
def person(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody who holds one of one's posts: phones, and a way in again."""
    who = entry.account_held(request.by, uuid)
    context = {
        "who": who, "posts": entry.posts_of(who, request.by.scope(Right.MANAGE_POSTS)),
        "phones": [
            {"id": one.uuid, "kind": DEVICES.get(one.device.kind, DEVICES[""]), "since": day_hour(one.at)}
            for one in entry.devices_of(who)
        ],
        "on_phone": entry.needs_device(who), "above": entry.is_above(request.by, who), "helper": entry.helper(who),
        "asked": entry.asked(who), "page_back": reverse("posts"),
    }  # fmt: skip
    return render(request, "wangge/command/staff.html", context)


@needs(Right.MANAGE_POSTS)
@require_POST
@never_cache
def enrol_phone(request: Asked, uuid: UUID) -> HttpResponse:
    """A code, valid for ten minutes, with which this person enrols the phone in hand."""
    who = entry.account_held(request.by, uuid)
    code = actions.offer_enrolment(account=who, by=request.by)
    return _shown(
        request, code, "enrol-code", who=who, until=day_hour(clock.now() + ENROL_FOR),
        page_back=reverse("staff", args=[uuid]),
    )  # fmt: skip


@needs(Right.MANAGE_POSTS)
@require_POST
def end_phone(request: Asked, uuid: UUID, enrolment: UUID) -> HttpResponse:
    """One tap ends a lost phone; whoever used it is told."""
    who = entry.account_held(request.by, uuid)
    actions.end_device(enrolment=entry.enrolment(who, enrolment), by=request.by)
    messages.success(request, _("The phone opens nothing any more. %(name)s is told.") % {"name": who.name})
    return redirect("staff", uuid)


@needs(Right.MANAGE_POSTS)
@require_POST
@never_cache
def let_in(request: Asked, uuid: UUID) -> HttpResponse:
    """A one-time code for somebody below whom one has looked at or called."""
    who = entry.account_held(request.by, uuid)
    code = actions.give_recovery(account=who, by=request.by)
    return _shown(
        request, code, "recover", who=who, until=day_hour(clock.now() + RECOVER_FOR),
        page_back=reverse("staff", args=[uuid]),
    )  # fmt: skip


def waiting(request: Asked) -> list[dict[str, Any]]:
    """Who asks to get in again, with their post, for the page of posts."""
    return [
        {
            "who": one.account, "since": day_hour(one.asked_at), "given": bool(one.given_at),
            "posts": entry.posts_of(one.account, request.by.scope(Right.MANAGE_POSTS)),
        }
        for one in entry.recoveries(request.by)
    ]  # fmt: skip


@needs(Right.MANAGE_POSTS)
@require_POST
def office(request: Asked, uuid: UUID) -> HttpResponse:
    """The number residents are told to call about this post."""
    one = seating.seat(request.by.scope(Right.MANAGE_POSTS), uuid)
    actions.set_office_phone(post=one, phone=request.POST.get("phone", ""), by=request.by)
    messages.success(request, _("The number stands on badges from now on."))
    return redirect("post", uuid)
