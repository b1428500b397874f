"""Checkpoints are kept in the tiny city, whose order names codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.checkpoints.standing import Gate

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True)


@pytest.fixture
def gate(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Gate]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Gate(tiny)
