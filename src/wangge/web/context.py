"""What every page knows: who is here, where they can go, whether this is a drill."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wangge.domains.duty.handsets import secret_of
from wangge.domains.protocol.queries import drill
from wangge.web.navigation import nav_items


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as the head of the page names it."""

    title: str
    place_name: str


@dataclass(frozen=True, slots=True)
class Me:
    name: str
    posts: list[Seat]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. An error page must not fail again: without a session it knows nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None, "nav_items": [], "drill": drill()}
    posts = [holding.post for holding in request.seats]  # type: ignore[attr-defined]
    acting = request.by.post  # type: ignore[attr-defined]
    posts.sort(key=lambda post: post.uuid != acting)
    me = Me(user.name, [Seat(post.title, post.place.name) for post in posts])
    shared = bool(secret_of(request))
    return {"me": me, "nav_items": nav_items(request), "drill": drill(), "on_shared_phone": shared}
