"""Who is asking, and what they may do here. Every page but sign-in needs a right held now."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.domains.duty.models import Account, Holding
from wangge.domains.duty.queries import by_of, holdings_of
from wangge.web.account import gate

P = ParamSpec("P")
POST_KEY = "acting_post"


class Asked(HttpRequest):
    """A request by somebody signed in: ``account``, the holdings in force (``seats``) and ``by`` are there."""

    account: Account
    seats: list[Holding]
    by: By


View = Callable[Concatenate[Asked, P], HttpResponse]


class RightsMiddleware:
    """Puts ``account`` and ``by`` on the request; rights are read from the posts held at this moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Any, request)
        asked.account = SimpleLazyObject(lambda: request.user)
        asked.seats = SimpleLazyObject(lambda: _seats(request))
        asked.by = SimpleLazyObject(lambda: _by(asked))
        answer = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # no browser or proxy keeps what somebody signed in sees
            answer.headers.setdefault("Cache-Control", "no-store, private")
        return answer


def _seats(request: HttpRequest) -> list[Holding]:
    return list(holdings_of(request.user)) if request.user.is_authenticated else []


def _by(request: Any) -> By:
    if not request.user.is_authenticated:
        return By(account=None, post=None)
    chosen = request.session.get(POST_KEY)
    return by_of(request.user, request.seats, UUID(chosen) if chosen else None)


def needs(
    *rights: Right, early: bool = False
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in who holds one of these rights anywhere; the view's query narrows to where. Nobody signed in: sign in.

    ``early``: also while the second factor that a post asks for is not set up yet.
    """

    def around(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            asked = cast(Asked, request)
            if not early and (elsewhere := gate.stop(asked)):
                return elsewhere
            if rights and not any(asked.by.may(right) for right in rights):
                raise NotAllowed(rights[0])
            return view(asked, *args, **kwargs)

        update_wrapper(guarded, view)
        guarded.needs = rights  # type: ignore[attr-defined]  # read by the test that walks every address
        return guarded

    return around


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in whoever is signed in, with or without a post."""
    return needs()(view)


def early(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in whoever is signed in, also before the second factor is set up: the pages that set it up."""
    return needs(early=True)(view)
