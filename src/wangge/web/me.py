"""One's own page: posts, rights in sentences, what was offered."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wangge.domains.duty.actions import accept
from wangge.domains.duty.models import Holding
from wangge.domains.duty.queries import holdings_of, offered_to
from wangge.domains.duty.rules import PostKind, rights_of
from wangge.domains.duty.words import POSTS, RIGHTS
from wangge.domains.work.actions import accept_handover
from wangge.domains.work.models import HandOver
from wangge.domains.work.queries import offered
from wangge.web.access import Asked, signed_in


@signed_in
def me(request: Asked) -> HttpResponse:
    """Which posts one holds, what each lets one do, and which wait to be taken over."""
    seats = [
        {
            "post": holding.post, "kind": POSTS[holding.post.kind], "acting": holding.post.uuid == request.by.post,
            "rights": [RIGHTS[right] for right in sorted(rights_of(PostKind(holding.post.kind)))],
        }
        for holding in holdings_of(request.account)
    ]  # fmt: skip
    context = {"seats": seats, "offers": offered_to(request.account), "handovers": offered(request.account)}
    return render(request, "wangge/me.html", context)


@signed_in
@require_POST
def take_post(request: Asked, uuid: str) -> HttpResponse:
    """Accept an offered post, and with it the open work that was offered along."""
    holding = Holding.objects.get(uuid=uuid, account=request.account.pk)
    accept(holding=holding, by=request.by)
    for handover in HandOver.objects.filter(to_account=request.account.uuid, to_post=holding.post, accepted_at=None):
        accept_handover(handover=handover, account=request.account, by=request.by)
    return redirect("home")


@signed_in
@require_POST
def take_work(request: Asked, uuid: str) -> HttpResponse:
    """Accept doors that came over from another post."""
    handover = HandOver.objects.get(uuid=uuid)
    accept_handover(handover=handover, account=request.account, by=request.by)
    return redirect("home")
