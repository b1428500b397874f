"""The codes a phone carries: the secrets of their links, in a signed cookie that no script reads."""

import json
from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.domains.codes import queries
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.rules import LINK_FOR, Consent

P = ParamSpec("P")
COOKIE = "wangge_codes"
MOST = 8  # codes on one phone
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def where_in_use(view: View[P]) -> View[P]:
    """Where no open Response has codes, every address says that they are not in use. Whoever carries one that opens is
    told by it alone: nothing else is asked in the hour when everybody opens theirs."""

    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not links(request) and not queries.with_codes():
            return render(request, "wangge/resident/codes_none.html", {"codes_off": True}, status=404)
        return view(request, *args, **kwargs)

    update_wrapper(asked, view)
    return asked


def carried(request: HttpRequest) -> list[str]:
    """The secrets this phone holds; none where the cookie was not made here."""
    try:
        found = json.loads(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))
    except (signing.BadSignature, ValueError):
        return []
    return [str(one) for one in found][:MOST]


def keep(answer: HttpResponse, secrets: list[str]) -> HttpResponse:
    answer.set_cookie(
        COOKIE, signing.dumps(json.dumps(secrets), salt=COOKIE), max_age=int(LINK_FOR.total_seconds()), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path=reverse("codes"),
    )  # fmt: skip
    return answer


def links(request: HttpRequest) -> dict[str, CodeLink]:
    """The links of this phone that still open something, by their secret; looked up once for a request."""
    known: dict[str, CodeLink] | None = getattr(request, "code_links", None)
    if known is None:
        secrets = carried(request)
        found = queries.links_of(secrets) if secrets else {}
        known = {secret: link for secret, link in found.items() if queries.in_use(link.response)}
        request.code_links = known  # type: ignore[attr-defined]
    return known


def link(request: HttpRequest, uuid: UUID) -> CodeLink:
    """One of them. Raises CodeLink.DoesNotExist, also for a link of another phone."""
    for one in links(request).values():
        if one.uuid == uuid:
            return one
    raise CodeLink.DoesNotExist


def own(one: CodeLink) -> bool:
    """Whether this is the person's own phone."""
    return one.consent == Consent.OWN
