"""Lists handed down are tested in the tiny city."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from wangge.demo import small
from wangge.demo.small import Small


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(db: Any) -> Small:
    return small.build(check_ins=False)
