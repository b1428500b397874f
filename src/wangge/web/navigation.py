"""Where the pages lead: what is used most stands under the thumb, the rest is sorted by what it is about."""

from enum import IntEnum
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.base.access.rights import Right

THUMB = 4  # entries that a phone shows without a tap; parts/nav.html counts alike
FEW = 8  # so many need no headings


class Group(IntEnum):
    """What an entry is about, in the order in which the groups stand."""

    CARE = 1
    PEOPLE = 2
    PLACES = 3
    OFFICE = 4


HEADS = {
    Group.CARE: pgettext_lazy("navigation", "Care"),
    Group.PEOPLE: pgettext_lazy("navigation", "People and lists"),
    Group.PLACES: pgettext_lazy("navigation", "Doors and places"),
    Group.OFFICE: pgettext_lazy("navigation", "Office"),
}
#: One entry of the navigation, several pages.
PARTS = {"people": ("duplicates", "imports", "tables", "appeals"), "duplicates": ("imports",)}

#: The most used first: any of the rights opens one, and of two entries of a page the first counts. Who may open a
#: record finds people by it; who only takes files in finds those who may be the same.
ITEMS: tuple[tuple[tuple[Right, ...], str, str, Any, Group], ...] = (
    ((Right.WORK_DOORS,), "field", "list", _("Today"), Group.CARE),
    ((Right.SIGN_MEDICAL,), "doctor", "phone", _("To call"), Group.CARE),
    ((Right.TRACE,), "cases", "chain", _("Cases"), Group.PEOPLE),
    ((Right.CONFIRM_ORDERS,), "orders", "check", _("Orders"), Group.PEOPLE),
    ((Right.SIGN_MEDICAL, Right.OPEN_RECORD, Right.WORK_DOORS), "isolation", "home", _("In isolation"), Group.CARE),
    ((Right.SEE_BOARD,), "board", "board", _("Board"), Group.OFFICE),
    ((Right.PLAN_TRANSFER,), "transfer", "hand-over", _("Transfers"), Group.CARE),
    ((Right.HAND_OVER,), "hands", "hand-over", _("Hand-overs"), Group.CARE),
    ((Right.ENTER_RESULTS,), "results", "tube", _("Results"), Group.PEOPLE),
    ((Right.SEE_BOARD,), "zones", "map-pin", _("Zones"), Group.CARE),
    ((Right.SEE_BOARD, Right.SIGN_MEDICAL), "silent", "clock", _("Not reported"), Group.CARE),
    ((Right.ASK,), "asks", "search", _("Asks"), Group.PEOPLE),
    ((Right.OPEN_RECORD,), "people", "people", _("People"), Group.PEOPLE),
    ((Right.IMPORT_RECORDS,), "duplicates", "people", _("People"), Group.PEOPLE),
    ((Right.IMPORT_RECORDS,), "handed", "list", _("Lists from above"), Group.PEOPLE),
    ((Right.ANSWER_REQUESTS,), "requests", "file", _("Requests"), Group.OFFICE),
    ((Right.ANSWER_CALLS,), "help-requests", "people", _("Help"), Group.CARE),
    ((Right.ANSWER_CALLS,), "helpline", "phone", _("Helpline"), Group.CARE),
    ((Right.OPEN_RECORD,), "returns", "home", _("Coming back"), Group.PEOPLE),
    ((Right.ANSWER_CALLS,), "doctor", "phone", _("To call"), Group.CARE),
    ((Right.KEEP_CHECKPOINT, Right.OPEN_RECORD), "receptions", "people", _("Receiving people"), Group.CARE),
    ((Right.KEEP_VENUES,), "venues", "shop", _("Venues"), Group.PLACES),
    ((Right.KEEP_SENSORS,), "sensors", "door", _("Door sensors"), Group.PLACES),
    ((Right.WORK_DOORS,), "fixtures", "door", _("Exits"), Group.PLACES),
    ((Right.KEEP_CHECKPOINT,), "checkpoints", "shop", _("Checkpoints"), Group.PLACES),
    ((Right.KEEP_SUPPLIES,), "supplies", "shop", _("Supplies"), Group.CARE),
    ((Right.SEND_MESSAGES,), "messages", "file", _("Messages"), Group.CARE),
    ((Right.ANSWER_CALLS, Right.WORK_DOORS), "calls", "phone", _("Call list"), Group.CARE),
    ((Right.WORK_DOORS, Right.ANSWER_CALLS), "medicine", "plus", _("Medicine"), Group.CARE),
    ((Right.MANAGE_POSTS,), "posts", "person", _("Posts"), Group.OFFICE),
    ((Right.TAKE_RISK_LISTS,), "risk", "map-pin", _("Risk areas"), Group.PLACES),
    ((Right.OPEN_RESPONSE,), "responses", "warning", _("Responses"), Group.OFFICE),
    ((Right.AUDIT,), "log", "lock", _("Log"), Group.OFFICE),
)


def nav_items(request: HttpRequest) -> list[dict[str, Any]]:
    """Where this person's rights lead: under the thumb, then by group, with headings."""
    by = request.by  # type: ignore[attr-defined]
    open_: dict[str, tuple[str, Any, Group]] = {}
    for rights, name, icon, label, group in ITEMS:
        if any(by.may(right) for right in rights):
            open_.setdefault(name, (icon, label, group))
    if by.may(Right.OPEN_RECORD):
        open_.pop("duplicates", None)
    found = [_item(request, name, icon, label, group) for name, (icon, label, group) in open_.items()]
    if found:  # on the stairs the rule is under the thumb; elsewhere it follows the work
        rule = _item(request, "rule", "info", _("Today's rule"), Group.OFFICE)
        found.insert(1 if by.may(Right.WORK_DOORS) else len(found), rule)
    return _in_groups(found) if len(found) > FEW else found


def _in_groups(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rest = sorted(items[THUMB:], key=lambda item: int(item["group"]))
    for before, item in zip([None, *rest], rest, strict=False):
        if before is None or before["group"] is not item["group"]:
            item["head"] = HEADS[item["group"]]
    return items[:THUMB] + rest


def _item(request: HttpRequest, name: str, icon: str, label: Any, group: Group) -> dict[str, Any]:
    try:
        url = reverse(name)
    except NoReverseMatch:
        url = "/"
    under = [url, *(reverse(part) for part in PARTS.get(name, ()))] if url != "/" else []
    current = any(request.path.startswith(one) for one in under)
    return {"url": url, "icon": icon, "label": label, "current": current, "group": group}
