"""Every test has a check-ins file of its own."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"
