"""The log is append-only, ties each fact to its runs, and each run is done once, alone, again if need be."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.events import subscriptions
from wangge.base.events.actions import record
from wangge.base.events.models import Event, FlowRun
from wangge.base.ids import derived

pytestmark = pytest.mark.django_db
SEEN: list[Any] = []


def noted(event: Event) -> None:
    SEEN.append(event.uuid)
    record("test.noted", by=SYSTEM, cause=event.uuid, uuid=derived("noted", event.uuid))


def broken(event: Event) -> None:
    record("test.never", by=SYSTEM, cause=event.uuid)
    raise RuntimeError("张三 140106199001011234")


@pytest.fixture(autouse=True)
def flows() -> Any:
    SEEN.clear()
    from wangge.flows.registry import ALARMS, FLOWS

    subscriptions.connect({"test.happened": (noted, broken)}, ())
    yield
    subscriptions.connect(FLOWS, ALARMS)


def test_rows_are_never_changed_or_deleted() -> None:
    event = record("test.other", by=SYSTEM)
    for act in (
        lambda: Event.objects.filter(pk=event.pk).update(kind="x"),
        lambda: Event.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_one_flow_fails_alone_and_leaves_nothing_behind() -> None:
    event = record("test.happened", by=SYSTEM)
    worker.run_pending()
    states = dict(FlowRun.objects.filter(event=event).values_list("flow", "state"))
    assert sorted(states.values()) == ["done", "waiting"]
    assert Event.objects.filter(kind="test.noted", cause=event.uuid).count() == 1
    assert not Event.objects.filter(kind="test.never").exists()
    assert [event.uuid] == SEEN


def test_a_failed_run_keeps_its_reason_without_personal_text() -> None:
    record("test.happened", by=SYSTEM)
    worker.run_pending()
    run = FlowRun.objects.get(state="waiting")
    assert run.error.startswith("RuntimeError broken:")
    assert "张三" not in run.error
    assert run.attempts == 1


def test_a_run_is_given_up_after_its_tries_and_stays_visible() -> None:
    record("test.happened", by=SYSTEM)
    for _ in range(worker.TRIES):
        FlowRun.objects.filter(state="waiting").update(not_before="2020-01-01T00:00:00Z")
        worker.run_pending()
    assert FlowRun.objects.filter(state="failed").count() == 1
    assert worker.run_pending() == 0


def test_the_same_fact_twice_is_one_event() -> None:
    uuid = derived("fact", 1)
    first, second = record("test.happened", by=SYSTEM, uuid=uuid), record("test.happened", by=SYSTEM, uuid=uuid)
    assert first.pk == second.pk
    assert FlowRun.objects.filter(event=first).count() == 2


def test_a_claim_that_was_lost_writes_nothing() -> None:
    event = record("test.happened", by=SYSTEM)
    run = FlowRun.objects.get(event=event, flow__endswith="noted")
    FlowRun.objects.filter(pk=run.pk).update(state="running", claim=derived("other worker"))
    worker._run(run.pk, derived("this worker"))
    assert not Event.objects.filter(kind="test.noted").exists()


def test_runs_of_a_dead_worker_are_taken_again() -> None:
    event = record("test.happened", by=SYSTEM)
    host = worker.ME.partition(":")[0]
    run = FlowRun.objects.get(event=event, flow__endswith="noted")
    FlowRun.objects.filter(pk=run.pk).update(
        state="running", claim=derived("dead"), claimed_by=f"{host}:4194000", lease_until="2100-01-01T00:00:00Z"
    )
    assert worker.run_pending() == 1  # only the other flow's run
    assert worker.reclaim_dead() == 1
    worker.run_pending()
    assert [event.uuid] == SEEN
