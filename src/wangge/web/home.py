"""The way from the front door to the page one works on."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.domains.duty.handsets import kind_of
from wangge.domains.duty.queries import holdings_of, starts_at_doors
from wangge.web.access import POST_KEY, Asked, signed_in
from wangge.web.context import nav_items
from wangge.web.phone.files import built

PHONES = ("android", "iphone")


@signed_in
def home(request: Asked) -> HttpResponse:
    """To the first page this person's rights lead to; without any, to what they can do about it.

    Whoever works at doors sees the card for a first shift before the first door; with a phone in hand they work in the
    app, which needs no network.
    """
    if starts_at_doors(request.account):
        return redirect("first-shift")
    if request.by.may(Right.WORK_DOORS) and kind_of(request) in PHONES and built():
        return redirect("phone")
    items = nav_items(request)
    return redirect(items[0]["url"] if items and items[0]["url"] != "/" else "me")


@signed_in
@require_POST
def act_in(request: Asked) -> HttpResponse:
    """Choose the post one acts in, among those held."""
    for holding in holdings_of(request.account):
        if str(holding.post.uuid) == request.POST.get("post"):
            request.session[POST_KEY] = str(holding.post.uuid)
    return redirect("me")
