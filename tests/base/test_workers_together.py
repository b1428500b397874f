"""Several workers at once: what the clock sets off happens once, and a run that takes long is not taken over."""

from pathlib import Path

import pytest
from tests.installation import Installation, install

#: A run that takes two and a half leases, and two workers who look for work all the time.
LONG = """
import json, threading, time
from datetime import timedelta
from django.db import connections
from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.events import subscriptions
from wangge.base.events.actions import record
from wangge.base.events.models import Event, FlowRun, WorkerSign

worker.LEASE, worker.BEAT = timedelta(seconds=1), 0.2
began = []

def slow(event):
    began.append(event.pk)
    time.sleep(2.5)
    record("test.noted", by=SYSTEM, cause=event.uuid)

subscriptions.connect({"test.happened": (slow,)}, ())
record("test.happened", by=SYSTEM)

def work():
    end = time.monotonic() + 4
    while time.monotonic() < end:
        worker.run_pending(1)
        time.sleep(0.05)
    connections.close_all()

both = [threading.Thread(target=work) for _ in range(2)]
for one in both: one.start()
for one in both: one.join()
run = FlowRun.objects.get()
print(json.dumps({"began": len(began), "noted": Event.objects.filter(kind="test.noted").count(),
                  "attempts": run.attempts, "state": run.state, "left": threading.active_count()}))
"""

#: Two workers whose bells ring in the same instant, and once more afterwards.
BELLS = """
import json, threading, time
from django.db import connections
from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.events import subscriptions
from wangge.base.events.actions import record
from wangge.base.events.models import Event

together = threading.Barrier(2)
rung = []

def term_over(now):
    rung.append(now)
    if not Event.objects.filter(kind="test.over").exists():
        time.sleep(0.5)
        record("test.over", by=SYSTEM)

subscriptions.connect({}, (term_over,))

def work():
    together.wait()
    worker.ring_alarms()
    connections.close_all()

both = [threading.Thread(target=work) for _ in range(2)]
for one in both: one.start()
for one in both: one.join()
before = len(rung)
worker.ring_alarms()
print(json.dumps({"over": Event.objects.filter(kind="test.over").count(), "again": len(rung) - before}))
"""


@pytest.fixture
def own(tmp_path: Path) -> Installation:
    return install(tmp_path)


def test_a_run_longer_than_its_lease_is_done_once(own: Installation) -> None:
    assert own.run(LONG) == {"began": 1, "noted": 1, "attempts": 1, "state": "done", "left": 1}


def test_two_bells_at_once_record_what_the_clock_brought_once(own: Installation) -> None:
    assert own.run(BELLS) == {"over": 1, "again": 1}
