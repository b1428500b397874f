"""What an order says on paper and on the screen: everything the law asks for, and not who the case is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.duty.seating import titles
from wangge.domains.isolation.changes import changes_of, moved_to, place_of
from wangge.domains.isolation.five import One, five_at
from wangge.domains.isolation.homes import term_of
from wangge.domains.isolation.models import Order, OrderChange
from wangge.domains.isolation.releases import OVER, release_of
from wangge.domains.isolation.words import CAUSES, CHANGES, HELPERS
from wangge.domains.people.queries import details
from wangge.domains.people.words import DOCUMENTS
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Named, TestDay
from wangge.web import printing
from wangge.web.desk.order_rows import role_of
from wangge.web.desk.words import language, moment
from wangge.web.explained import of_order
from wangge.web.venue_poster import picture


@dataclass(frozen=True, slots=True)
class Measured:
    what: str
    first: str
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class Day:
    """A test day as the person counts it."""

    number: int
    date: str
    what: str


def context(order: Order) -> dict[str, Any]:
    """Everything about an order that its papers say. The look at the person is on record already."""
    sealed, changes = details(order.person), changes_of(order)
    return {
        "order": order, "name": order.person.name, "home": full_label(order.person.home), "role": role_of(order),
        "document": f"{'*' * 14}{sealed['document'][-4:]}" if sealed.get("document") else "",
        "document_word": DOCUMENTS.get(sealed.get("document_type", ""), DOCUMENTS["other"]),
        "label": role_of(order).label.into(language()), "term": term_of(order),
        "measures": measured(order), "days": test_days(order), "five": told(five_at(order.response, order.person.home)),
        "until": moment(order.ends_at) if order.provisional else "", "ends": moment(order.ends_at),
        "explained": of_order(order), "printed": long(clock.today()), "hotline": HOTLINE,
        "confirmed": long(clock.day_of(order.confirmed_at)) if order.confirmed_at else "",
        "number": number_of(order), "language": get_language(), "changes": changed(changes), "moved": moved_to(changes),
    }  # fmt: skip


def changed(changes: list[OrderChange]) -> list[dict[str, Any]]:
    """What an authority changed, in words."""
    return [
        {
            "what": CHANGES[one.kind], "why": CAUSES[one.why], "when": moment(one.at), "place": place_of(one),
            "document": f"{one.authority} {one.document_no}", "until": moment(one.ends_after) if one.ends_after else "",
        }
        for one in changes
    ]  # fmt: skip


def number_of(order: Order) -> str:
    """What stands on the paper to find the order again, and is read aloud."""
    return order.uuid.hex[-8:].upper()


def told(five: list[One]) -> list[dict[str, Any]]:
    """The five in words; ``name`` is empty where nobody is there."""
    return [
        {"kind": HELPERS[one.kind], "name": one.name, "phone": one.phone, "post": one.post, "stands_in": one.stands_in}
        for one in five
    ]


def measured(order: Order) -> list[Measured]:
    """Each measure with its first and last day and how many days that is."""
    edition = protocol(order.protocol)
    return [
        Measured(
            edition.word(stage.measure).into(language()), long(stage.first_day), long(stage.last_day),
            (stage.last_day - stage.first_day).days + 1,
        )
        for stage in order.stages.all()
    ]  # fmt: skip


def test_days(order: Order) -> list[Day]:
    """The test days of the role, counted from the first day of the first measure, up to the order's last day."""
    stages = list(order.stages.all())
    first = stages[0].first_day if stages else clock.day_of(order.starts_at)
    dated = [(test, first + timedelta(days=test.day - 1)) for test in role_of(order).tests]
    return [Day(test.day, long(on), _test(test)) for test, on in dated if clock.start_of(on) < order.ends_at]


def _test(test: TestDay) -> str:
    where = _("a test, taken at your door") if test.at_door else _("a test, where you stay")
    return f"{where} × {test.times}" if test.times > 1 else where


def long(one: date) -> str:
    """A day with its year."""
    return date_format(one, "DATE_FORMAT")


def address_of(request: HttpRequest, order: Order) -> str:
    """Where the picture on a paper leads: to the person's own page, which asks for the last four of their document."""
    return request.build_absolute_uri(reverse("own-order-number", args=[order.uuid.hex]))


def opened_by(address: str) -> dict[str, str]:
    """What the paper says of that page."""
    return {
        "address": address, "typed_at": address.removesuffix(address.rsplit("/", 1)[-1]), "picture": picture(address)
    }  # fmt: skip


def pdf(order: Order, address: str) -> HttpResponse:
    """The paper to hand over, one A4 page with a part to tear off. ``address``: of the person's own page.

    Raises Problem where the order does not stand."""
    if order.state != "in_force" or order.provisional:
        raise Problem("paper_not_in_force")
    text = render_to_string("wangge/isolation/order.html", context(order) | opened_by(address))
    return printing.pdf(text, style="wangge/order-paper.css", name=f"order-{number_of(order)}.pdf")


def release_context(order: Order) -> dict[str, Any]:
    """What the paper of an end says: by whom it was released, or that the order ended by itself at its term."""
    release = release_of(order)
    confirmed = release if release and release.confirmed_at else None
    doctors = titles([release.signed_post]) if confirmed and release and release.signed_post else {}
    return {
        "order": order, "name": order.person.name, "home": full_label(order.person.home), "number": number_of(order),
        "label": role_of(order).label.into(language()), "language": get_language(), "hotline": HOTLINE,
        "ended": moment(order.ended_at) if order.ended_at else "", "year": long(clock.day_of(order.ends_at)),
        "measures": measured(order), "by_authority": bool(confirmed), "doctor": next(iter(doctors.values()), ""),
        "signed": moment(confirmed.signed_at) if confirmed and confirmed.signed_at else "",
        "printed": long(clock.today()), "codes": Named.CODES in order.response.named,
    }  # fmt: skip


def release_pdf(order: Order) -> HttpResponse:
    """The release paper (解除隔离通知书). Raises Problem where the order is not over by its term or by a release."""
    if order.state != "ended" or order.end_cause not in OVER or order.provisional:
        raise Problem("release_paper_missing")
    text = render_to_string("wangge/isolation/release.html", release_context(order))
    return printing.pdf(text, style="wangge/order-paper.css", name=f"release-{number_of(order)}.pdf")
