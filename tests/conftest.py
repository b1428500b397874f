"""What every test may use. The folder, keys and database of a run are in ``settings.py``."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

from wangge.base import clock

#: How fast a busy machine draws examples is no result of a test.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
NOON = datetime(2022, 4, 7, 4, 0, tzinfo=UTC)  # noon of 7 April 2022 in Taiyuan


@pytest.fixture
def frozen() -> Iterator[datetime]:
    """Hold the clock at noon (Taiyuan) of 7 April 2022; the value is that instant.

    Another instant inside a test: ``with clock.held(at): ...``.
    """
    with clock.held(NOON):
        yield NOON
