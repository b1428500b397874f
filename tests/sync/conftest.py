"""Phones talk to the server in the tiny city."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit
from tests.sync.handset import Handset

from wangge.demo.small import Small

city = city_fixture(answered=True, check_ins=False)


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Small]:
    with visit(city, settings, tmp_path) as tiny:
        yield tiny


@pytest.fixture
def phone(tiny: Small) -> Callable[..., Handset]:
    """A phone signed in as one of the tiny city's accounts, after its first contact."""

    def taken(username: str = "bingsi-1", *, contact: bool = True) -> Handset:
        handset = Handset(tiny.accounts[username])
        if contact:
            assert handset.contact()["wipe"] is False
        return handset

    return taken
