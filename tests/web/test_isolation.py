"""Isolation at home on the pages: the paper at the door, the list of homes with the five and their holes."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext
from tests.domains.isolation.home import ordered, proposed
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.isolation import queries
from wangge.domains.isolation.actions import end_past
from wangge.domains.isolation.models import HomeHelper, Order, PaperHanded
from wangge.domains.isolation.releasing import propose_releases
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.work.models import Task
from wangge.flows import releases
from wangge.web import order_paper, printing

SignIn = Callable[..., Client]
BY_ITSELF = (
    "Its term was over: it ended by itself, as the law asks. Nobody had to confirm it, and this paper is as good as "
    "one with a signature."
)


@pytest.fixture
def order(tiny: Small) -> Order:
    """The second of the family: seven days at home from tomorrow, confirmed by the district."""
    one = ordered(Stage(tiny), tiny.family[1])
    worker.run_pending()
    return one


def door(order: Order) -> str:
    task = Task.objects.within(EVERYTHING).get(door=order.person.home, state="open", response=order.response)
    return f"/field/door/{task.uuid}/"


def test_the_worker_hands_over_notes_and_finds_it_noted(tiny: Small, order: Order, sign_in: SignIn) -> None:
    phone, address = sign_in("bingsi-1"), f"{door(order)}paper/{order.uuid}"
    page = phone.get(door(order)).content.decode()
    assert f"Isolation paper of {order.person.name}" in page
    assert tiny.accounts["yisheng"].name in page  # the doctor of the five
    before = AccessLog.objects.filter(person=order.person.uuid).count()
    assert "Print the paper" in phone.get(address).content.decode()
    assert AccessLog.objects.filter(person=order.person.uuid).count() == before + 1
    wrong = phone.post(address, {"uuid": str(uuid7()), "paper": "order"})
    assert (wrong.status_code, "Say what stands under the promise" in wrong.content.decode()) == (422, True)
    typed = {"uuid": str(uuid7()), "paper": "order", "signed": "refused"}
    for _again in range(2):
        assert phone.post(address, typed).status_code == 302
    (one,) = PaperHanded.objects.within(EVERYTHING)
    assert (one.signed, one.order_id) == ("refused", order.pk)
    assert "paper received, not signed" in phone.get(address).content.decode()


def test_a_guardian_signs_for_the_child(tiny: Small, sign_in: SignIn) -> None:
    child = ordered(Stage(tiny), tiny.family[2])
    worker.run_pending()
    phone, address = sign_in("bingsi-1"), f"{door(child)}paper/{child.uuid}"
    assert "Under 18: a guardian signs" in phone.get(address).content.decode()
    typed = {"uuid": str(uuid7()), "signed": "signed"}
    assert "This person is not yet 18" in phone.post(address, typed).content.decode()
    assert phone.post(address, typed | {"signed": "guardian", "guardian": "王秀英"}).status_code == 302
    assert "王秀英" in phone.get(address).content.decode()


def test_another_village_sees_no_paper(order: Order, sign_in: SignIn) -> None:
    other = sign_in("dengqiao-1")
    assert other.get(f"{door(order)}paper/{order.uuid}").status_code == 404
    assert other.get(f"/desk/orders/{order.uuid}/paper.pdf").status_code == 404
    assert "No home is in isolation here" in other.get("/desk/isolation/").content.decode()


def test_the_paper_is_a_pdf_of_an_order_in_force(tiny: Small, order: Order, sign_in: SignIn) -> None:
    phone = sign_in("bingsi-1")
    answer = phone.get(f"/desk/orders/{order.uuid}/paper.pdf")
    if not printing.has_chinese():
        assert answer.status_code == 422
        return
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    waits = proposed(Stage(tiny), tiny.family[0])
    refused = sign_in("bingsi-shuji").get(f"/desk/orders/{waits.uuid}/paper.pdf")
    assert (refused.status_code, "Only an order in force has a paper" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ["secondary_contact", "close_contact"])
def test_the_paper_is_one_page_and_says_what_the_law_asks_for(tiny: Small, language: str, role: str) -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)
    tiny.response.remedy = "可向迎泽区防控办申诉或拨打12345；就医用药等急难需求随时联系网格员。" * 2
    one = ordered(Stage(tiny), tiny.family[0], role=role)
    one.remedy = tiny.response.remedy
    with translation.override(language):
        said_there = order_paper.opened_by(f"https://wangge.example.gov.cn/r/order/{one.uuid.hex}")
        text = render_to_string("wangge/isolation/order.html", order_paper.context(one) | said_there)
    for said in (one.authority, one.document_no, one.ground, one.remedy, "12345", "120", one.person.name):
        assert said in text
    style = weasyprint.CSS(filename=finders.find("wangge/order-paper.css"))
    assert len(weasyprint.HTML(string=text).render(stylesheets=[style]).pages) == 1


def test_the_list_shows_day_people_five_and_holes(tiny: Small, order: Order, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    page = desk.get("/desk/isolation/").content.decode()
    assert order.person.name not in page  # masked
    assert "nobody: Police officer" in page
    assert "paper not handed over yet" in page
    (row,) = desk.get("/desk/isolation/").context["rows"]
    address = f"/desk/isolation/{order.response.uuid}/{row['uuid']}/helpers"
    typed = {"uuid": str(uuid7()), "kind": "police", "name": "马明", "phone": "13900001111",
             "place": str(tiny.places["community"].uuid)}  # fmt: skip
    assert desk.post(address, typed | {"phone": "1"}).status_code == 422
    assert desk.post(address, typed).status_code == 302
    assert HomeHelper.objects.within(EVERYTHING).get().place == tiny.places["community"]
    page = desk.get("/desk/isolation/").content.decode()
    assert "nobody: Police officer" not in page
    assert 'href="tel:13900001111"' in page
    assert sign_in("dengqiao-shuji").get(address).status_code == 403
    assert sign_in("bingsi-1").get(address).status_code == 403


@pytest.mark.parametrize("username", ["bingsi-1", "yingze-zhengling", "yisheng"])
def test_worker_authority_and_doctor_see_the_list_of_their_places(
    order: Order, sign_in: SignIn, username: str
) -> None:  # fmt: skip
    (row,) = sign_in(username).get("/desk/isolation/").context["rows"]
    assert [one["uuid"] for one in row["people"]] == [order.uuid]


def test_the_list_asks_the_same_however_many_homes(tiny: Small, order: Order, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    desk.get("/desk/isolation/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/desk/isolation/")
    for home in tiny.homes[1:4]:
        for person in tiny.living[home.pk][:2]:
            ordered(Stage(tiny), person)
    with CaptureQueriesContext(connection) as many:
        assert len(desk.get("/desk/isolation/").context["rows"]) == 4
    assert len(many) == len(one)


def test_the_order_page_says_which_day_it_is(order: Order, sign_in: SignIn) -> None:
    with clock.held(order.starts_at):
        client = sign_in("bingsi-1")
        page = client.get(f"/desk/orders/{order.uuid}/").content.decode()
    assert "Day 1 of 7" in re.sub(r"\s+", " ", page)


def last_day(order: Order) -> AbstractContextManager[None]:
    return clock.held(order.ends_at - timedelta(hours=12))


def tested_and_proposed(tiny: Small, order: Order) -> None:
    Stage(tiny).result(order.person, Purpose.ROUTINE, Value.NEGATIVE)
    propose_releases(now=clock.now(), by=SYSTEM)


def test_a_doctor_signs_and_the_authority_releases_in_bulk(tiny: Small, order: Order, sign_in: SignIn) -> None:
    with last_day(order):
        propose_releases(now=clock.now(), by=SYSTEM)
        doctor, authority = sign_in("yisheng"), sign_in("yingze-zhengling")
        page = doctor.get("/desk/isolation/signing/").content.decode()
        assert "0 of 1 negative" in page
        assert f'value="{order.uuid}"' not in page  # nothing to tick before the test is there
        refused = doctor.post("/desk/isolation/signing/", {"order": [str(order.uuid)]})
        assert (refused.status_code, "Something is missing" in refused.content.decode()) == (422, True)
        tested_and_proposed(tiny, order)
        early = authority.post("/desk/isolation/releases/", {"order": [str(order.uuid)]})
        assert "A doctor has not signed" in early.content.decode()
        assert doctor.post("/desk/isolation/signing/", {"order": [str(order.uuid)]}).status_code == 302
        assert "No release waits" in doctor.get("/desk/isolation/signing/").content.decode()
        assert tiny.posts["yisheng"].title in authority.get("/desk/isolation/releases/").content.decode()
        answer = authority.post("/desk/isolation/releases/", {"order": [str(order.uuid)]}, follow=True)
        assert "1 person is released" in answer.content.decode()
    order.refresh_from_db()
    assert (order.state, order.end_cause) == ("ended", "released")


def test_nobody_without_the_right_signs_or_releases(order: Order, sign_in: SignIn) -> None:
    for username in ("bingsi-shuji", "bingsi-1", "yingze-zhengling"):
        assert sign_in(username).get("/desk/isolation/signing/").status_code == 403
    for username in ("bingsi-shuji", "bingsi-1", "yisheng"):
        assert sign_in(username).post("/desk/isolation/releases/", {"order": [str(order.uuid)]}).status_code == 403
    nothing = sign_in("yisheng").post("/desk/isolation/signing/", {})
    assert (nothing.status_code, "No order is chosen" in nothing.content.decode()) == (422, True)


def test_the_lists_of_releases_ask_the_same_however_many(tiny: Small, order: Order, sign_in: SignIn) -> None:
    with last_day(order):
        propose_releases(now=clock.now(), by=SYSTEM)
        doctor = sign_in("yisheng")
        doctor.get("/desk/isolation/signing/")
        with CaptureQueriesContext(connection) as one:
            doctor.get("/desk/isolation/signing/")
    for home in tiny.homes[1:3]:
        for person in tiny.living[home.pk][:2]:
            ordered(Stage(tiny), person)
    with last_day(order):
        propose_releases(now=clock.now(), by=SYSTEM)
        with CaptureQueriesContext(connection) as many:
            assert len(doctor.get("/desk/isolation/signing/").context["rows"]) > 3
    assert len(many) == len(one)


@pytest.mark.parametrize("by_authority", [True, False])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_release_paper_is_one_page_and_says_how_it_ended(
    tiny: Small, order: Order, by_authority: bool, language: str
) -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)
    with last_day(order):
        tested_and_proposed(tiny, order)
        if by_authority:
            releases.sign(orders=[order], by=tiny.by("yisheng"))
            releases.confirm(orders=[order], by=tiny.by("yingze-zhengling"))
    end_past(now=order.ends_at, by=SYSTEM)
    one = queries.order(EVERYTHING, order.uuid)
    with translation.override(language):
        text = render_to_string("wangge/isolation/release.html", order_paper.release_context(one))
        own = gettext(BY_ITSELF)
    assert (tiny.posts["yisheng"].title in text, own in text) == (by_authority, not by_authority)
    style = weasyprint.CSS(filename=finders.find("wangge/order-paper.css"))
    assert len(weasyprint.HTML(string=text).render(stylesheets=[style]).pages) == 1


def test_the_worker_brings_the_release_paper(tiny: Small, order: Order, sign_in: SignIn) -> None:
    with clock.held(order.ends_at):
        end_past(now=order.ends_at, by=SYSTEM)
        worker.run_pending()
    with clock.held(order.ends_at + timedelta(hours=9)):
        phone = sign_in("bingsi-1")
        page = phone.get(door(order)).content.decode()
        assert f"Release paper of {order.person.name}" in page
        address = f"{door(order)}paper/{order.uuid}"
        assert "bring the release paper" in phone.get(address).content.decode()
        typed = {"uuid": str(uuid7()), "paper": "release", "signed": "signed"}
        assert phone.post(address, typed).status_code == 302
        worker.run_pending()
    (paper,) = PaperHanded.objects.within(EVERYTHING)
    assert paper.kind == "release"
    assert "hand_release" in Stage(tiny).items(order.person, "done")
    if printing.has_chinese():
        assert phone.get(f"/desk/orders/{order.uuid}/release.pdf").content.startswith(b"%PDF")
    assert phone.get(f"/desk/orders/{order.uuid}/paper.pdf").status_code == 422


def test_a_standing_order_has_no_release_paper(order: Order, sign_in: SignIn) -> None:
    answer = sign_in("bingsi-1").get(f"/desk/orders/{order.uuid}/release.pdf")
    assert (answer.status_code, "no release paper" in answer.content.decode()) == (422, True)


def test_an_authority_changes_an_order_and_everybody_reads_it(order: Order, sign_in: SignIn) -> None:
    desk, address = sign_in("yingze-zhengling"), f"/desk/orders/{order.uuid}/change"
    assert address in desk.get(f"/desk/orders/{order.uuid}/").content.decode()
    assert "No longer order is proposed" in desk.get(address).content.decode()
    typed = {
        "uuid": str(uuid7()),
        "kind": "moved",
        "why": "home",
        "place": "晋阳宾馆",
        "authority": "甲",
        "document_no": "21号",
    }
    wrong = desk.post(address, typed | {"place": "", "document_no": ""})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"place", "document_no"}
    assert "No reason asks for a longer order" in desk.post(address, typed | {"kind": "extended"}).content.decode()
    assert desk.post(address, typed).status_code == 302
    for username in ("yingze-zhengling", "bingsi-1"):
        page = sign_in(username).get(f"/desk/orders/{order.uuid}/").content.decode()
        assert "晋阳宾馆" in page
        assert "the home does not serve" in page
    text = render_to_string("wangge/isolation/order.html", order_paper.context(order))
    assert "晋阳宾馆" in text
    for username in ("bingsi-shuji", "bingsi-1", "yisheng"):
        assert sign_in(username).get(address).status_code == 403
    assert sign_in("qingxu-zhengling").get(address).status_code == 404


def test_it_is_asked_at_the_door_whether_they_can_keep_apart(tiny: Small, order: Order, sign_in: SignIn) -> None:
    phone, rooms = sign_in("bingsi-1"), f"{door(order)}rooms/{order.uuid}"
    with clock.held(order.starts_at + timedelta(hours=9)):
        page = phone.get(f"{door(order)}paper/{order.uuid}").content.decode()
        assert "Can they keep apart at home?" in page
        assert phone.post(rooms, {"uuid": str(uuid7())}).status_code == 422
        assert phone.post(rooms, {"uuid": str(uuid7()), "separate": "no"}).status_code == 302
        assert "Said last: no, they cannot." in phone.get(f"{door(order)}paper/{order.uuid}").content.decode()
    assert sign_in("dengqiao-1").post(rooms, {"uuid": str(uuid7()), "separate": "no"}).status_code == 404
