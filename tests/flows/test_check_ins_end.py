"""Check-ins end with the order that names them, also where another one still runs around them or beside."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage

from wangge.base import clock, keys, worker
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event, FlowRun
from wangge.base.ids import uuid7
from wangge.domains.protocol.actions import close_response, open_response
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Named
from wangge.domains.venues import storage
from wangge.domains.venues.actions import register_venue
from wangge.domains.venues.models import Venue
from wangge.domains.venues.rules import VenueKind
from wangge.domains.venues.storage import Arrival
from wangge.domains.venues.visitors import Envelopes, Keys, open_envelope
from wangge.hot.checkins.doors import read_doors

PHONE = "13800138000"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_KEYS = Path(shutil.copy(settings.WANGGE_KEYS, tmp_path / "keys.json"))


def real_one(stage: Stage) -> Response:
    """A real Response over one community, inside the drill over the whole city. The editions have run out since."""
    response = open_response(
        title="社区疫情处置", protocol="covid19-v9", area=stage.tiny.places["community"], authority="县防指",
        document_no="防指3号", ground="传染病防治法", remedy="乡政府", drill=True, named=[Named.CHECK_IN], by=SYSTEM,
    )  # fmt: skip
    Response.objects.filter(pk=response.pk).update(drill=False)
    return response


@pytest.fixture
def elsewhere(stage: Stage) -> Venue:
    """A shop in the village: in the drill's area alone."""
    return register_venue(name="村口小店", kind=VenueKind("shop"), place=stage.tiny.places["village"], by=SYSTEM)


def comes(venue: Venue, phone: str, day: date) -> None:
    """As the hot path stores it."""
    door = read_doors([venue.pk])[venue.pk]
    assert door is not None
    assert door.response is not None
    noon = int(clock.start_of(day).timestamp()) + 12 * 3600
    key = Keys().of(day, phone)
    sealed = Envelopes(door.response).seal(day.isoformat(), key, phone)
    storage.take([Arrival(day, uuid7().bytes, key, venue.pk, noon, sealed)])


def night(days: int = 1) -> None:
    with clock.held(clock.now() + timedelta(days=days)):
        worker.ring_alarms()
        worker.run_pending()
    assert not FlowRun.objects.exclude(state="done").exists()


def there(venue: Venue, phone: str, day: date) -> bool:
    return any(visit[0] == venue.pk for visit in storage.visits_of(Keys().of(day, phone), day, day))


def test_a_drill_around_takes_no_check_in_away(stage: Stage, elsewhere: Venue) -> None:
    """And whichever ends first takes only its own along, the same night; with the last of them everything goes."""
    today, shop, real = clock.today(), stage.tiny.venues[0], real_one(stage)
    doors = read_doors([shop.pk, elsewhere.pk])
    assert [doors[key].response for key in (shop.pk, elsewhere.pk)] == [real.uuid, stage.tiny.response.uuid]  # type: ignore[union-attr]
    comes(shop, PHONE, today)
    comes(elsewhere, "13900139000", today)
    night()
    assert there(shop, PHONE, today)
    assert there(elsewhere, "13900139000", today)
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    night(2)
    assert there(shop, PHONE, today)
    assert not there(elsewhere, "13900139000", today)
    assert storage.visitors(today, [Keys().of(today, "13900139000")]) == []
    [fact] = Event.objects.filter(kind="venues.rows_dropped")
    assert fact.data["rows"] >= 1
    close_response(response=real, by=SYSTEM)
    night(3)
    assert storage.days() == {}


def test_a_key_stays_while_a_number_lies_under_it(stage: Stage) -> None:
    """Of the drill, which took it before a real Response began: the day is kept for that one, and a tracer asks."""
    drill, shop, today = stage.tiny.response, stage.tiny.venues[0], clock.today()
    comes(shop, PHONE, today)
    real = real_one(stage)
    close_response(response=drill, by=stage.tiny.by("zhihuibu"))
    night()
    key = Keys().of(today, PHONE)
    [(_key, sealed)] = storage.visitors(today, [key])
    assert open_envelope(today, key, sealed) == PHONE
    close_response(response=real, by=SYSTEM)
    night(2)
    assert storage.days() == {}
    night(3)
    assert drill.uuid not in keys.load(settings.WANGGE_KEYS).responses
