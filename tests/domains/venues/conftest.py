"""Every test has a check-ins file of its own; on PostgreSQL what a committed test left is taken away."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from wangge.base.ids import uuid7
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment
from wangge.domains.venues.models import Venue
from wangge.domains.venues.rules import VenueKind


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> Path:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"
    return tmp_path / "checkins.sqlite3"


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database where everything is really committed, for threads and for processes that are killed."""
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'wangge_checkin'::regclass"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TABLE {name}")


@pytest.fixture
def community(db: None) -> Place:
    return Place.objects.create(
        uuid=uuid7(), kind=Kind.COMMUNITY, name="并州东街四社区", path=segment(1) * 4, code="140106001004"
    )


@pytest.fixture
def market(community: Place) -> Venue:
    return Venue.objects.create(name="东街菜市场", kind=VenueKind.MARKET, place=community, opened=date(2020, 1, 1))
