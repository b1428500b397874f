"""Messages are sent in the tiny city, at three in the afternoon, with a gateway of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.messages.listening import Listener, listening
from tests.domains.messages.office import Office

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True, check_ins=False)


@pytest.fixture
def office(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Office]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Office(tiny)


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Listener]:
    """A real HTTP server that takes texts and scripts."""
    with listening() as one:
        named = {"url": one.url, "secret": one.secret, "fields": {}}
        settings.WANGGE_GATEWAYS = {"sms": named, "voice": named | {"url": one.url + "/voice"}}
        settings.WANGGE_GATEWAY_SECONDS = 30.0  # a busy machine is no gateway that is down
        yield one
