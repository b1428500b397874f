"""Asking is tested in the tiny city."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.domains.asking import bank

from wangge.demo import small
from wangge.demo.small import Small


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(db: Any) -> Small:
    """The tiny city with a bank of two questionnaires."""
    built = small.build(check_ins=False)
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    return built
