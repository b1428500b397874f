"""Flows are played on the tiny city."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.flows.stage import Stage

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True)


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def stage(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Stage(tiny)
