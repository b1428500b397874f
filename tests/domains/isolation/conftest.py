"""Orders are tried out in the tiny city, at three in the afternoon."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.demo import small


@pytest.fixture
def stage(db: Any, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"
    with clock.held(clock.end_of(clock.today()) - timedelta(hours=9)):
        yield Stage(small.build())
