"""The tiny city, built once for a file of tests: each test finds it as it was and leaves nothing behind.

Building it takes longer than most tests that play in it. It is built inside a transaction that is rolled back after
the file; each test runs in a savepoint of that transaction and gets copies of the objects.
"""

import copy
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.db import connection, connections, transaction
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from wangge.base import clock, worker
from wangge.demo import small
from wangge.demo.small import Small


@dataclass(frozen=True)
class Standing:
    """A city that stands for a file of tests; ``at`` is the instant at which it was built."""

    tiny: Small
    checkins: Path
    at: datetime


def afternoon() -> datetime:
    """Three o'clock today, so that no test runs into midnight."""
    return clock.end_of(clock.today()) - timedelta(hours=9)


def city_fixture(*, at: Callable[[], datetime] = clock.now, answered: bool, check_ins: bool = True) -> Any:
    """The fixture ``city`` of a folder: built as of ``at``; with ``answered`` the worker has done what followed."""

    @pytest.fixture(scope="module")
    def city(
        django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Standing]:
        checkins = tmp_path_factory.mktemp("city") / "checkins.sqlite3"
        before, product.WANGGE_CHECKINS = product.WANGGE_CHECKINS, checkins
        with django_db_blocker.unblock(), _rolled_back():
            try:
                with clock.held(instant := at()):
                    tiny = small.build(check_ins=check_ins)
                    if answered:
                        worker.run_pending()
            finally:
                product.WANGGE_CHECKINS = before
            yield Standing(tiny, checkins, instant)

    return city


@contextmanager
def _rolled_back() -> Iterator[None]:
    """A transaction of the whole file. A test that has a transaction of its own inside closes all connections at its
    end: this one has to stay open."""
    for one in connections.all():
        one.close = lambda: None  # type: ignore[method-assign]
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for one in connections.all():
            del one.close
        connection.close()


@contextmanager
def visit(city: Standing, settings: Settings, folder: Path) -> Iterator[Small]:
    """A test's own savepoint, copy of the check-ins and copies of the objects."""
    settings.WANGGE_CHECKINS = folder / "checkins.sqlite3"
    if city.checkins.exists():
        with closing(sqlite3.connect(city.checkins)) as old, closing(sqlite3.connect(settings.WANGGE_CHECKINS)) as new:
            old.backup(new)
    with transaction.atomic():
        yield copy.deepcopy(city.tiny)
        transaction.set_rollback(True)
