"""What every test may use. The folder, keys and database of a run are in ``settings.py``."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as product
from hypothesis import HealthCheck, settings

from wangge.base import clock

#: How fast a busy machine draws examples is no result of a test.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
NOON = datetime(2022, 4, 7, 4, 0, tzinfo=UTC)  # noon of 7 April 2022 in Taiyuan


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The database is only set up where a test says that it uses one; ``city`` (tests/city.py) does, for a file."""
    for item in items:
        if "city" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def frozen() -> Iterator[datetime]:
    """Hold the clock at noon (Taiyuan) of 7 April 2022; the value is that instant.

    Another instant inside a test: ``with clock.held(at): ...``.
    """
    with clock.held(NOON):
        yield NOON


@pytest.fixture(autouse=True)
def keys_come_back() -> Iterator[None]:
    """What a test destroys in the key file of the run is there again for the next: invented cities share their ids."""
    path = Path(product.WANGGE_KEYS)
    before = path.read_bytes() if path.exists() else b""
    yield
    if before and path.exists() and _destroyed(path.read_bytes()) != _destroyed(before):
        path.write_bytes(before)


def _destroyed(content: bytes) -> object:
    try:
        return json.loads(content).get("destroyed")
    except ValueError:
        return "damaged"
