"""One's own page: the badge, posts and rights in sentences, what was offered, sessions and phones."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.domains.duty import entry
from wangge.domains.duty.badges import office_of
from wangge.domains.duty.handsets import secret_of
from wangge.domains.duty.models import Holding
from wangge.domains.duty.queries import offered_to
from wangge.domains.duty.rules import PostKind, rights_of
from wangge.domains.duty.words import POSTS, RIGHTS
from wangge.domains.places.queries import full_label
from wangge.domains.work.actions import accept_handover, take_post
from wangge.domains.work.models import HandOver
from wangge.domains.work.queries import offered
from wangge.web.access import Asked, signed_in
from wangge.web.account import badge, mine
from wangge.web.field.cards import day_hour
from wangge.web.signs import phrases


@signed_in
@never_cache
def me(request: Asked) -> HttpResponse:
    """Which posts one holds, what each lets one do, and which wait to be taken over."""
    seats = [_seat(request, holding) for holding in request.seats]
    context = {
        "seats": seats, "offers": offered_to(request.account), "handovers": offered(request.account),
        "badge": badge.shown(request, request.account) if seats else None, "sessions": mine.sessions(request),
        "phones": mine.phones(request), "phones_ended": mine.phones_ended(request),
        "over": None if seats else _over(request), "demo": entry.waived(request.account),
        "factors": len(entry.factors_of(request.account)), "shared": bool(secret_of(request)),
        "collect": request.by.may(Right.WORK_DOORS),
    }  # fmt: skip
    return render(request, "wangge/me.html", context)


def _seat(request: Asked, holding: Holding) -> dict[str, Any]:
    """A post, and one sentence that says where, until when and what it lets one do."""
    kind = PostKind(holding.post.kind)
    words = phrases(RIGHTS[right] for right in sorted(rights_of(kind)))
    values = {"post": holding.post.title, "place": holding.post.place.name, "rights": words}
    if not words:
        said = _("As %(post)s you are known to the people at %(place)s; no page is needed for it.") % values
    else:
        said = _("As %(post)s you can, at %(place)s: %(rights)s.") % values
    until = day_hour(holding.ends) if holding.ends else ""
    return {
        "post": holding.post, "kind": POSTS[kind], "acting": holding.post.uuid == request.by.post, "said": said,
        "until": until, "deputy": holding.role == Holding.Role.DEPUTY,
    }  # fmt: skip


def _over(request: Asked) -> dict[str, Any]:
    """Why somebody without a post sees nothing, and whom to ask."""
    last = entry.last_held(request.account)
    if last is None or last.ends is None:
        return {}
    above = last.post.parent
    return {
        "post": last.post.title, "place": full_label(last.post.place), "when": day_hour(last.ends),
        "above": above.title if above else "", "office": office_of(last.post),
    }  # fmt: skip


@signed_in
@require_POST
def take_offered(request: Asked, uuid: str) -> HttpResponse:
    """Accept an offered post, and with it the open work that was offered along."""
    take_post(holding=Holding.objects.get(uuid=uuid, account=request.account.pk), by=request.by)
    return redirect("home")


@signed_in
@require_POST
def take_work(request: Asked, uuid: str) -> HttpResponse:
    """Accept doors that came over from another post."""
    handover = HandOver.objects.get(uuid=uuid)
    accept_handover(handover=handover, account=request.account, by=request.by)
    return redirect("home")
