"""One post: who holds it, who answers, offering it to somebody, ending a holding."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty import actions, seating
from wangge.domains.duty.badges import office_of
from wangge.domains.duty.models import Holding, Post
from wangge.domains.duty.words import ROLES
from wangge.domains.places.queries import full_label
from wangge.domains.work.queries import open_count
from wangge.web.access import Asked, needs
from wangge.web.command.here import typed, uuid_of
from wangge.web.command.words import kind_of, since, who
from wangge.web.problems import by_field

MOST_FOUND = 20  # accounts a search shows; a longer list asks for more letters


@needs(Right.MANAGE_POSTS)
@require_safe
def post(request: Asked, uuid: UUID) -> HttpResponse:
    """Who answers now, what is in the post's hands, everybody who held it."""
    return page(request, seating.seat(request.by.scope(Right.MANAGE_POSTS), uuid))


def page(request: Asked, one: Post, problem: Problem | Problems | None = None) -> HttpResponse:
    text = typed(request, "q")
    seat = seating.seated([one])[0]
    found = list(seating.accounts_named(text)[: MOST_FOUND + 1])
    context = {
        "post": one, "kind": kind_of(one), "place": full_label(one.place), "hole": since(seat), "q": text,
        "answers": who(one, seat.answering), "holder": seat.holder, "open_doors": open_count(one), "new": uuid7(),
        "history": [_held(one, holding) for holding in seating.history(one)], "found": found[:MOST_FOUND],
        "too_many": len(found) > MOST_FOUND, "errors": by_field(problem) if problem else {},
        "page_back": reverse("posts"), "typed": request.POST, "office": office_of(one),
    }  # fmt: skip
    return render(request, "wangge/command/post.html", context, status=422 if problem else 200)


def _held(one: Post, holding: Holding) -> dict[str, Any]:
    """One line of a post's history. Only what still counts can be ended."""
    over = holding.ends is not None and holding.ends <= clock.now()
    state = _("offered, not accepted yet") if not holding.accepted_at else _("holds it now")
    return {
        "name": holding.account.name, "role": ROLES[holding.role], "offered": not holding.accepted_at,
        "starts": _day(holding.accepted_at or holding.starts),
        "ends": _day(holding.ends) if holding.ends else "", "state": _("over") if over else state,
        "end": "" if over else reverse("post-end", args=[one.uuid, holding.uuid]),
        "staff": "" if over or not holding.accepted_at else reverse("staff", args=[holding.account.uuid]),
        "invitation": reverse("post-invitation", args=[one.uuid, holding.uuid]) if _invited(holding, over) else "",
    }  # fmt: skip


def _invited(holding: Holding, over: bool) -> bool:
    """Whether somebody without an account waits for a code."""
    return not over and not holding.accepted_at and not holding.account.has_usable_password()


def _day(at: Any) -> str:
    local = localtime(at, clock.LOCAL)
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i')}"


@needs(Right.MANAGE_POSTS)
@require_POST
def offer(request: Asked, uuid: UUID) -> HttpResponse:
    """Offer the post; whoever holds it goes on until the other person accepts."""
    one = seating.seat(request.by.scope(Right.MANAGE_POSTS), uuid)
    deputy = request.POST.get("role") == Holding.Role.DEPUTY
    try:
        somebody = seating.account(uuid_of(request.POST.get("account", "")))
        actions.offer(
            post=one, account=somebody, by=request.by, role=Holding.Role.DEPUTY if deputy else Holding.Role.HOLDER,
            replaces=None if deputy else seating.holder(one), uuid=uuid_of(request.POST.get("uuid", "")),
        )  # fmt: skip
    except Problem as problem:
        return page(request, one, problem)
    said = _("Offered to %(name)s, who finds it under “My posts”. It counts once it is accepted.")
    messages.success(request, said % {"name": somebody.name})
    return redirect("post", uuid)


@needs(Right.MANAGE_POSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Asked, uuid: UUID, holding: UUID) -> HttpResponse:
    """End a holding, or take an offer back: first the sentence that says what happens to the open work."""
    scope = request.by.scope(Right.MANAGE_POSTS)
    one, chosen = seating.seat(scope, uuid), seating.holding(scope, holding)
    if request.method == "POST":
        actions.end(holding=chosen, by=request.by)
        said = _("%(name)s no longer holds %(post)s.") % {"name": chosen.account.name, "post": one.title}
        messages.success(request, said)
        return redirect("post", uuid)
    context = {
        "post": one, "holding": chosen, "open_doors": open_count(one), "page_back": reverse("post", args=[uuid]),
        "after": who(one, seating.answering_without(one, chosen)),
    }  # fmt: skip
    return render(request, "wangge/command/post_end.html", context)
