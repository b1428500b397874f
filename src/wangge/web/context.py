"""What every page knows: who is here, where they can go, whether this is a drill."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

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


#: Where the pages lead, the most used first: any of the rights opens one, and of two entries of a page
#: the first counts. Who may open a record finds people by it;
#: who only takes files in finds those who may be the same.
ITEMS: tuple[tuple[tuple[Right, ...], str, str, Any], ...] = (
    ((Right.WORK_DOORS,), "field", "list", _("Today")),
    ((Right.SIGN_MEDICAL,), "doctor", "phone", _("To call")),
    ((Right.TRACE,), "cases", "chain", _("Cases")),
    ((Right.CONFIRM_ORDERS,), "orders", "check", _("Orders")),
    ((Right.SIGN_MEDICAL, Right.OPEN_RECORD, Right.WORK_DOORS), "isolation", "home", _("In isolation")),
    ((Right.PLAN_TRANSFER,), "transfer", "hand-over", _("Transfers")),
    ((Right.HAND_OVER,), "hands", "hand-over", _("Hand-overs")),
    ((Right.ENTER_RESULTS,), "results", "tube", _("Results")),
    ((Right.SEE_BOARD,), "board", "board", _("Board")),
    ((Right.SEE_BOARD,), "zones", "map-pin", _("Zones")),
    ((Right.SEE_BOARD, Right.SIGN_MEDICAL), "silent", "clock", _("Not reported")),
    ((Right.ASK,), "asks", "search", _("Asks")),
    ((Right.OPEN_RECORD,), "people", "people", _("People")),
    ((Right.IMPORT_RECORDS,), "duplicates", "people", _("People")),
    ((Right.IMPORT_RECORDS,), "handed", "list", _("Lists from above")),
    ((Right.ANSWER_REQUESTS,), "requests", "file", _("Requests")),
    ((Right.ANSWER_CALLS,), "help-requests", "people", _("Help")),
    ((Right.ANSWER_CALLS,), "helpline", "phone", _("Helpline")),
    ((Right.OPEN_RECORD,), "returns", "home", _("Coming back")),
    ((Right.ANSWER_CALLS,), "doctor", "phone", _("To call")),
    ((Right.KEEP_VENUES,), "venues", "shop", _("Venues")),
    ((Right.KEEP_SENSORS,), "sensors", "door", _("Door sensors")),
    ((Right.KEEP_CHECKPOINT,), "checkpoints", "shop", _("Checkpoints")),
    ((Right.SEND_MESSAGES,), "messages", "file", _("Messages")),
    ((Right.ANSWER_CALLS, Right.WORK_DOORS), "calls", "phone", _("Call list")),
    ((Right.WORK_DOORS, Right.ANSWER_CALLS), "medicine", "plus", _("Medicine")),
    ((Right.KEEP_SUPPLIES,), "supplies", "shop", _("Supplies")),
    ((Right.MANAGE_POSTS,), "posts", "person", _("Posts")),
    ((Right.TAKE_RISK_LISTS,), "risk", "map-pin", _("Risk areas")),
    ((Right.OPEN_RESPONSE,), "responses", "warning", _("Responses")),
    ((Right.AUDIT,), "log", "lock", _("Log")),
)


def nav_items(request: HttpRequest) -> list[dict[str, Any]]:
    """Where this person's rights lead, the most used first."""
    by = request.by  # type: ignore[attr-defined]
    open_: dict[str, tuple[str, Any]] = {}
    for rights, name, icon, label in ITEMS:
        if any(by.may(right) for right in rights):
            open_.setdefault(name, (icon, label))
    if by.may(Right.OPEN_RECORD):
        open_.pop("duplicates", None)
    found = [_item(request, name, icon, label) for name, (icon, label) in open_.items()]
    if found:  # on the stairs the rule is under the thumb; elsewhere it follows the work
        found.insert(1 if by.may(Right.WORK_DOORS) else len(found), _item(request, "rule", "info", _("Today's rule")))
    return found


def _item(request: HttpRequest, name: str, icon: str, label: Any) -> dict[str, Any]:
    try:
        url = reverse(name)
    except NoReverseMatch:
        url = "/"
    under = [url, *(reverse(part) for part in PARTS.get(name, ()))] if url != "/" else []
    current = any(request.path.startswith(one) for one in under)
    return {"url": url, "icon": icon, "label": label, "current": current}
