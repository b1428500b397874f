"""Which orders a page is about: one Response, one tab, one role."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import ScopedQuerySet
from wangge.domains.isolation import queries
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, open_responses
from wangge.web.desk.words import language

TABS = {"proposed": queries.proposed, "in_force": queries.in_force, "over": queries.over}


@dataclass(frozen=True, slots=True)
class Choice:
    """The orders of one tab of one Response, and how many; ``role`` narrows the proposed ones."""

    response: Response
    tab: str
    role: str
    orders: ScopedQuerySet[Order]
    total: int
    tabs: list[dict[str, Any]]
    responses: list[dict[str, Any]]
    roles: list[dict[str, Any]]


def choice(by: By, asked: Mapping[str, str]) -> Choice | None:
    """What is asked for, or what waits most; None while no Response is open."""
    scope = by.scope(Right.CONFIRM_ORDERS)
    open_ = list(open_responses().prefetch_related("phases"))
    waiting = queries.waiting_by_response(scope) if len(open_) > 1 else {}
    most = max(open_, key=lambda one: waiting.get(one.pk, 0), default=None)
    response = next((one for one in open_ if str(one.uuid) == asked.get("response")), most)
    if response is None:
        return None
    tab = asked.get("tab") or "proposed"
    tab = tab if tab in TABS else "proposed"
    by_role = queries.waiting_by_role(scope, response) if tab == "proposed" else {}
    role = asked.get("role", "") if asked.get("role") in by_role else ""
    orders, numbers = TABS[tab](scope, response), queries.counts(scope, response)
    return Choice(
        response, tab, role, orders.filter(role=role) if role else orders, by_role[role] if role else numbers[tab],
        _tabs(response, tab, numbers), _responses(open_, response),
        _roles(response, by_role, role),
    )  # fmt: skip


def _tabs(response: Response, tab: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    words = {"proposed": _("To confirm"), "in_force": _("In force"), "over": _("Over")}
    return [
        {"url": f"{reverse('orders')}?{urlencode({'tab': name, 'response': response.uuid})}", "label": words[name],
         "count": numbers[name], "current": name == tab}
        for name in TABS
    ]  # fmt: skip


def _responses(open_: list[Response], chosen: Response) -> list[dict[str, Any]]:
    if len(open_) < 2:
        return []
    return [
        {"url": f"{reverse('orders')}?{urlencode({'response': one.uuid})}", "label": one.title, "count": None,
         "current": one == chosen}
        for one in open_
    ]  # fmt: skip


def _roles(response: Response, by_role: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    if len(by_role) < 2:
        return []
    known = in_force(response).roles
    words = {key: known[key].label.into(language()) if key in known else key for key in by_role}
    numbers = {"": sum(by_role.values())} | by_role
    return [
        {"url": f"{reverse('orders')}?{urlencode({'response': response.uuid, 'role': key})}",
         "label": words.get(key, _("All roles")), "count": number, "current": key == chosen}
        for key, number in numbers.items()
    ]  # fmt: skip
