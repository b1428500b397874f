"""Flows are played on the tiny city."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.worker import run_pending
from wangge.demo import small


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def stage(db: Any) -> Iterator[Stage]:
    """At three in the afternoon, so that no test runs into midnight."""
    with clock.held(clock.end_of(clock.today()) - timedelta(hours=9)):
        made = Stage(small.build())
        run_pending()
        yield made
