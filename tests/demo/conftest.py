"""Every test has a folder of its own for check-ins and lists."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS, settings.VAR = tmp_path / "checkins.sqlite3", tmp_path
