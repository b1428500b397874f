"""``/healthz`` tells machines how it stands, cheaply and without anybody in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wangge import __version__
from wangge.base import clock, health, migrations
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.base.events.models import FlowRun

pytestmark = pytest.mark.django_db


def ask(status: int = 200) -> dict[str, Any]:
    answer = Client().get("/healthz")
    assert answer.status_code == status
    found: dict[str, Any] = answer.json()
    return found


def test_all_is_well() -> None:
    health.sign("machine:1")
    found = ask()
    assert found.pop("worker_seen_seconds") < 5
    assert found == {
        "version": __version__, "database": "ok", "migrations": "ok", "worker": "ok", "worker_lag_seconds": 0.0,
        "failed_runs": 0,
    }  # fmt: skip


def test_a_worker_that_has_not_looked_for_a_minute_is_late_and_pages_still_work() -> None:
    assert ask()["worker"] == "late"
    with clock.held(clock.now() - timedelta(seconds=90)):
        health.sign("machine:1")
    found = ask()
    assert (found["worker"], round(found["worker_seen_seconds"], -1)) == ("late", 90)
    health.sign("machine:2")
    assert ask()["worker"] == "ok"
    health.leave("machine:2")
    assert ask()["worker"] == "late"


def test_lag_is_the_age_of_the_oldest_run_that_waits_and_given_up_runs_are_counted() -> None:
    with clock.held(clock.now() - timedelta(seconds=200)):
        record("duty.post_left", by=SYSTEM)
    record("duty.post_left", by=SYSTEM)
    assert round(ask()["worker_lag_seconds"], -1) == 200
    FlowRun.objects.update(state=FlowRun.State.FAILED)
    found = ask()
    assert (found["worker_lag_seconds"], found["failed_runs"]) == (0.0, 2)


def test_missing_and_unknown_migrations_are_said_with_503(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = migrations.known()
    monkeypatch.setattr(migrations, "known", lambda: (*ours, ("wangge", "9999_next")))
    found = ask(503)
    assert found["missing"] == ["wangge.9999_next"]
    assert "an upgrade was interrupted" in found["wrong"]
    assert "wangge migrate" in found["wrong"]
    monkeypatch.setattr(migrations, "known", lambda: ours[:-1])
    assert "newer version" in ask(503)["wrong"]


def test_a_database_that_does_not_answer_is_said_with_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise OperationalError("host db user 张三 refused")

    monkeypatch.setattr(migrations, "state", refused)
    assert ask(503) == {
        "version": __version__, "database": "OperationalError", "wrong": "the database does not answer",
    }  # fmt: skip


def test_it_reads_no_table_from_end_to_end() -> None:
    """A few statements, however much there is; on SQLite their plans are looked at."""
    for _ in range(3):
        record("duty.post_left", by=SYSTEM)
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert len(asked) <= 6
    if connection.vendor == "sqlite":
        plans = [
            row[3]
            for query in asked
            if query["sql"].startswith("SELECT") and "wangge_flowrun" in query["sql"]
            for row in connection.cursor().execute(f"EXPLAIN QUERY PLAN {query['sql']}").fetchall()
        ]
        assert plans
        assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_the_sign_of_a_process_that_is_long_gone_is_taken_away() -> None:
    with clock.held(clock.now() - timedelta(days=2)):
        health.sign("gone:1")
    health.sign("here:1")
    assert health.seen() is not None
    assert list(health.WorkerSign.objects.values_list("name", flat=True)) == ["here:1"]
