"""What every page knows: who is here, where they can go, whether this is a drill."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wangge.base.access.rights import Right
from wangge.domains.duty.handsets import secret_of
from wangge.domains.protocol.queries import drill


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as the head of the page names it."""

    title: str
    place_name: str


@dataclass(frozen=True, slots=True)
class Me:
    name: str
    posts: list[Seat]


#: One entry of the navigation, several pages.
PARTS = {"people": ("duplicates", "imports", "tables", "appeals"), "duplicates": ("imports",)}


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


def nav_items(request: HttpRequest) -> list[dict[str, Any]]:
    """Where this person's rights lead, the most used first."""
    by = request.by  # type: ignore[attr-defined]
    register = Right.OPEN_RECORD if by.may(Right.OPEN_RECORD) else Right.IMPORT_RECORDS
    items = [
        (Right.WORK_DOORS, "field", "list", _("Today")),
        (Right.TRACE, "cases", "chain", _("Cases")),
        (Right.CONFIRM_ORDERS, "orders", "check", _("Orders")),
        (Right.ENTER_RESULTS, "results", "tube", _("Results")),
        (Right.SEE_BOARD, "board", "board", _("Board")),
        (Right.ASK, "asks", "search", _("Asks")),
        (register, "people" if register is Right.OPEN_RECORD else "duplicates", "people", _("People")),
        (Right.IMPORT_RECORDS, "handed", "list", _("Lists from above")),
        (Right.ANSWER_REQUESTS, "requests", "file", _("Requests")),
        (Right.OPEN_RECORD, "returns", "home", _("Coming back")),
        (Right.KEEP_VENUES, "venues", "shop", _("Venues")),
        (Right.KEEP_CHECKPOINT, "checkpoints", "shop", _("Checkpoints")),
        (Right.MANAGE_POSTS, "posts", "person", _("Posts")),
        (Right.TAKE_RISK_LISTS, "risk", "map-pin", _("Risk areas")),
        (Right.OPEN_RESPONSE, "responses", "warning", _("Responses")),
        (Right.AUDIT, "log", "lock", _("Log")),
    ]
    found = [_item(request, name, icon, label) for right, name, icon, label in items if by.may(right)]
    if found:  # on the stairs the rule is under the thumb; elsewhere it follows the work
        found.insert(1 if by.may(Right.WORK_DOORS) else len(found), _item(request, "rule", "info", _("Today's rule")))
    return found


def _item(request: HttpRequest, name: str, icon: str, label: str) -> dict[str, Any]:
    try:
        url = reverse(name)
    except NoReverseMatch:
        url = "/"
    under = [url, *(reverse(part) for part in PARTS.get(name, ()))] if url != "/" else []
    current = any(request.path.startswith(one) for one in under)
    return {"url": url, "icon": icon, "label": label, "current": current}
