"""What goes out: only one's own places, masked unless a purpose is stated, page by page, in few queries."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Asker
from tests.web.examples import Side

from wangge.api import changes
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events import feed
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.demo.small import Small

#: Each list, and an account of the district's side who may read it (the auditor and tracer are seated by ``sides``).
LISTS = {
    "places": "bingsi-shuji", "grids": "bingsi-shuji", "responses": "jiance", "cases": "liudiao-yingze",
    "contacts": "liudiao-yingze", "exposures": "liudiao-yingze", "orders": "yingze-zhengling",
    "tasks": "bingsi-shuji", "changes": "shenji-yingze",
}  # fmt: skip
PEOPLE = ("cases", "contacts", "exposures", "orders")


@pytest.fixture(autouse=True)
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this test wrote counts as committed. The mark itself is tried in tests/base/test_feed.py."""
    for module in (feed, changes):
        monkeypatch.setattr(module, "settled", lambda: Event.objects.latest("id").pk)


@pytest.fixture
def near(both: tuple[Side, Side]) -> Side:
    return both[0]


@pytest.fixture
def far(both: tuple[Side, Side]) -> Side:
    return both[1]


def _all(system: Asker, path: str, **query: Any) -> list[Any]:
    """Every item of a list, three to a page."""
    items: list[Any] = []
    after = ""
    while True:
        found = system.get(path, limit=3, after=after, **query).json()
        items += found["items"]
        after = found["next"]
        if not found.get("more", after):
            return items


@pytest.mark.parametrize("path", LISTS)
def test_a_list_read_page_by_page_is_the_list(near: Side, ask: Callable[..., Asker], path: str) -> None:
    system = ask(LISTS[path])
    items = _all(system, path)
    assert [one["id"] for one in items] == [one["id"] for one in system.get(path, limit=500).json()["items"]]
    assert len({one["id"] for one in items}) == len(items) > 0


@pytest.mark.parametrize("path", LISTS)
def test_nothing_from_elsewhere_is_in_a_list(
    near: Side, far: Side, ask: Callable[..., Asker], path: str, tiny: Small
) -> None:
    text = json.dumps(ask(LISTS[path]).get(path, limit=500, purpose="test").json(), ensure_ascii=False)
    foreign = (far.person, far.task, far.case, far.order, far.exposure, far.place, far.result)
    assert [str(one.uuid) for one in foreign if str(one.uuid) in text] == []
    assert path != "cases" or near.person.name in text


def test_one_of_elsewhere_is_not_found(near: Side, far: Side, ask: Callable[..., Asker]) -> None:
    tracer, authority = ask("liudiao-yingze"), ask("yingze-zhengling")
    for system, path in ((tracer, "cases/{0.case.uuid}"), (tracer, "people/{0.person.uuid}"),
                         (authority, "orders/{0.order.uuid}"), (ask("jiance"), "results/{0.result.uuid}"),
                         (tracer, "places/{0.place.uuid}")):  # fmt: skip
        assert system.get(path.format(near)).status_code == 200
        assert system.get(path.format(far), purpose="test").status_code == 404
    counts = {"place": far.place.uuid, "response": far.task.response.uuid}
    assert tracer.get("counts", **counts).status_code == 404


def test_a_cursor_of_another_list_or_made_up_is_refused(near: Side, ask: Callable[..., Asker]) -> None:
    system = ask("liudiao-yingze")
    further = system.get("exposures", limit=1).json()["next"]
    assert further
    for wrong in (further[:-2], "0", "AAAA"):
        assert system.get("exposures", after=wrong).json()["code"] == "cursor_wrong"
    assert system.get("cases", after=further).json()["code"] == "cursor_wrong"


@pytest.mark.parametrize("path", PEOPLE)
def test_names_are_masked_without_a_purpose_and_nothing_is_logged(
    near: Side, ask: Callable[..., Asker], path: str
) -> None:
    people = [one["person"] for one in ask(LISTS[path]).get(path).json()["items"]]
    assert {(one["masked"], one["birth_date"]) for one in people} == {(True, None)}
    assert all("*" in one["name"] for one in people)
    assert not AccessLog.objects.filter(reason__startswith="api:").exists()


@pytest.mark.parametrize("path", PEOPLE)
def test_a_purpose_shows_names_and_stands_on_each_record(near: Side, ask: Callable[..., Asker], path: str) -> None:
    people = [one["person"] for one in ask(LISTS[path]).get(path, purpose="%E5%A4%8D%E6%A0%B8 a").json()["items"]]
    assert {one["masked"] for one in people} == {False}
    looked = AccessLog.objects.filter(kind="opened", reason="api: 复核 a")
    assert {str(look.person) for look in looked} == {one["id"] for one in people}
    assert looked.count() == len({one["id"] for one in people})


def test_a_purpose_without_the_right_to_open_records_shows_nothing(near: Side, ask: Callable[..., Asker]) -> None:
    narrowed = ask("liudiao-yingze", Right.TRACE)
    assert {one["person"]["masked"] for one in narrowed.get("cases", purpose="test").json()["items"]} == {True}
    assert not AccessLog.objects.filter(reason__startswith="api:").exists()


def test_one_person_masked_and_whole(near: Side, tiny: Small, ask: Callable[..., Asker]) -> None:
    system = ask("liudiao-yingze")
    masked = system.get(f"people/{near.person.uuid}").json()
    assert "*" in masked["document"]
    whole = system.get(f"people/{near.person.uuid}", purpose="asked").json()
    assert (whole["name"], whole["document"]) == (near.person.name, tiny.document(near.person))
    kinds = AccessLog.objects.filter(person=near.person.uuid, reason="api: asked").values_list("kind", flat=True)
    assert sorted(kinds) == ["opened", "revealed"]


def test_a_person_is_found_by_document_only_with_a_purpose(
    near: Side, far: Side, tiny: Small, ask: Callable[..., Asker]
) -> None:
    system = ask("liudiao-yingze")
    body = {"document": tiny.document(near.person)}
    assert system.post("people/search", body).json()["code"] == "reason_missing"
    assert system.post("people/search", body, purpose="asked").json()["id"] == str(near.person.uuid)
    assert system.post("people/search", {"document": tiny.document(far.person)}, purpose="x").status_code == 404


def test_places_by_parent_code_and_subtree(near: Side, tiny: Small, ask: Callable[..., Asker]) -> None:
    system = ask("zhihuibu")
    district = tiny.places["district"]
    assert [one["name"] for one in system.get("places", code="140106").json()["items"]] == ["迎泽区"]
    below = system.get("places", parent=district.uuid).json()["items"]
    assert [one["name"] for one in below] == ["桥东街道"]
    inside = {one["id"] for one in _all(system, "places", under=tiny.places["community"].uuid)}
    assert {str(home.uuid) for home in tiny.homes} < inside
    assert str(tiny.yards[0].uuid) not in inside
    assert system.get("places", under=near.case.uuid).status_code == 404


def test_counts_are_the_boards(near: Side, tiny: Small, ask: Callable[..., Asker]) -> None:
    query = {"response": near.task.response.uuid}
    whole = ask("bingsi-shuji").get("counts", place=near.place.uuid, **query).json()
    parts = [part["doors"] for part in whole["parts"]]
    assert whole["doors"]["expected"] == sum(part["expected"] for part in parts) > 0
    assert whole["cases"] == 1
    one_grid = ask("bingsi-1").get("counts", place=near.place.uuid, **query).json()
    assert [part["grid"] for part in one_grid["parts"]] == [str(tiny.grids[0].uuid)]
    city = ask("zhihuibu").get("counts", place=tiny.places["city"].uuid, **query).json()
    assert [part["place"] for part in city["parts"]] == [str(tiny.places[key].uuid) for key in ("district", "county")]
    assert sum(part["doors"]["expected"] for part in city["parts"]) == city["doors"]["expected"]


def test_instants_carry_their_offset(near: Side, ask: Callable[..., Asker]) -> None:
    assert ask("liudiao-yingze").get("cases").json()["items"][0]["confirmed_at"].endswith("+08:00")


@pytest.mark.parametrize("path", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(near: Side, ask: Callable[..., Asker], path: str) -> None:
    system = ask(LISTS[path])
    system.get(path, limit=1)
    counted = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            found = system.get(path, limit=limit, purpose="test").json()["items"]
        counted.append((len(found), len(queries)))
    assert counted[0][1] == counted[1][1] <= 16, [one["sql"] for one in queries.captured_queries]


def test_the_feed_goes_on_where_it_was(near: Side, ask: Callable[..., Asker], tiny: Small) -> None:
    system = ask("shenji")
    now = system.get("changes", start="now").json()
    assert now["items"] == []
    record("test.near", by=SYSTEM, place=near.place.uuid)
    for _ in range(2):  # asked again with the same cursor: the same facts again
        later = system.get("changes", after=now["next"]).json()
        assert [one["kind"] for one in later["items"]] == ["test.near"]
    assert system.get("changes", after=later["next"]).json()["items"] == []
