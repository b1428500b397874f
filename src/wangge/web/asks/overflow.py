"""What does not fit a post's day: how much, who beside it has room, and the level above decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.domains.asking.actions import decide_overflow
from wangge.domains.asking.models import Overflow
from wangge.domains.asking.queries import days as reads
from wangge.domains.asking.words import OVERFLOWS
from wangge.domains.duty.queries import answers_for
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept
from wangge.web.desk.words import day

PAGE = 25


@needs(Right.ASK)
@require_safe
def overflows(request: Asked) -> HttpResponse:
    """What waits for a decision first; who may not decide sees who does."""
    page = Paginator(reads.overflows(request.by), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    posts = reads.titles_of(found)
    rows = [_row(one, posts, request) for one in found]
    return render(request, "wangge/asks/overflow.html", {"rows": rows, "page": page, "keep": kept(request)})


def _row(one: Overflow, posts: dict[str, str], request: Asked) -> dict[str, Any]:
    shares = [{"post": posts[share["post"]], "doors": share["doors"]} for share in one.proposal]
    return {
        "uuid": one.uuid, "post": one.post.title, "above": one.to_post.title, "day": day(one.day), "doors": one.doors,
        "hours": round(one.minutes / 60, 1), "room": round(one.room / 60, 1), "shares": shares,
        "left": one.doors - sum(share["doors"] for share in shares), "state": OVERFLOWS[one.state],
        "waits": one.state == Overflow.State.PROPOSED,
        "mine": one.state == Overflow.State.PROPOSED and answers_for(request.by.account, {one.to_post_id}),
    }  # fmt: skip


@needs(Right.ASK)
@require_POST
def decide(request: Asked, uuid: UUID) -> HttpResponse:
    """``take`` 'yes' offers the doors as proposed, 'no' leaves them where they are."""
    one = reads.overflow(request.by, uuid)
    done = decide_overflow(overflow=one, accept=request.POST.get("take") == "yes", by=request.by)
    messages.success(request, _("%(post)s: %(state)s.") % {"post": one.post.title, "state": OVERFLOWS[done.state]})
    return redirect("overflows")
