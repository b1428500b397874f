"""The worker killed with -9 in the middle of a flow finishes on restart without doubles."""

import signal
import time
from pathlib import Path

from tests.installation import Installation, install

BUILD = """
from datetime import timedelta
from wangge.base import clock, worker
from wangge.demo import small
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value
city = small.build()
worker.run_pending()
at = clock.now() - timedelta(hours=5)
for number, person in enumerate([city.family[0], city.roommates[0]]):
    for purpose in (Purpose.SCREEN, Purpose.RETEST):
        record_result(typed=ResultInput(city.document(person), "lab", f"{number}-{purpose}", purpose, Value.POSITIVE,
                      True, at, at), by=city.by("jiance"))
"""
SLOW = """
import time
from wangge.base import worker
from wangge.domains.work import actions
from wangge.flows import consequences
put = actions.put_items
def slowly(**kwargs):
    put(**kwargs)
    print("in the middle", flush=True)
    time.sleep(60)
consequences.work.put_items = slowly
worker.run_pending()
"""
FINISH = """
import json
from wangge.base import worker
from wangge.base.events.models import FlowRun
from wangge import models
worker.reclaim_dead()
worker.run_pending()
left = FlowRun.objects.exclude(state="done").count()
names = ["Case", "Exposure", "Contact", "Order", "OrderReason", "TestDue", "Task", "TaskItem", "Event"]
print(json.dumps({"left": left} | {name: getattr(models, name)._base_manager.count() for name in names}))
"""


def test_killed_in_the_middle_and_finished_once(tmp_path: Path) -> None:
    control, killed = install(tmp_path / "control"), install(tmp_path / "killed")
    for one in (control, killed):
        one.run(BUILD)
    for _ in range(3):
        _kill_in_the_middle(killed)
    assert killed.run(FINISH) == control.run(FINISH)
    assert killed.run(FINISH)["left"] == 0


def _kill_in_the_middle(installation: Installation) -> None:
    process = installation.start("from wangge.base import worker\nworker.reclaim_dead()" + SLOW)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "in the middle" in line, process.communicate()[1]
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
