"""Daily reports in the tiny city, at nine in the morning: the first report of the day is expected by eleven."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit
from tests.domains.monitoring.home import Home, day_at

from wangge.base import clock

city = city_fixture(at=lambda: day_at(9), answered=True, check_ins=False)


@pytest.fixture
def home(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Home]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Home(tiny)
