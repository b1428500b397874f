"""The badge that anybody may check, without an account: by the picture or by the number read aloud."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base.problems import Problem
from wangge.domains.duty import badges
from wangge.domains.duty.models import Account
from wangge.domains.duty.words import POSTS
from wangge.web.account import guessing
from wangge.web.problems import sentence

MOST = 30  # wrong ones of one address in a quarter of an hour


def shown(request: HttpRequest, account: Account) -> dict[str, str]:
    """The picture and the number of today, for one's own page and the printed sheet."""
    address = request.build_absolute_uri(reverse("badge", args=[badges.code_of(account)]))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2)
    return {"picture": picture, "number": badges.number_of(account)}


@never_cache
@require_safe
def badge(request: HttpRequest, text: str = "") -> HttpResponse:
    """Valid today, or not: then tell this person nothing."""
    text = text or request.GET.get("number", "")
    if not text:
        return render(request, "wangge/account/badge.html", {})
    try:
        guessing.check(request, "badge", most=MOST)
    except Problem as problem:
        return render(request, "wangge/account/badge.html", {"problem": sentence(problem)}, status=429)
    found = badges.check(text)
    if not found.valid:
        guessing.wrong(request, "badge", most=MOST)
    context: dict[str, Any] = {
        "badge": found, "posts": [(POSTS[kind], title, place) for kind, title, place in found.posts],
        "hotline": badges.HOTLINE, "title": _("Valid today") if found.valid else _("Not valid"),
    }  # fmt: skip
    return render(request, "wangge/account/badge.html", context, status=200 if found.valid else 404)
