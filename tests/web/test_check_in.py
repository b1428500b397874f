"""Checking in without an account: the page behind a poster, the receipt, what is refused, and what is kept of whom."""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.formats import date_format
from tests.api.openrosa_city import Got, Inline, Line

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.models import Response
from wangge.domains.venues import storage
from wangge.domains.venues.actions import drop_day
from wangge.domains.venues.codes import Code, Codes, Kind, minute_of
from wangge.domains.venues.models import Venue
from wangge.domains.venues.visitors import Keys, open_envelope
from wangge.hot import committer, lookups
from wangge.hot.checkins.application import CheckIns
from wangge.hot.checkins.storing import store

PHONE = "13800138000"
JSON = "application/json"


class Door:
    """A venue's poster and whoever stands before it."""

    def __init__(self, venue: Venue, hot: CheckIns) -> None:
        self.venue, self.hot, self.poster = venue, hot, Codes().write(Code(Kind.POSTER, venue.pk, 1))

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "", language: str = "en") -> Got:
        lines = {"host": "testserver", "content-length": str(len(body)), "accept-language": language}
        line = Line(method, path, lines | ({"content-type": kind} if kind else {}), body)
        assert self.hot.takes(line)
        asyncio.run(self.hot.answer(line, line))
        assert line.got is not None
        return line.got

    def page(self, code: str = "") -> Got:
        return self.ask("GET", f"/c/{code or self.poster}")

    def send(self, phone: str = PHONE, **other: Any) -> Got:
        said = {"code": self.poster, "phone": phone, "id": str(uuid4())} | other
        return self.ask("POST", "/check-in", json.dumps(said).encode(), JSON)

    def form(self, text: str) -> Got:
        return self.ask("POST", "/check-in", text.encode(), "application/x-www-form-urlencoded")


@pytest.fixture
def hot(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> CheckIns:
    for module in (committer, lookups):
        monkeypatch.setattr(module, "ThreadPoolExecutor", lambda *args, **kwargs: Inline())
    monkeypatch.setattr(lookups, "EVERY", 0.0)
    monkeypatch.setattr(lookups, "KEPT", 0.0)
    monkeypatch.setattr(lookups, "close_old_connections", lambda: None)
    return CheckIns(store)


@pytest.fixture
def door(tiny: Small, hot: CheckIns) -> Door:
    venue = tiny.venues[0]
    Venue.objects.filter(pk=venue.pk).update(poster_version=1)
    return Door(venue, hot)


def kept(phone: str = PHONE, day: date | None = None) -> list[tuple[int, int]]:
    """The check-ins of a number on a day (today)."""
    day = day or clock.today()
    return storage.visits_of(Keys().of(day, phone), day, day)


def code_of(got: Got) -> str:
    return str(json.loads(got.body)["code"])


def test_scanned_typed_and_done(door: Door) -> None:
    page = door.page()
    assert page.status == 200
    assert door.venue.name in page.body.decode()
    assert len(page.body) < 3000
    assert b"<script" not in page.body
    assert "no-store" in page.header("Cache-Control")
    assert "default-src 'none'" in page.header("Content-Security-Policy")
    [id_] = [part.split('"')[0] for part in page.body.decode().split('name="id" value="')[1:]]
    done = door.form(f"code={door.poster}&id={id_}&phone=138+0013+8000")
    text = done.body.decode()
    assert (done.status, "Checked in" in text, PHONE in text) == (200, True, False)
    assert len(kept()) == 1
    with translation.override("en"):
        assert f"Kept until the end of {date_format(clock.today() + timedelta(days=14))}" in text
    assert f"/c/{door.poster}" in text  # for the next person


def test_a_device_gets_json_and_may_send_again(door: Door) -> None:
    one, at = str(uuid7()), clock.now() - timedelta(hours=3)
    first = door.send(id=one, at=at.isoformat())
    again = door.send(id=one, at=at.isoformat())
    said = json.loads(first.body)
    assert (first.status, first.body) == (200, again.body)
    assert (said["id"], said["venue"]) == (one, door.venue.name)
    day = clock.day_of(at)
    assert said["kept_until"] == (day + timedelta(days=14)).isoformat()
    assert kept(day=day) == [(door.venue.pk, int(at.timestamp()))]


def test_one_page_sent_for_two_people_is_two_check_ins(door: Door) -> None:
    one = str(uuid7())
    assert [door.send(phone, id=one).status for phone in (PHONE, "13900139000", PHONE)] == [200, 200, 200]
    assert (len(kept()), len(kept("13900139000"))) == (1, 1)


def test_the_number_is_sealed_under_the_response_and_a_tracer_can_open_it(door: Door, tiny: Small) -> None:
    door.send()
    key, today = Keys().of(clock.today(), PHONE), clock.today()
    assert key < 0
    [(_key, sealed)] = storage.visitors(today, [key])
    assert PHONE.encode() not in sealed
    assert sealed[1:17] == tiny.response.uuid.bytes
    assert open_envelope(today, key, sealed) == PHONE


def test_nothing_follows_from_a_check_in(door: Door) -> None:
    """No fact in the log, so that no flow can answer it; no order."""
    before = Event.objects.count(), Order.objects.within(EVERYTHING).count()
    for number in range(20):
        door.send(f"1380013{number:04d}")
    assert (Event.objects.count(), Order.objects.within(EVERYTHING).count()) == before


def test_off_where_no_order_names_it(door: Door, tiny: Small) -> None:
    Response.objects.filter(pk=tiny.response.pk).update(named=[])
    assert (code_of(door.send()), kept()) == ("check_in_not_here", [])
    page = door.page()
    assert (page.status, "Nobody has to check in here" in page.body.decode()) == (422, True)


@pytest.mark.parametrize("code", ["", "x" * 28, "A" * 27, "A" * 29, "AQAAAAEAAAAB0000000000000000"])
def test_forged_and_torn_codes(door: Door, code: str) -> None:
    got = door.send(code=code)
    assert (got.status, code_of(got), kept()) == (404, "check_in_code_unknown", [])
    assert door.page(code or "-").status == 404


def test_a_foreign_code_and_one_that_was_changed(door: Door) -> None:
    theirs = Codes()
    theirs._key = b"another city"
    assert door.send(code=theirs.write(Code(Kind.POSTER, door.venue.pk, 1))).status == 404
    for at in range(28):
        other = "B" if door.poster[at] == "A" else "A"
        assert door.send(code=door.poster[:at] + other + door.poster[at + 1 :]).status == 404
    assert door.send(code=Codes().write(Code(Kind.SCREEN, door.venue.pk, 1))).status == 404
    assert kept() == []


def test_a_screen_of_this_minute_and_a_photograph_of_it(door: Door) -> None:
    now = minute_of(clock.now().timestamp())
    for age, status in ((0, 200), (4, 200), (10, 200), (11, 422), (-2, 422)):
        got = door.send(f"1390000{age + 100:04d}", code=Codes().write(Code(Kind.MINUTE, door.venue.pk, now - age)))
        assert got.status == status, age
    old = Codes().write(Code(Kind.MINUTE, door.venue.pk, now - 6))
    assert "scan the one that shows now" in door.page(old).body.decode()


def test_a_poster_that_was_replaced(door: Door) -> None:
    venues = Venue.objects.filter(pk=door.venue.pk)
    venues.update(poster_version=2, poster_old_until=clock.now() + timedelta(days=3))
    got = door.send()
    assert (got.status, json.loads(got.body)["note"]) == (200, "replaced")
    assert "has been replaced" in door.page().body.decode()
    venues.update(poster_old_until=None)
    assert code_of(door.send()) == "check_in_poster_replaced"
    venues.update(poster_version=3, poster_old_until=clock.now() + timedelta(days=3))
    assert code_of(door.send()) == "check_in_poster_replaced"
    assert len(kept()) == 1


def test_a_venue_that_closed_or_has_no_poster(door: Door) -> None:
    venues = Venue.objects.filter(pk=door.venue.pk)
    venues.update(closed=clock.today())
    assert code_of(door.send()) == "venue_closed"
    venues.update(closed=None, poster_version=0)
    assert code_of(door.send()) == "venue_without_poster"


@pytest.mark.parametrize(("off", "code"), [
    (timedelta(days=1), "check_in_in_future"), (timedelta(minutes=6), "check_in_in_future"),
    (timedelta(days=-15), "check_in_too_old"),
])  # fmt: skip
def test_a_clock_that_is_wrong(door: Door, off: timedelta, code: str) -> None:
    got = door.send(at=(clock.now() + off).isoformat())
    assert (got.status, code_of(got)) == (422, code)


def test_a_clock_a_day_behind_is_taken_for_its_day(door: Door) -> None:
    assert door.send(at=int((clock.now() - timedelta(days=1)).timestamp())).status == 200
    assert len(kept(day=clock.today() - timedelta(days=1))) == 1


def test_a_day_that_was_dropped(door: Door, tiny: Small) -> None:
    yesterday = clock.today() - timedelta(days=1)
    at = (clock.now() - timedelta(days=1)).isoformat()
    door.send(at=at)
    drop_day(day=yesterday, by=tiny.by("bingsi-shuji"))
    assert storage.visitors(yesterday, [Keys().of(yesterday, PHONE)]) == []
    got = door.send(at=at)
    assert (got.status, code_of(got), kept(day=yesterday)) == (422, "check_in_day_dropped", [])
    assert door.send().status == 200


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"", JSON, 400), (b"\xff\xfe{", JSON, 400), (b"[]", JSON, 400), (b'{"code":1}', JSON, 400),
    (b'{"code":"x","phone":"1","id":"no"}', JSON, 400), (b"x" * 10_000, JSON, 413),
    (b"id=1", "application/x-www-form-urlencoded", 400), (b"\xff", "application/x-www-form-urlencoded", 400),
    (b"<a/>", "text/xml", 415), (b"{}", "", 415), (b"a" * 4096, "multipart/form-data; boundary=x", 415),
])  # fmt: skip
def test_garbage(door: Door, body: bytes, kind: str, status: int) -> None:
    got = door.ask("POST", "/check-in", body, kind)
    assert (got.status, len(got.body) < 3000, kept()) == (status, True, [])


@pytest.mark.parametrize("at", ["yesterday", "2022-04-05T10:00:00", 10**20, 1.5, True])
def test_an_instant_that_is_none(door: Door, at: object) -> None:
    assert door.send(at=at).status == 400


@pytest.mark.parametrize("phone", ["", "123 4", "not a number", "1" * 16, "1" * 4000])
def test_a_number_that_is_none(door: Door, phone: str) -> None:
    got = door.send(phone)
    assert got.status in (422, 413)
    page = door.form(f"code={door.poster}&id={uuid4()}&phone={phone[:20]}")
    assert 'name="phone"' in page.body.decode()
    assert not phone or phone[:20] not in page.body.decode()


def test_the_wrong_method(door: Door) -> None:
    assert door.ask("GET", "/check-in").status == door.ask("POST", f"/c/{door.poster}").status == 405


def test_another_host_is_left_to_django(door: Door, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["wangge.example"]
    from wangge.hot.request import good_host

    good_host.cache_clear()
    assert not door.hot.takes(Line("POST", "/check-in", {"host": "elsewhere.example"}, b""))
    good_host.cache_clear()


def test_a_full_queue_sends_away_and_loses_nothing(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.hot.committer, "_room", 0)
    one = str(uuid7())
    got = door.send(id=one)
    assert (got.status, code_of(got)) == (503, "check_in_busy")
    assert 2 <= int(got.header("Retry-After")) == json.loads(got.body)["again"] <= 8
    assert kept() == []
    monkeypatch.undo()
    assert (door.send(id=one).status, len(kept())) == (200, 1)


def test_a_disk_that_fails_is_said_and_logged_without_the_number(
    door: Door, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_some: object) -> list[bool]:
        raise OSError(f"no space for {PHONE}")

    monkeypatch.setattr(door.hot.committer, "_commit", full)
    with caplog.at_level(logging.DEBUG):
        got = door.send()
        door.send("not a number")
        door.send(code="x" * 28)
    assert (got.status, code_of(got), int(got.header("Retry-After")) >= 2) == (503, "check_in_broken", True)
    assert PHONE not in caplog.text
    assert PHONE.encode() not in got.body


def test_one_venue_cannot_fill_the_queue_of_all(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    from wangge.hot.checkins import doors

    monkeypatch.setattr(lookups, "KEPT", 60.0)
    monkeypatch.setattr(doors, "BURST", 3.0)
    monkeypatch.setattr(doors.Door, "has_room", _three_at_once())
    said = [door.send(f"1390013{number:04d}") for number in range(5)]
    assert [got.status for got in said] == [200, 200, 200, 429, 429]
    assert said[-1].header("Retry-After")


def _three_at_once() -> Callable[[Any], bool]:
    left = [3]

    def has_room(_door: object) -> bool:
        left[0] -= 1
        return left[0] >= 0

    return has_room


def test_a_door_counts_what_it_takes() -> None:
    from wangge.hot.checkins import doors

    one = doors.Door(1, "x", date(2020, 1, 1), None, 1, None, left=2.0, counted=doors.monotonic())
    assert [one.has_room() for _ in range(3)] == [True, True, False]


def test_a_new_day_is_a_new_key(door: Door) -> None:
    keys = Keys()
    one, other = (keys.of(day, PHONE) for day in (date(2022, 4, 5), date(2022, 4, 6)))
    assert one != other
    assert all(-(1 << 63) <= key < 0 for key in (one, other))


def test_the_words_are_chinese_for_whoever_says_nothing(door: Door) -> None:
    got = door.ask("GET", f"/c/{door.poster}", language="")
    assert 'lang="zh-hans"' in got.body.decode()
