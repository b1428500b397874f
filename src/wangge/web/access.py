"""Who is asking, and what they may do here. Every page but sign-in needs a right held now."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for

P = ParamSpec("P")
POST_KEY = "acting_post"


class Asked(HttpRequest):
    """A request by somebody signed in: ``account`` and ``by`` are there."""

    account: Account
    by: By


View = Callable[Concatenate[Asked, P], HttpResponse]


class RightsMiddleware:
    """Puts ``account`` and ``by`` on the request; rights are read from the posts held at this moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Any, request)
        asked.account = SimpleLazyObject(lambda: request.user)
        asked.by = SimpleLazyObject(lambda: _by(request))
        return self.get_response(request)


def _by(request: HttpRequest) -> By:
    if not request.user.is_authenticated:
        return By(account=None, post=None)
    chosen = request.session.get(POST_KEY)
    return by_for(request.user, UUID(chosen) if chosen else None)


def needs(*rights: Right) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in who holds one of these rights anywhere; the view's query narrows to where. Nobody signed in: sign in."""

    def around(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            asked = cast(Asked, request)
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
