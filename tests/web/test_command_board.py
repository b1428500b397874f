"""The board: the same figures for everybody at once, adding up, down to the door not yet reached."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind, segment
from wangge.domains.protocol.actions import open_response
from wangge.domains.work.actions import Wanted, put_items, raise_late, record_attempt
from wangge.domains.work.models import Tally, Task
from wangge.domains.work.rules import Channel, Outcome
from wangge.domains.work.tallies import by_child

SignIn = Callable[..., Client]
LATE = timedelta(hours=-1)


def put(tiny: Small, homes: list[Place], due: timedelta = timedelta(hours=2)) -> None:
    wanted = [
        Wanted(home, "inform_contact", uuid7(), clock.now() + due, person)
        for home in homes
        for person in tiny.living[home.pk]
    ]
    put_items(response=tiny.response, wanted=wanted, by=SYSTEM)


def record(tiny: Small, home: Place, outcome: Outcome) -> None:
    task = Task._base_manager.get(door=home, state="open")
    record_attempt(task=task, outcome=outcome, channel=Channel.DOOR, by=SYSTEM)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def board_of(tiny: Small, key: str) -> str:
    return f"/command/board/{tiny.places[key].uuid}/"


def test_the_widest_place_of_ones_posts_opens(tiny: Small, sign_in: SignIn) -> None:
    first = {"zhihuibu": "city", "yingze": "district", "qiaodong": "town", "bingsi-shuji": "community",
             "bingsi-zhibu-1": "community", "bingsi-1": "community", "dengqiao-1": "village"}  # fmt: skip
    for username, key in first.items():
        assert sign_in(username).get("/command/board/").headers["Location"] == board_of(tiny, key)


def test_every_level_sees_the_same_sum_and_it_adds_up(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes)
    for home, outcome in zip(tiny.homes, (Outcome.DONE, Outcome.REFUSED, Outcome.ABSENT, Outcome.MOVED), strict=False):
        record(tiny, home, outcome)
    sums = "12 doors expected = 1 done + 1 refused + 1 absent + 0 unreachable + 1 moved or empty + 0 died + 8 not yet"
    for username, key in (("bingsi-shuji", "community"), ("qiaodong", "town"), ("zhihuibu", "city")):
        assert sums in text(page(sign_in(username), board_of(tiny, key)))


def test_a_grid_worker_sees_the_grids_of_the_post_only(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes)
    html = text(page(sign_in("bingsi-1"), board_of(tiny, "community")))
    assert "6 doors expected" in html
    assert "第1网格" in html
    assert "第2网格" not in html
    assert "You see the grids you answer for" in html
    other = tiny.grids[1].uuid
    assert sign_in("bingsi-1").get(f"{board_of(tiny, 'community')}not-reached/?grid={other}").status_code == 404


def test_places_outside_are_not_there(tiny: Small, sign_in: SignIn) -> None:
    for username, key in (("bingsi-shuji", "village"), ("bingsi-shuji", "town"), ("dengqiao-1", "community")):
        for rest in ("", "figures", "not-reached/"):
            assert sign_in(username).get(board_of(tiny, key) + rest).status_code == 404


def test_the_way_up_ends_at_ones_own_places(tiny: Small, sign_in: SignIn) -> None:
    way = text(page(sign_in("yingze"), board_of(tiny, "community")))
    assert "迎泽区 桥东街道" in way
    assert "太原市 迎泽区" not in way


def test_what_needs_a_decision_stands_on_top(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes[:6], LATE)
    put(tiny, tiny.homes[6:])
    record(tiny, tiny.homes[0], Outcome.REFUSED)
    raise_late(now=clock.now(), by=SYSTEM)
    top = text(page(sign_in("bingsi-shuji"), board_of(tiny, "community"))).split("Doors As of")[0]
    holder, branch = tiny.accounts["bingsi-1"].name, tiny.accounts["bingsi-zhibu-1"].name
    assert f"Late doors 6 并四第1网格网格员: 6, {holder}" in top
    assert "Doors sent up to here 6 not yet asked: 5 refused: 1" in top
    assert f"Vacant posts 2 并四第2网格网格员: vacant since {_days_ago(15)}, {branch} stands in" in top
    assert "Orders waiting" not in top


def _days_ago(days: int) -> str:
    from django.utils.formats import date_format
    from django.utils.translation import override

    with override("en"):
        return date_format(clock.today() - timedelta(days=days), "DATE_FORMAT")


def test_a_figure_opens_the_list_it_counts(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes, LATE)
    record(tiny, tiny.homes[0], Outcome.REFUSED)
    record(tiny, tiny.homes[7], Outcome.REFUSED)
    record(tiny, tiny.homes[1], Outcome.DONE)
    client = sign_in("zhihuibu")
    html = page(client, board_of(tiny, "community"))
    cells = re.findall(r'<a href="([^"]+not-reached[^"]+)"[^>]*>(?:(?!</a>).)*<b>(\d+)</b></a>', html, re.S)
    assert len(cells) == 6, cells
    for address, count in cells:
        url = address.replace("&amp;", "&")
        found = re.search(r"(\d+) doors?, the one due first", page(client, url))
        assert found, url
        assert found[1] == count, url


def test_the_door_list_says_who_holds_it_and_names_nobody_without_the_right(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes, LATE)
    url = f"{board_of(tiny, 'community')}not-reached/"
    city, secretary = page(sign_in("zhihuibu"), url), page(sign_in("bingsi-shuji"), url)
    assert f"{tiny.accounts['bingsi-zhibu-1'].name} stands in (并四第一网格支部)" in city
    assert tiny.accounts["bingsi-1"].name in city
    assert "person 1" in city
    masked = {person.name[:1] + "*" for person in tiny.family}
    assert not any(name in city for name in masked)
    assert all(name in secretary for name in masked)
    assert not any(person.name in city + secretary for person in tiny.people)


def test_the_list_is_searched_and_narrowed(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes, LATE)
    record(tiny, tiny.homes[0], Outcome.REFUSED)
    client, url = sign_in("bingsi-shuji"), f"{board_of(tiny, 'community')}not-reached/"
    for query, count in (("q=2号楼", 6), ("q=1单元", 6), ("q=301", 4), ("column=refused", 1), ("show=raised", 1),
                         (f"grid={tiny.grids[0].uuid}", 6), ("show=late&q=东岗里", 12)):  # fmt: skip
        assert f"{count} door" in text(page(client, f"{url}?{query}")), query
    assert "No door is in this state now" in page(client, f"{url}?q=没有这里")


def test_the_evacuation_is_answered_person_by_person(tiny: Small, sign_in: SignIn) -> None:
    flood = open_response(
        title="洪水转移", protocol="flood-evacuation", area=tiny.places["village"], authority="清徐县防指",
        document_no="清防指〔2026〕1号", ground="防洪法", remedy="乡政府", drill=False, by=SYSTEM,
    )  # fmt: skip
    worker.run_pending()
    people = [person for yard in tiny.yards for person in tiny.living[yard.pk]]
    task = Task._base_manager.get(response=flood, door=tiny.yards[0])
    first = tiny.living[tiny.yards[0].pk][0]
    record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.PHONE, by=SYSTEM, person=first)
    client, query = sign_in("dengqiao-shuji"), f"?response={flood.uuid}"
    board = text(page(client, board_of(tiny, "village") + query))
    assert "3 doors expected" in board
    assert f"People served 1 / {len(people)}" in board
    doors = text(page(client, f"{board_of(tiny, 'village')}not-reached/{query}"))
    assert f"1 / {len(tiny.living[tiny.yards[0].pk])}" in doors
    assert "Called and answered" in doors


def test_asking_again_costs_nothing_while_nothing_changed(tiny: Small, sign_in: SignIn) -> None:
    put(tiny, tiny.homes)
    client, url = sign_in("zhihuibu"), f"{board_of(tiny, 'city')}figures"
    at = clock.start_of(clock.today()) + timedelta(hours=12)
    with clock.held(at):
        first = client.get(url)
        assert "private" in first.headers["Cache-Control"]
        again = {"If-None-Match": first.headers["ETag"]}
        assert client.get(url, headers=again).status_code == 304
        record(tiny, tiny.homes[0], Outcome.DONE)
        assert client.get(url, headers=again).status_code == 200


@pytest.mark.parametrize("rest", ["", "figures", "not-reached/"])
def test_queries_do_not_grow_with_the_doors(tiny: Small, sign_in: SignIn, rest: str) -> None:
    client, counts = sign_in("zhihuibu"), []
    for homes in (tiny.homes[:1], tiny.homes):
        put(tiny, homes, LATE)
        with CaptureQueriesContext(connection) as queries:
            page(client, board_of(tiny, "community") + rest)
        counts.append(len(queries))
    # The post that stands in for a vacant one is a level more to read, however many doors it has.
    assert counts[1] <= counts[0] + 2


def test_a_city_of_15000_tallies_is_one_statement(tiny: Small, sign_in: SignIn) -> None:
    _many_tallies(tiny, 15_000)
    with CaptureQueriesContext(connection) as queries:
        sums = by_child(tiny.response, tiny.places["city"].path, 8)
    assert len(queries) == 1
    assert sum(row["expected"] for row in sums.values()) == 15_000 * 5


def _many_tallies(tiny: Small, count: int) -> None:
    """Districts with towns, communities and grids, as wide as a province's capital and more."""
    city = tiny.places["city"]
    places: list[Any] = []
    for number in range(count // 10):
        path = f"{city.path}{segment(100 + number % 20)}{segment(number // 20 % 15)}{segment(number)}"
        places.append(Place(uuid=uuid7(), kind=Kind.COMMUNITY, name=f"社区{number}", path=path, walk=path))
    communities = Place.objects.bulk_create(places, batch_size=500)
    today = clock.today()
    grids = Grid.objects.bulk_create(
        (Grid(community=place, number=n, name=f"{n}", opened=today) for place in communities for n in range(10)),
        batch_size=500,
    )
    tallies = (
        Tally(response=tiny.response, place_id=grid.community_id, grid=grid, expected=5, done=2, not_yet=3)
        for grid in grids
    )
    Tally.objects.bulk_create(tallies, batch_size=500)


def test_a_building_group_begins_at_the_doors_of_its_building(tiny: Small) -> None:
    building = tiny.homes[0].parent.parent  # type: ignore[union-attr]
    Post.objects.filter(pk=tiny.posts["bingsi-hu"].pk).update(kind="building_group", place=building)
    client = Client()
    client.force_login(tiny.accounts["bingsi-hu"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/command/board/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("not-reached", args=[building.uuid])  # type: ignore[union-attr]


def test_what_residents_ask_and_who_is_locked_out_stands_on_the_board(tiny: Small, sign_in: SignIn) -> None:
    board = board_of(tiny, "community")
    before = page(sign_in("bingsi-shuji"), board)
    assert "/desk/requests/" not in before.split('id="decide"')[1]
    ask = {"kind": "access", "name": "李某", "phone": "13900001111", "community": "并州东街四社区", "words": ""}
    assert Client().post("/r/ask", ask | {"uuid": str(uuid7())}).status_code == 302
    Client().post("/sign-in/lost", {"username": "bingsi-1"})
    html = unescape(text(page(sign_in("bingsi-shuji"), board)))
    assert "Residents' requests 1" in html
    assert f"Ask to get in again 1 {tiny.accounts['bingsi-1'].name}" in html
    assert "Ask to get in again" not in page(sign_in("zhihuibu"), board)
