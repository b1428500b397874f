"""Orders: what waits for the authority, confirming many under one document, the paper that is handed over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order, OrderReason
from wangge.domains.isolation.models import Stage as Part
from wangge.domains.people.models import Person
from wangge.domains.places.actions import Seed, add_places
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.web.desk import orders as page_of_orders

SignIn = Callable[..., Client]
PAPER = {
    "authority": "迎泽区领导小组办公室",
    "document_no": "迎防办〔2022〕17号",
    "ground": "传染病防治法",
    "remedy": "12345",
}


@pytest.fixture
def stage(tiny: Small) -> Stage:
    return Stage(tiny)


@pytest.fixture
def waiting(tiny: Small, stage: Stage) -> list[Order]:
    """What one case in the first home makes the rules propose."""
    stage.case_of(tiny.family[0])
    return proposed()


def proposed() -> list[Order]:
    found = Order.objects.within(EVERYTHING).filter(state="proposed").order_by("id")
    return list(found.select_related("person", "person__home"))


def test_each_row_says_who_what_for_how_long_and_why(tiny: Small, sign_in: SignIn, waiting: list[Order]) -> None:
    answer = sign_in("yingze-zhengling").get("/desk/orders/")
    rows = {row.person: row for row in answer.context["rows"]}
    row = rows[tiny.family[1].uuid]
    assert row.role == "close contact"
    assert row.measures[0].startswith("central isolation ")
    assert "–" in row.measures[0]
    assert row.whys[0].text.startswith("same household · case 1 · ")
    assert "14 days of central isolation" in row.quote
    page = answer.content.decode()
    for person in tiny.family:
        assert person.name not in page
        assert tiny.document(person) == "" or tiny.document(person) not in page
    form = answer.context["form"]
    assert form["authority"].value() == "迎泽区领导小组办公室"
    assert form["ground"].value() == tiny.response.ground


def test_one_person_reached_twice_has_one_row_with_two_reasons(tiny: Small, sign_in: SignIn, stage: Stage) -> None:
    stage.case_of(tiny.family[0])
    stage.case_of(tiny.family[1])
    rows = sign_in("yingze-zhengling").get("/desk/orders/").context["rows"]
    (row,) = [row for row in rows if row.person == tiny.family[2].uuid]
    assert [why.text.split(" · ")[1] for why in row.whys] == ["case 1", "case 2"]


def test_the_chosen_are_confirmed_under_one_document(tiny: Small, sign_in: SignIn, waiting: list[Order]) -> None:
    desk = sign_in("yingze-zhengling")
    chosen = waiting[:2]
    answer = desk.post("/desk/orders/confirm", PAPER | {"order": [str(one.uuid) for one in chosen]}, follow=True)
    assert "2 orders are confirmed" in answer.content.decode()
    for one in chosen:
        one.refresh_from_db()
        assert (one.state, one.document_no, one.authority) == ("in_force", PAPER["document_no"], PAPER["authority"])
        assert one.confirmed_post == tiny.posts["yingze-zhengling"].uuid
    assert Event.objects.filter(kind="isolation.orders_confirmed").count() == 1
    assert len(proposed()) == len(waiting) - 2
    stands = desk.get("/desk/orders/?tab=in_force").context["rows"]
    assert {row.uuid for row in stands} >= {one.uuid for one in chosen}
    again = desk.post("/desk/orders/confirm", PAPER | {"order": [str(chosen[0].uuid)]}, follow=True)
    assert again.status_code == 200
    assert Event.objects.filter(kind="isolation.orders_confirmed").count() == 1


def test_what_the_law_asks_for_is_missed_at_its_field_and_the_ticks_stay(sign_in: SignIn, waiting: list[Order]) -> None:
    desk = sign_in("yingze-zhengling")
    ticked = str(waiting[0].uuid)
    answer = desk.post("/desk/orders/confirm", {"order": [ticked], "authority": "某办", "document_no": " "})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"document_no", "ground", "remedy"}
    assert f'value="{ticked}" data-pick checked' in answer.content.decode()
    nothing = desk.post("/desk/orders/confirm", PAPER)
    assert nothing.status_code == 422
    assert "No order is chosen" in nothing.content.decode()
    assert len(proposed()) == len(waiting)


def test_another_county_s_authority_sees_and_confirms_nothing(sign_in: SignIn, waiting: list[Order]) -> None:
    other = sign_in("qingxu-zhengling")
    assert other.get("/desk/orders/").context["rows"] == []
    answer = other.post("/desk/orders/confirm", PAPER | {"order": [str(one.uuid) for one in waiting]})
    assert answer.status_code == 422
    assert other.get(f"/desk/orders/{waiting[0].uuid}/").status_code == 404
    assert len(proposed()) == len(waiting)


def test_a_post_without_the_right_confirms_nothing(sign_in: SignIn, waiting: list[Order]) -> None:
    for username in ("bingsi-shuji", "bingsi-1", "jiance", "liudiao"):
        assert sign_in(username).get("/desk/orders/").status_code == 403
        assert sign_in(username).post("/desk/orders/confirm", PAPER).status_code == 403


def test_a_proposal_whose_term_has_passed_is_no_longer_offered(sign_in: SignIn, waiting: list[Order]) -> None:
    Order.objects.within(EVERYTHING).filter(pk=waiting[0].pk).update(
        starts_at=clock.now() - timedelta(days=2), ends_at=clock.now() - timedelta(days=1)
    )
    desk = sign_in("yingze-zhengling")
    assert waiting[0].uuid not in [row.uuid for row in desk.get("/desk/orders/").context["rows"]]
    over = {row.uuid: row.state_word for row in desk.get("/desk/orders/?tab=over").context["rows"]}
    assert over[waiting[0].uuid] == "not confirmed in time"


@pytest.fixture
def many(tiny: Small, waiting: list[Order]) -> int:
    """Three hundred more proposals in a building of their own."""
    doors = tuple(Seed(Kind.HOUSEHOLD, f"{n}号", n) for n in range(300))
    building = Seed(Kind.BUILDING, "大楼", 80, children=doors)
    add_places(parent=tiny.places["community"], seeds=[building], by=tiny.by("zhihuibu"))
    homes = Place.objects.filter(parent__name="大楼").order_by("id")
    Place.objects.filter(parent__name="大楼").update(grid=tiny.grids[0])
    people = Person._base_manager.bulk_create(Person(name=f"张{n}", home=home) for n, home in enumerate(homes))
    model = waiting[0]
    made = Order._base_manager.bulk_create(
        Order(response=tiny.response, person=one, role=model.role, state="proposed", protocol=model.protocol,
              clause=model.clause, starts_at=model.starts_at, ends_at=model.ends_at, proposed_at=model.proposed_at)
        for one in people
    )  # fmt: skip
    day = clock.today()
    Part.objects.bulk_create(
        Part(order=one, measure="central_isolation", first_day=day, last_day=day + timedelta(days=13)) for one in made
    )
    reason = model.reasons.first()
    assert reason
    OrderReason.objects.bulk_create(
        OrderReason(order=one, kind=reason.kind, cause=reason.cause, role=reason.role, since=day) for one in made
    )
    return len(made) + len(waiting)


def test_all_pages_are_confirmed_as_one_act_in_parts(
    sign_in: SignIn, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_orders, "CHUNK", 120)
    desk = sign_in("yingze-zhengling")
    first = desk.get("/desk/orders/")
    assert len(first.context["rows"]) == 100
    assert f"Confirm all {many} orders" in first.content.decode()
    desk.post("/desk/orders/confirm", PAPER | {"all": "1"})
    assert proposed() == []
    acts = Event.objects.filter(kind="isolation.orders_confirmed")
    assert sum(len(act.data["orders"]) for act in acts) == many
    documents = Order.objects.within(EVERYTHING).filter(state="in_force", provisional=False)
    assert set(documents.values_list("document_no", flat=True)) == {PAPER["document_no"]}


def test_all_of_a_filter_leaves_the_other_roles(tiny: Small, sign_in: SignIn, waiting: list[Order]) -> None:
    roles = {one.role for one in waiting}
    assert len(roles) > 1
    sign_in("yingze-zhengling").post("/desk/orders/confirm", PAPER | {"all": "1", "role": waiting[0].role})
    assert {one.role for one in proposed()} == roles - {waiting[0].role}


def test_a_page_of_a_hundred_asks_as_little_as_a_page_of_few_and_is_confirmed_in_time(
    sign_in: SignIn, waiting: list[Order], many: int
) -> None:
    desk = sign_in("yingze-zhengling")
    desk.get("/desk/orders/")
    numbers = []
    for page in ("1", "4"):  # one role: an order of another has reasons of another street, which is one query more
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get("/desk/orders/", {"role": waiting[0].role, "page": page})
        numbers.append((len(answer.context["rows"]), len(asked)))
    assert numbers[0][0] == 100 > numbers[1][0]
    assert numbers[0][1] == numbers[1][1]
    ticked = [str(row.uuid) for row in desk.get("/desk/orders/").context["rows"]]
    with CaptureQueriesContext(connection) as asked:
        desk.post("/desk/orders/confirm", PAPER | {"order": ticked})
    assert len(asked) < 40
    assert len(proposed()) == many - 100


def test_the_paper_carries_what_the_law_asks_and_not_who_the_case_is(
    tiny: Small, sign_in: SignIn, waiting: list[Order]
) -> None:
    (order,) = [one for one in waiting if one.person == tiny.family[1]]
    desk = sign_in("yingze-zhengling")
    desk.post("/desk/orders/confirm", PAPER | {"order": [str(order.uuid)]})
    worker.run_pending()
    before = AccessLog.objects.filter(person=order.person.uuid).count()
    answer = desk.get(f"/desk/orders/{order.uuid}/")
    page = answer.content.decode()
    number = tiny.document(order.person)
    for wanted in (order.person.name, number[-4:], PAPER["document_no"], PAPER["authority"], PAPER["ground"],
                   PAPER["remedy"], "central isolation", "Day 14", "wages", "并四第1网格网格员", "Drill"):  # fmt: skip
        assert wanted in page
    for hidden in (number, tiny.family[0].name, "case 1"):
        assert hidden not in page
    assert AccessLog.objects.filter(person=order.person.uuid).count() == before + 1
    assert "no-store" in answer["Cache-Control"]


def test_the_worker_prints_an_order_in_force_in_her_grid_and_no_proposal(
    tiny: Small, sign_in: SignIn, waiting: list[Order]
) -> None:
    order, other = [one for one in waiting if one.person.home == tiny.homes[0]][:2]
    sign_in("yingze-zhengling").post("/desk/orders/confirm", PAPER | {"order": [str(order.uuid)]})
    grid_worker = sign_in("bingsi-1")
    assert grid_worker.get(f"/desk/orders/{order.uuid}/").status_code == 200
    assert grid_worker.get(f"/desk/orders/{other.uuid}/").status_code == 404
    assert sign_in("dengqiao-1").get(f"/desk/orders/{order.uuid}/").status_code == 404
    assert sign_in("jiance").get(f"/desk/orders/{order.uuid}/").status_code == 403


def test_what_is_only_proposed_says_so(sign_in: SignIn, waiting: list[Order]) -> None:
    page = sign_in("yingze-zhengling").get(f"/desk/orders/{waiting[0].uuid}/").content.decode()
    assert "must not be handed over" in page


def test_without_an_open_response_there_is_nothing_to_confirm(tiny: Small, sign_in: SignIn) -> None:
    tiny.response.closed_at = clock.now()
    tiny.response.save(update_fields=["closed_at"])
    desk = sign_in("yingze-zhengling")
    assert "No Response is open" in desk.get("/desk/orders/").content.decode()
    assert desk.post("/desk/orders/confirm", PAPER).status_code == 302
