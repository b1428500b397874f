"""One's own order where codes are off: by the paper's picture or number and the last four of one's document."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.isolation.home import EDITION, ordered, proposed
from tests.domains.isolation.test_changing import change
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.domains.isolation import opening
from wangge.domains.isolation.actions import end_past
from wangge.domains.isolation.models import Order
from wangge.domains.people.queries import details
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.transfer.actions import ToTake, list_people
from wangge.web import order_paper, printing

city = city_fixture(at=afternoon, answered=False)


@pytest.fixture
def stage(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        ResponsePhase.objects.update(protocol=EDITION)
        Response.objects.update(named=[])  # codes and check-in are off, as by default
        yield Stage(tiny)


@pytest.fixture
def order(stage: Stage) -> Order:
    return ordered(stage, stage.tiny.family[1])


def phone() -> Client:
    one = Client()
    one.cookies["django_language"] = "en"
    return one


def last_of(order: Order) -> str:
    return str(details(order.person)["document"])[-4:]


def opened(order: Order) -> Client:
    one = phone()
    answer = one.post(f"/r/order/{order.uuid.hex}", {"last": last_of(order)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/r/order/")
    return one


def test_the_picture_asks_for_the_last_four_and_opens_the_page(order: Order) -> None:
    asked = phone().get(f"/r/order/{order.uuid.hex}").content.decode()
    assert order.person.name not in asked
    assert order.document_no not in asked
    one = opened(order)
    page = one.get("/r/order/").content.decode()
    for said in (order.authority, order.document_no, "Who answers now", "12345", 'href="/r/order/order.pdf"'):
        assert said in page
    assert "/r/codes/" not in page, "nothing leads to a code where there is none"
    if printing.has_chinese():
        assert one.get("/r/order/order.pdf").content.startswith(b"%PDF")
    assert one.get("/r/order/release.pdf").status_code == 404
    look = AccessLog.objects.filter(person=order.person.uuid).latest("id")
    assert look.reason == f"own_order:{order.uuid}", "the person sees in their record that it was opened"


def test_the_number_on_the_paper_does_the_same_and_what_was_changed_is_there_at_once(
    stage: Stage, order: Order
) -> None:
    one, number = phone(), order_paper.number_of(order)
    answer = one.post("/r/order/open", {"number": f" {number[:4].lower()} {number[4:]}", "last": last_of(order)})
    assert answer.headers["Location"] == "/r/order/"
    last = clock.today() + timedelta(days=3)
    assert "of 7" in one.get("/r/order/").content.decode() or "Begins tomorrow" in one.get("/r/order/").content.decode()
    change(stage, order, "shortened", last=last)
    assert one.get("/r/order/").context["ends"] == one.get("/r/order/").context["changes"][0]["until"]
    with clock.held(clock.end_of(last)):
        end_past(now=clock.now(), by=SYSTEM)
        page = one.get("/r/order/").content.decode()
        assert "No order binds you now" in page
        assert 'href="/r/order/release.pdf"' in page


def test_wrong_ones_are_counted_for_the_paper_and_say_nothing(order: Order) -> None:
    said = set()
    for number in ("00000000", order.uuid.hex, "no number", order_paper.number_of(order)):
        answer = phone().post("/r/order/open", {"number": number, "last": "0000"})
        assert answer.status_code == 422
        said.add(" ".join(answer.context["errors"]["last"]))
    assert len(said) == 1, "whether a number exists is not told"
    for _ in range(4):
        phone().post(f"/r/order/{order.uuid.hex}", {"last": "0000"})
    answer = phone().post(f"/r/order/{order.uuid.hex}", {"last": last_of(order)})
    assert answer.status_code == 422, "six wrong ones in an hour: also the right one has to wait"
    assert "too many" in answer.context["whole"].lower()
    with clock.held(clock.now() + timedelta(minutes=61)):
        opened(order)


def test_an_address_that_guesses_papers_finds_none_after_a_while(order: Order) -> None:
    for number in range(20):
        phone().post("/r/order/open", {"number": f"{number:08d}", "last": "0000"})
    assert phone().post(f"/r/order/{order.uuid.hex}", {"last": last_of(order)}).status_code == 422


def test_nobody_elses_last_four_and_no_other_phone(stage: Stage, order: Order) -> None:
    other = str(details(stage.tiny.family[0])["document"])[-4:]
    assert phone().post(f"/r/order/{order.uuid.hex}", {"last": other}).status_code == 422 or other == last_of(order)
    assert phone().get("/r/order/").headers["Location"] == "/r/order/open"
    assert phone().get("/r/order/order.pdf").status_code == 404
    forged = phone()
    forged.cookies["wangge_order"] = str(order.uuid)
    assert forged.get("/r/order/").status_code == 302
    one = opened(order)
    one.post("/r/order/leave")
    assert one.get("/r/order/").status_code == 302


def test_who_has_no_document_types_month_and_day_of_birth(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "details", lambda _person: {})
    born = order.person.birth_date
    assert born
    assert opening.is_theirs(order, f"{born:%m%d}")
    assert not opening.is_theirs(order, "")
    order.person.birth_date = None
    assert not any(opening.is_theirs(order, text) for text in ("", "-", "----", "0000"))


def test_what_is_only_proposed_has_no_page(stage: Stage) -> None:
    waits = proposed(stage, stage.tiny.family[0])
    assert opening.order_numbered(waits.uuid.hex) is None


def test_it_leads_to_how_one_is_taken_there(stage: Stage, order: Order) -> None:
    one = opened(order)
    assert "How I am taken there" not in one.get("/r/order/").content.decode()
    assert one.get("/r/order/slip.pdf").status_code == 404
    wanted = [ToTake(order.person, order.uuid, order.role, "central", clock.today())]
    list_people(response=stage.tiny.response, wanted=wanted, by=SYSTEM)
    assert 'href="/r/order/transfer"' in one.get("/r/order/").content.decode()
    page = one.get("/r/order/transfer").content.decode()
    assert "No trip is planned yet" in page
    assert 'href="/r/order/"' in page
    assert phone().get("/r/order/transfer").headers["Location"] == "/r/order/open"
