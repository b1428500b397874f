"""Importing editions: once, twice, a newer one, a damaged one."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.forms import model_to_dict

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.places.actions import Report, add_place, add_places, import_divisions, move_place
from wangge.domains.places.divisions import Reading, Refusal, Row
from wangge.domains.places.inputs import read_divisions
from wangge.domains.places.models import Place, PlaceAlias
from wangge.domains.places.queries import ancestors_of, by_code, count_under, resolve_place
from wangge.domains.places.rules import Kind, Seed, ancestors

FILE = Path(settings.HERE) / "data" / "taiyuan_divisions_nbs2023.csv"
OLD, NEW = date(2023, 6, 30), date(2024, 6, 30)
BINGSI = "140106005010"
Rows = list[Row]


def rows() -> Rows:
    """迎泽区 and 清徐县 alone: enough of every kind."""
    with FILE.open("rb") as file:
        reading = read_divisions(file)
    return [row for row in reading.rows if row.county_code in ("140106", "140121")]


def take_in(some: Rows, edition: date = OLD, refused: tuple[Refusal, ...] = (), **more: Any) -> Report:
    reading = Reading("1401", tuple(some), refused)
    return import_divisions(rows=reading, city="太原市", edition=edition, by=SYSTEM, **more)


def state() -> list[dict[str, Any]]:
    return [model_to_dict(place) for place in Place.objects.order_by("path")]


def sound() -> None:
    for place in Place.objects.exclude(parent=None).select_related("parent"):
        assert place.parent
        assert ancestors(place.path)[-1] == place.parent.path
        assert place.walk == f"{place.parent.walk}{place.order:05d}"


def changed(some: Rows, code: str, /, **values: Any) -> Rows:
    """The rows with one changed, or left out when nothing is said of it."""
    return [replace(row, **values) if row.code == code else row for row in some if row.code != code or values]


@pytest.mark.django_db
def test_the_whole_city_twice_changes_nothing() -> None:
    with FILE.open("rb") as file:
        reading = read_divisions(file)
    report = import_divisions(rows=reading, city="太原市", edition=OLD, by=SYSTEM)
    assert (len(report.added), report.unchanged, report.refused) == (11 + 108 + 1401, 0, [])
    city = by_code("1401")
    counts = [count_under(city.path, kind) for kind in (Kind.DISTRICT, Kind.TOWNSHIP, Kind.COMMUNITY)]
    assert counts == [11, 108, 1401]
    assert [place.name for place in ancestors_of(by_code(BINGSI))] == ["太原市", "迎泽区", "桥东街道"]
    assert by_code("140171").name  # a statistical area without an outline is a place like any other
    before = state()
    again = import_divisions(rows=reading, city="太原市", edition=OLD, by=SYSTEM)
    assert (again.changes, again.unchanged) == (0, 1520)
    assert state() == before
    event = Event.objects.get(kind="places.imported")
    assert event.subject == city.uuid
    assert event.data["counts"]["added"] == 1520
    sound()


@pytest.fixture
def city(db: Any) -> Place:
    return take_in(rows()).city


def test_new_and_renamed(city: Place) -> None:
    newer = changed(rows(), BINGSI, village="并州新街四社区居委会")
    newer.append(replace(newer[0], code="140106001099", village="新柳巷社区居委会"))
    report = take_in(newer, NEW)
    assert [(one.code, one.name) for one in report.added] == [("140106001099", "新柳巷社区居委会")]
    assert [(one.name, one.before) for one in report.renamed] == [("并州新街四社区居委会", "并州东街四社区居委会")]
    assert by_code("140106001099").opened == NEW
    assert by_code("140106001001").opened is None
    assert PlaceAlias.objects.get().place == by_code(BINGSI)
    assert resolve_place(text="并州东街四社区", within=city).chosen == by_code(BINGSI)
    assert take_in(newer, NEW).changes == 0


def test_gone_is_closed_with_what_it_still_holds_and_back_is_reopened(city: Place) -> None:
    place = by_code(BINGSI)
    add_places(parent=place, seeds=[Seed(Kind.BUILDING, "1号楼", 1)], by=SYSTEM)
    report = take_in(changed(rows(), BINGSI), NEW)
    assert [(one.code, one.inside) for one in report.closed] == [(BINGSI, 1)]
    assert by_code(BINGSI).closed == NEW
    assert Place.objects.get(name="1号楼").closed is None
    assert take_in(changed(rows(), BINGSI), NEW).changes == 0
    report = take_in(rows(), NEW)
    assert [one.code for one in report.reopened] == [BINGSI]
    assert by_code(BINGSI).pk == place.pk
    assert by_code(BINGSI).closed is None


def test_local_codes_are_left_alone(city: Place) -> None:
    local = add_place(
        kind=Kind.COMMUNITY, name="园区临时社区", parent=by_code("140106005"), order=900, code="L-1", by=SYSTEM
    )
    town = add_place(kind=Kind.TOWNSHIP, name="东山新区", parent=by_code("140106"), order=901, by=SYSTEM)
    put = move_place(place=by_code(BINGSI), parent=town, by=SYSTEM)
    before = state()
    report = take_in(rows())
    assert report.changes == 0
    assert state() == before
    assert {place.closed for place in (local, town, put)} == {None}


def test_a_published_place_is_put_back_under_its_code(city: Place) -> None:
    move_place(place=by_code(BINGSI), parent=by_code("140106004"), by=SYSTEM)
    report = take_in(rows())
    assert [(one.code, one.before) for one in report.moved] == [(BINGSI, "140106004000")]
    assert by_code(BINGSI).parent == by_code("140106005")
    sound()


def test_a_village_that_becomes_a_community_is_the_same_place(city: Place) -> None:
    village = by_code("140106100212")
    newer = changed(rows(), "140106100212", code="140106100024", village="港道社区居委会")
    report = take_in(newer, NEW)
    assert [(one.code, one.before) for one in report.moved] == [("140106100024", "140106100212")]
    assert (report.added, report.closed) == ([], [])
    now = by_code("140106100024")
    assert (now.pk, now.name, now.order) == (village.pk, "港道社区居委会", 24)
    assert resolve_place(text="港道村委会", within=city).chosen == now
    assert Event.objects.latest("id").data["recoded"] == {"140106100212": "140106100024"}
    assert take_in(newer, NEW).changes == 0
    sound()


def test_a_township_with_another_code_carries_its_villages_along(city: Place) -> None:
    old = by_code("140121200")
    inside = {place.pk for place in Place.objects.filter(parent=old)}
    newer = [
        replace(row, code="140121104" + row.code[9:], town_code="140121104", town="马峪镇")
        if row.town_code == "140121200"
        else row
        for row in rows()
    ]
    report = take_in(newer, NEW)
    assert (report.added, report.closed) == ([], [])
    assert len(report.moved) == 1 + len(inside)
    now = by_code("140121104")
    assert (now.pk, now.name) == (old.pk, "马峪镇")
    assert {place.pk for place in Place.objects.filter(parent=now)} == inside
    sound()


def test_two_of_one_name_are_not_paired(city: Place) -> None:
    some = [row for row in rows() if row.code != "140106100212"]
    some += [
        replace(some[0], code="140106001091", village="港道社区居委会"),
        replace(some[0], code="140106001092", village="港道村委会"),
    ]
    report = take_in(some, NEW)
    assert [one.code for one in report.closed] == ["140106100212"]
    assert len(report.added) == 2


def test_a_refused_line_closes_nothing_of_its_own(city: Place) -> None:
    known = Refusal(5, BINGSI, "name_unreadable", {"value": "?"})
    report = take_in(changed(rows(), BINGSI), NEW, (known,))
    assert (report.closed, [one.code for one in report.held_back]) == ([], [BINGSI])
    unknown = Refusal(5, "", "code_not_12_digits", {"value": "1401"})
    assert take_in(changed(rows(), "140106005011"), NEW, (unknown,)).closed == []
    assert not Place.objects.filter(closed__isnull=False).exists()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: take_in(rows()[:150], NEW), "too_many_closings"),
        (lambda: take_in([], NEW), "no_good_row"),
        (lambda: take_in(rows(), date(2022, 6, 30)), "edition_older"),
    ],
)
def test_refused_whole_and_nothing_written(city: Place, call: Callable[[], Report], code: str) -> None:
    before, events = state(), Event.objects.count()
    with pytest.raises(Problem) as refused:
        call()
    assert refused.value.code == code
    assert (state(), Event.objects.count()) == (before, events)


def test_many_closings_can_be_meant(city: Place) -> None:
    report = take_in(rows()[:150], NEW, many_closings=True)
    assert len(report.closed) > 100
    assert take_in(rows(), NEW).changes == len(report.closed)
    sound()


@pytest.mark.django_db
def test_bad_rows_do_not_keep_good_ones_out() -> None:
    content = FILE.read_bytes().replace(b"140105001002,140105,", b"14010500100,140105,")
    report = import_divisions(rows=read_divisions(io.BytesIO(content)), city="太原市", edition=OLD, by=SYSTEM)
    assert len(report.added) == 1519
    assert [(one.line, one.reason) for one in report.refused] == [(3, "code_not_12_digits")]
