"""After everything is due: no byte of a Response is left in any file, and killing it in the middle changes nothing."""

import signal
from pathlib import Path

import pytest
from tests.installation import Installation, install

#: Everything personal that the Response adds; the register's own names and numbers stay where they are.
VALUES = {
    "noted_name": "钱过路", "noted_phone": "13900009999", "specimen": "SPECIMEN-4711", "why": "抄错了行",
    "row_name": "孙某行", "row_document": "110105200001011111", "file": "赵无名的结果.csv",
}  # fmt: skip
BUILD = f"""
from datetime import timedelta
from wangge.base import clock, worker
from wangge.demo import small
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import read_person
from wangge.domains.protocol.actions import close_response
from wangge.domains.testing import files
from wangge.domains.testing.actions import record_result, withdraw_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value
V = {VALUES!r}
city = small.build()
worker.run_pending()
at = clock.now() - timedelta(hours=5)
for purpose, number in ((Purpose.SCREEN, V["specimen"]), (Purpose.RETEST, V["specimen"] + "-2")):
    result = record_result(typed=ResultInput(city.document(city.family[0]), "lab", number, purpose, Value.POSITIVE,
                           True, at, at), by=city.by("jiance"))[0]
    worker.run_pending()
withdraw_result(result=result, why=V["why"], by=city.by("jiance"))
register_person(typed=read_person(name=V["noted_name"], phone=V["noted_phone"]), home=city.homes[5],
                by=city.by("liudiao"), noted_for=city.response.uuid)
cells = (V["row_name"], V["row_document"], V["specimen"] + "-9", "初筛", "阴性", "x", "y")
row = "姓名,证件号码,样本编号,检测类型,检测结果,采样时间,报告时间\\n" + ",".join(cells) + "\\n"
files.receive_file(name=V["file"], content=row.encode(), by=city.by("jiance"))
worker.run_pending()
close_response(response=city.response, by=city.by("zhihuibu"))
worker.run_pending()
"""
NIGHT = """
from datetime import timedelta
from wangge.base import clock, worker
from wangge.domains.protocol.queries import closed_responses
from wangge.domains.venues import storage
worker.reclaim_dead()
for days in (1, 31, 186, 187):
    with clock.held(closed_responses()[0].closed_at + timedelta(days=days)):
        worker.ring_alarms()
        worker.run_pending()
storage.scrub()
"""
SLOW = """
import time
from datetime import timedelta
from wangge.base import clock, worker
from wangge.domains.protocol.queries import closed_responses
from wangge.flows import retention
worker.reclaim_dead()
retention.PART = 3
delete_part = retention.actions.delete_part
def slowly(**kwargs):
    part = delete_part(**kwargs)
    if part.size:
        print("in the middle", flush=True)
        time.sleep(60)
    return part
with clock.held(closed_responses()[0].closed_at + timedelta(days=31)):
    worker.ring_alarms()
    retention.actions.delete_part = slowly
    worker.run_pending()
"""
FOUND = f"""
import json
from pathlib import Path
from django.conf import settings
from django.db import connection
V = {VALUES!r}
found = []
if connection.vendor == "sqlite":
    for file in sorted(Path(settings.VAR).rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            found += [f"{{file.name}}: {{name}}" for name, value in V.items() if value.encode() in content]
else:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for name, value in V.items():
                cursor.execute(f'SELECT count(*) FROM "{{table}}" t WHERE t::text LIKE %s', [f"%{{value}}%"])
                found += [f"{{table}}: {{name}}"] if cursor.fetchone()[0] else []
print(json.dumps(found))
"""
WHOLE = """
import json
from wangge import models
from wangge.base.events.models import Event, FlowRun
from wangge.web.event_words import sentence
uuids = set(Event.objects.values_list("uuid", flat=True))
broken = [str(one) for one in Event.objects.exclude(cause=None).values_list("cause", flat=True) if one not in uuids]
silent = [one.kind for one in Event.objects.all() if not sentence([one]) or "no words yet" in sentence([one])]
left = FlowRun.objects.exclude(state="done").count()
names = ["Case", "Exposure", "Contact", "Order", "OrderReason", "Stage", "TestResult", "TestDue", "Task", "TaskItem",
         "Attempt", "Person", "Tally", "IntakeRow"]
counts = {name: getattr(models, name)._base_manager.count() for name in names}
done = sorted(one.data["days"] for one in Event.objects.filter(kind="retention.deletion_done"))
keys = Event.objects.filter(kind="retention.key_destroyed").count()
print(json.dumps({"broken": broken, "silent": silent, "left": left, "counts": counts, "done": done, "keys": keys}))
"""


@pytest.fixture(scope="module")
def deleted(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation in which a Response was worked through, closed, and is long over."""
    installation = install(tmp_path_factory.mktemp("deleted"))
    installation.run(BUILD)
    before = installation.run(FOUND)
    plain = {"noted_name", "specimen", "why", "file"}  # what is sealed is in no file even before
    assert {one.split(": ")[1] for one in before} == plain, before
    installation.run(NIGHT)
    return installation


def test_no_byte_of_it_is_left_in_any_file_or_table(deleted: Installation) -> None:
    assert deleted.run(FOUND) == []


def test_the_log_is_whole_and_speaks(deleted: Installation) -> None:
    found = deleted.run(WHOLE)
    assert (found["broken"], found["silent"], found["left"]) == ([], [], 0)
    assert found["keys"] == 1
    assert {0, 30, 185} <= set(found["done"])


def test_killed_in_the_middle_it_ends_the_same(deleted: Installation, tmp_path: Path) -> None:
    killed = install(tmp_path / "killed")
    killed.run(BUILD)
    for _ in range(3):
        process = killed.start(SLOW)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "in the middle" in line, process.communicate()[1]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    killed.run(NIGHT)
    assert killed.run(FOUND) == []
    same, control = killed.run(WHOLE), deleted.run(WHOLE)
    assert same["counts"] == control["counts"]
    assert (same["left"], same["broken"], same["keys"]) == (0, [], 1)
