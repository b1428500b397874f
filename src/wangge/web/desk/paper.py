"""An order as the paper that is printed and handed over: everything the law asks for, and not who the case is."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.duty.entry import phone_of
from wangge.domains.duty.queries import responsible, who_answers
from wangge.domains.isolation import queries
from wangge.domains.isolation.models import Order
from wangge.domains.people.queries import details, door_of
from wangge.domains.people.words import DOCUMENTS
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import TestDay
from wangge.web.access import Asked, needs
from wangge.web.desk.order_rows import role_of
from wangge.web.desk.words import language, moment
from wangge.web.explained import of_order

READERS = (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.WORK_DOORS)


@needs(*READERS)
@never_cache
def order(request: Asked, uuid: UUID) -> HttpResponse:
    """The paper. Opening it is a look at the person, put on record before it is shown."""
    one = _order(request.by, uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason=f"order:{uuid}")
    sealed = details(one.person)
    context = {
        "order": one, "name": one.person.name, "home": full_label(one.person.home), "role": role_of(one),
        "document": f"{'*' * 14}{sealed['document'][-4:]}" if sealed.get("document") else "",
        "document_word": DOCUMENTS.get(sealed.get("document_type", ""), DOCUMENTS["other"]),
        "label": role_of(one).label.into(language()),
        "measures": _measures(one), "days": _days(one), "calls": _calls(one), "printed": _long(clock.today()),
        "until": moment(one.ends_at) if one.provisional else "",
        "explained": of_order(one),
        "confirmed": _long(clock.day_of(one.confirmed_at)) if one.confirmed_at else "",
        "page_back": reverse("orders") if request.by.may(Right.CONFIRM_ORDERS) else "",
    }  # fmt: skip
    return render(request, "wangge/desk/order.html", context)


def _order(by: By, uuid: UUID) -> Order:
    """Within any place where one of these rights is held. What is only proposed is not yet for the door."""
    deciding = _where(by, Right.CONFIRM_ORDERS) | _where(by, Right.OPEN_RECORD)
    one = queries.order(deciding | _where(by, Right.WORK_DOORS), uuid)
    home = one.person.home
    if one.state == "proposed" and not deciding.covers(home.path, home.grid_id):
        raise Http404
    return one


def _where(by: By, right: Right) -> Scope:
    return by.scope(right) if by.may(right) else Scope()


@dataclass(frozen=True, slots=True)
class Measured:
    what: str
    first: str
    last: str
    days: int


def _measures(order: Order) -> list[Measured]:
    edition = protocol(order.protocol)
    return [
        Measured(
            edition.word(stage.measure).into(language()), _long(stage.first_day), _long(stage.last_day),
            (stage.last_day - stage.first_day).days + 1,
        )
        for stage in order.stages.all()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A test day as the person counts it."""

    number: int
    date: str
    what: str


def _days(order: Order) -> list[Day]:
    """The test days of the role, counted from the first day of the first measure."""
    stages = list(order.stages.all())
    first = stages[0].first_day if stages else clock.day_of(order.starts_at)
    return [Day(test.day, _long(first + timedelta(days=test.day - 1)), _test(test)) for test in role_of(order).tests]


def _test(test: TestDay) -> str:
    where = _("a test, taken at your door") if test.at_door else _("a test, where you stay")
    return f"{where} × {test.times}" if test.times > 1 else where


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call: the post, who answers for it now, and the duty phone."""

    post: str
    phone: str


def _calls(order: Order) -> list[Call]:
    """The post that answers for the door, and the level above it as the office."""
    nearest = responsible([door_of(order.person.home)]).get(door_of(order.person.home).pk)
    posts = [post for post in (nearest, nearest.parent if nearest else None) if post]
    answering = who_answers(posts)
    found = [answering[post.pk] for post in posts]
    calls = [Call(one.post.title, phone_of(one.account)) for one in found if one]
    return list(dict.fromkeys(calls))


def _long(one: date) -> str:
    return date_format(one, "DATE_FORMAT")
