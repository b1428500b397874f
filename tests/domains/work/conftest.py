"""Work at doors is tested in the tiny city."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit

from wangge.demo.small import Small

city = city_fixture(answered=False, check_ins=False)


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Small]:
    with visit(city, settings, tmp_path) as tiny:
        yield tiny
